// One thread with a bounded queue of tasks, run one after another in the order in which they came.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <type_traits>

namespace batchwright::offline_store::internal {

class StorageThread {
 public:
  using Task = std::move_only_function<void()>;

  explicit StorageThread(std::size_t waiting_max);
  ~StorageThread();  // runs what is waiting, then ends

  // Leaves a task. When waiting_max tasks wait, the caller waits too: nothing is dropped and memory
  // stays bounded. A task that posts never waits.
  void post(Task task);

  // Runs `work` on the thread and returns what it returned. Called by a task, it runs at once.
  template <typename Work>
  auto call(Work work) -> std::invoke_result_t<Work&> {
    if (on_thread()) return work();
    std::promise<std::invoke_result_t<Work&>> promise;
    auto future = promise.get_future();
    post([&promise, &work] { promise.set_value(work()); });
    return future.get();
  }

 private:
  [[nodiscard]] bool on_thread() const { return std::this_thread::get_id() == thread_.get_id(); }
  void run();

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable task_left_, task_taken_;
  std::deque<Task> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace batchwright::offline_store::internal

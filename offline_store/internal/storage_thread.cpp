#include "offline_store/internal/storage_thread.h"

namespace batchwright::offline_store::internal {

StorageThread::StorageThread(std::size_t waiting_max)
    : waiting_max_(waiting_max), thread_([this] { run(); }) {}

StorageThread::~StorageThread() {
  {
    const std::lock_guard guard(mutex_);
    ending_ = true;
  }
  task_left_.notify_one();
  thread_.join();
}

void StorageThread::post(Task task) {
  {
    std::unique_lock guard(mutex_);
    if (!on_thread()) {
      task_taken_.wait(guard, [&] { return waiting_.size() < waiting_max_; });
    }
    waiting_.push_back(std::move(task));
  }
  task_left_.notify_one();
}

void StorageThread::run() {
  for (;;) {
    Task task;
    {
      std::unique_lock guard(mutex_);
      task_left_.wait(guard, [&] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      task = std::move(waiting_.front());
      waiting_.pop_front();
    }
    task_taken_.notify_one();
    task();
  }
}

}  // namespace batchwright::offline_store::internal

// One worker for slow jobs, beside the session thread. Jobs run one after another; at most
// kJobsWaitingMax wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "client/jobs.h"

namespace batchwright::client {

class JobThread final : public Jobs {
 public:
  // `post` hands a continuation to the session thread; callable from any thread until the
  // destructor returned.
  explicit JobThread(std::function<void(Continuation)> post);
  ~JobThread() override;  // finishes the job under way, forgets those that wait

  void run(std::function<Continuation()> work) override;

 private:
  static constexpr std::size_t kJobsWaitingMax = 64;
  void work();

  std::function<void(Continuation)> post_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<Continuation()>> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace batchwright::client

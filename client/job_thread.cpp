#include "client/job_thread.h"

namespace batchwright::client {

JobThread::JobThread(std::function<void(Continuation)> post)
    : post_(std::move(post)), thread_([this] { work(); }) {}

JobThread::~JobThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    waiting_.clear();
  }
  changed_.notify_all();
  thread_.join();
}

void JobThread::run(std::function<Continuation()> job) {
  {
    const std::lock_guard lock(mutex_);
    // More than this can't come from one pair of hands; the oldest tap is answered, the rest waits
    // for it.
    if (waiting_.size() >= kJobsWaitingMax) return;
    waiting_.push_back(std::move(job));
  }
  changed_.notify_one();
}

void JobThread::work() {
  while (true) {
    std::function<Continuation()> job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    post_(job());
  }
}

}  // namespace batchwright::client

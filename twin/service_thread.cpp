#include "twin/service_thread.h"

#include <algorithm>
#include <chrono>

namespace batchwright::twin {
namespace {

constexpr std::int64_t kSleepMsMax = 60'000;

}  // namespace

ServiceThread::ServiceThread(std::unique_ptr<Site> site)
    : site_(std::move(site)), service_(*site_), thread_([this] { run(); }) {}

ServiceThread::~ServiceThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool ServiceThread::post(HttpRequest request, Reply reply) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= kQueueMax) return false;
    jobs_.push_back({std::move(request), std::move(reply)});
  }
  wake_.notify_all();
  return true;
}

std::int64_t ServiceThread::sleep_ms() const {
  std::int64_t sleep = kSleepMsMax;
  const auto now_ms = site_->clock().monotonic_ms();
  for (const auto& waiter : waiters_) sleep = std::min(sleep, waiter.due_ms - now_ms);
  return std::max<std::int64_t>(sleep, 0);
}

void ServiceThread::run() {
  for (;;) {
    std::deque<Job> taken;
    bool stop = false;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, std::chrono::milliseconds(sleep_ms()),
                     [this] { return stopping_ || !jobs_.empty(); });
      taken.swap(jobs_);
      stop = stopping_;
    }
    for (auto& job : taken) serve(std::move(job));
    if (service_.feed_changes() != seen_changes_) ask_waiters_again();
    answer_due_waiters(stop);
    if (stop) return;
  }
}

void ServiceThread::serve(Job job) {
  auto handled = service_.handle(job.request);
  if (auto* reply = std::get_if<HttpReply>(&handled)) {
    job.reply(std::move(*reply));
    return;
  }
  auto& wait = std::get<FeedWait>(handled);
  if (waiters_.size() >= kWaitersMax) {
    job.reply(std::move(wait.nothing_new));
    return;
  }
  const auto due_ms = site_->clock().monotonic_ms() + wait.wait_s * 1'000;
  waiters_.push_back({std::move(wait), std::move(job.reply), due_ms});
}

void ServiceThread::ask_waiters_again() {
  seen_changes_ = service_.feed_changes();
  for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
    auto handled = service_.handle(waiter->wait.request);
    if (auto* reply = std::get_if<HttpReply>(&handled)) {
      waiter->reply(std::move(*reply));
      waiter = waiters_.erase(waiter);
    } else {
      // Nothing for this one; where it stands in the feed may have moved on.
      waiter->wait.nothing_new = std::move(std::get<FeedWait>(handled).nothing_new);
      ++waiter;
    }
  }
}

void ServiceThread::answer_due_waiters(bool all) {
  const auto now_ms = site_->clock().monotonic_ms();
  std::erase_if(waiters_, [&](Waiter& waiter) {
    if (!all && waiter.due_ms > now_ms) return false;
    waiter.reply(std::move(waiter.wait.nothing_new));
    return true;
  });
}

}  // namespace batchwright::twin

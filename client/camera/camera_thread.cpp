#include "client/camera/camera_thread.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace batchwright::client {

namespace {

CheckOutcome busy() {
  CheckOutcome outcome;
  outcome.result.reason = "The camera is busy.";
  return outcome;
}

}  // namespace

CameraThread::CameraThread(std::unique_ptr<Lookout> lookout,
                           std::vector<vision::CameraSource> sources, Preview& preview,
                           std::function<void(Jobs::Continuation)> post)
    : lookout_(std::move(lookout)),
      sources_(std::move(sources)),
      preview_(preview),
      post_(std::move(post)),
      thread_([this] { run(); }) {}

CameraThread::~CameraThread() {
  stop();
}

void CameraThread::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    cancelled_through_ = asked_;
    tasks_.clear();
  }
  wake_.notify_all();
  thread_.join();
}

const vision::CameraSource* CameraThread::find(const std::string& camera) const {
  const auto at = std::ranges::find(sources_, camera, &vision::CameraSource::id);
  return at == sources_.end() ? nullptr : &*at;
}

void CameraThread::watch(const std::string& camera) {
  {
    const std::lock_guard lock(mutex_);
    if (watched_ == camera) return;
    watched_ = camera;
  }
  if (camera.empty()) preview_.clear();
  wake_.notify_all();
}

bool CameraThread::post_task(std::function<void(std::uint64_t)> task) {
  {
    const std::lock_guard lock(mutex_);
    if (tasks_.size() >= kTasksMax) return false;
    tasks_.push_back({++asked_, std::move(task)});
  }
  wake_.notify_all();
  return true;
}

void CameraThread::check(CheckJob job, Progress progress,
                         std::function<void(const CheckOutcome&)> done) {
  const bool taken = post_task(
      [this, job = std::move(job), progress = std::move(progress), done](std::uint64_t number) {
        auto outcome = std::make_shared<CheckOutcome>(
            run_attempt(*lookout_, preview_, job, watching(progress, number)));
        post_([outcome, done] { done(*outcome); });
      });
  if (!taken) post_([done] { done(busy()); });
}

void CameraThread::challenge(ChallengeJob job,
                             std::function<void(const ChallengeProgress&)> progress,
                             std::function<void(const ChallengeOutcome&)> done) {
  const bool taken = post_task([this, job = std::move(job), progress = std::move(progress),
                                done](std::uint64_t number) {
    in_view_ = 0;
    const auto tell = [this, progress](const ChallengeProgress& so_far) {
      post_([progress, so_far] { progress(so_far); });
      return true;
    };
    const Challenging challenging{watching([tell](int shown) { tell({.shown = shown}); }, number),
                                  tell, [this](int request) { return in_view_ == request; }};
    auto outcome =
        std::make_shared<ChallengeOutcome>(run_challenge(*lookout_, preview_, job, challenging));
    post_([outcome, done] { done(*outcome); });
  });
  if (!taken) post_([done] { done({.problem = "The camera is busy."}); });
}

void CameraThread::card_in_view(int request) {
  in_view_ = request;
}

void CameraThread::ask(std::function<void(Lookout&)> job, std::function<void()> done) {
  const bool taken = post_task([this, job = std::move(job), done](std::uint64_t) {
    job(*lookout_);
    post_(done);
  });
  if (!taken) post_(done);
}

void CameraThread::cancel() {
  {
    const std::lock_guard lock(mutex_);
    cancelled_through_ = asked_;
  }
  wake_.notify_all();
}

Watching CameraThread::watching(const Progress& progress, std::uint64_t number) {
  return {.stopped = [this, number] { return number <= cancelled_through_; },
          .looked = [this, progress](int n) { post_([progress, n] { progress(n); }); },
          .wait = [this, number](std::int64_t ms) { sleep(ms, number); }};
}

void CameraThread::sleep(std::int64_t ms, std::uint64_t number) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::milliseconds(ms),
                 [this, number] { return stopping_ || number <= cancelled_through_; });
}

void CameraThread::open_cameras() {
  if (is_open_) return;
  for (const auto& state : lookout_->open(sources_))
    if (!state.open) spdlog::warn("camera {} is not open", state.id);
  is_open_ = true;
}

void CameraThread::look() {
  std::string camera;
  {
    const std::lock_guard lock(mutex_);
    camera = watched_;
  }
  if (camera.empty()) return;
  open_cameras();
  next_look_ms_ = show_look(*lookout_, preview_, camera);
  const std::lock_guard lock(mutex_);
  if (watched_.empty()) preview_.clear();  // nobody looks any more
}

void CameraThread::run() {
  while (true) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      const auto has_work = [this] { return stopping_ || !tasks_.empty(); };
      if (watched_.empty()) {
        if (is_open_ && !has_work()) {
          lock.unlock();
          lookout_->close();
          lock.lock();
          is_open_ = false;
        }
        wake_.wait(lock, [&] { return has_work() || !watched_.empty(); });
      } else {
        wake_.wait_for(lock, std::chrono::milliseconds(is_open_ ? next_look_ms_ : 0), has_work);
      }
      if (stopping_) return;
      if (!tasks_.empty()) {
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
    }
    if (!task.run) {
      look();
      continue;
    }
    open_cameras();
    task.run(task.number);
  }
}

}  // namespace batchwright::client

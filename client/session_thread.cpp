#include "client/session_thread.h"

#include <spdlog/spdlog.h>

#include <future>

namespace batchwright::client {

namespace {

constexpr auto kTickEvery = std::chrono::seconds(1);

}  // namespace

SessionThread::SessionThread(std::function<void()> changed) : changed_(std::move(changed)) {}

Result<std::unique_ptr<SessionThread>> SessionThread::start(MakeDesk make_desk,
                                                            std::function<void()> changed) {
  std::unique_ptr<SessionThread> session(new SessionThread(std::move(changed)));
  std::promise<Result<void>> ready;
  auto opened = ready.get_future();
  session->thread_ = std::thread([raw = session.get(), &ready, make_desk = std::move(make_desk)] {
    raw->run(make_desk, [&ready](Result<void> result) { ready.set_value(std::move(result)); });
  });
  if (auto result = opened.get(); !result) return std::unexpected(result.error());
  return session;
}

SessionThread::~SessionThread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void SessionThread::post(ui::Intents intents) {
  const std::lock_guard lock(mutex_);
  for (auto& intent : intents) {
    if (waiting_.size() >= kWaitingMax) {
      spdlog::warn("session queue full, an intent was dropped");
      return;
    }
    waiting_.push_back([intent = std::move(intent)](Desk& desk) { desk.handle(intent); });
  }
  wake_.notify_one();
}

void SessionThread::post(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back([work = std::move(work)](Desk&) { work(); });
  wake_.notify_one();
}

void SessionThread::touched() {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() < kWaitingMax) waiting_.push_back([](Desk& desk) { desk.touched(); });
  wake_.notify_one();
}

std::shared_ptr<const ui::AppView> SessionThread::view() const {
  const std::lock_guard lock(mutex_);
  return view_;
}

void SessionThread::run(const MakeDesk& make_desk, const std::function<void(Result<void>)>& ready) {
  JobThread jobs([this](Jobs::Continuation continuation) { post(std::move(continuation)); });
  auto desk = make_desk(jobs);
  if (!desk) {
    ready(std::unexpected(desk.error()));
    return;
  }
  publish(**desk);
  ready({});
  loop(**desk);
}

void SessionThread::loop(Desk& desk) {
  auto next_tick = std::chrono::steady_clock::now() + kTickEvery;
  while (true) {
    std::deque<std::function<void(Desk&)>> work;
    {
      std::unique_lock lock(mutex_);
      wake_.wait_until(lock, next_tick, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_ && waiting_.empty()) return;
      work.swap(waiting_);
    }
    for (auto& item : work) item(desk);
    bool changed = !work.empty();
    if (const auto now = std::chrono::steady_clock::now(); now >= next_tick) {
      changed = desk.tick() || changed;
      next_tick = now + kTickEvery;
    }
    if (changed) publish(desk);
  }
}

void SessionThread::publish(const Desk& desk) {
  auto view = std::make_shared<const ui::AppView>(desk.view());
  {
    const std::lock_guard lock(mutex_);
    view_ = std::move(view);
  }
  changed_();
}

}  // namespace batchwright::client

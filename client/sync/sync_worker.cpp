#include "client/sync/sync_worker.h"

#include <chrono>
#include <iterator>

#include "base/random.h"

namespace batchwright::client::sync {
namespace {

constexpr std::size_t kArrivalsMax = 10'000;  // nobody listens: the store has everything anyway

std::uint32_t system_random() {
  std::uint8_t bytes[4];
  fill_random(bytes);
  return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
         static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

}  // namespace

SyncWorker::SyncWorker(offline_store::Store& store, Transport& transport, SyncConfig config,
                       const Clock& clock)
    : store_(store), transport_(transport), config_(config), clock_(clock) {}

SyncWorker::~SyncWorker() {
  stop();
}

Result<void> SyncWorker::start() {
  auto settings = load_settings(store_);
  if (!settings) return std::unexpected(settings.error());
  settings->poll_wait_s = config_.poll_wait_s;
  stopping_ = false;
  thread_ = std::thread([this, s = std::move(*settings)]() mutable { run(std::move(s)); });
  return {};
}

void SyncWorker::stop() {
  if (!thread_.joinable()) return;
  stopping_ = true;
  transport_.wake();
  thread_.join();
}

void SyncWorker::notify_new_lines() {
  transport_.wake();
}

void SyncWorker::retry() {
  retry_ = true;
  transport_.wake();
}

void SyncWorker::run(Protocol::Settings settings) {
  SyncSession session(store_, transport_, clock_, std::move(settings), &system_random);
  while (!stopping_) {
    if (retry_.exchange(false)) session.retry();
    auto done = session.send_due();
    if (done) {
      publish(session);
      if (stopping_) break;
      done = session.receive(config_.look_again_ms);
    }
    if (!done) {
      publish_store_failure(done.error());
      break;
    }
    publish(session);
  }
  transport_.cancel_all();
}

void SyncWorker::publish(SyncSession& session) {
  auto status = session.status();
  auto arrived = session.take_arrivals();
  {
    const std::lock_guard lock(mutex_);
    if (status == status_ && arrived.empty()) return;
    status_ = std::move(status);
    if (arrivals_.size() < kArrivalsMax)
      arrivals_.insert(arrivals_.end(), std::make_move_iterator(arrived.begin()),
                       std::make_move_iterator(arrived.end()));
  }
  changed_condition_.notify_all();
  if (changed_) changed_();
}

void SyncWorker::publish_store_failure(const Error& error) {
  {
    const std::lock_guard lock(mutex_);
    status_.state = SyncState::kAlarm;
    status_.alarm = Alarm::kStore;
    status_.last_error = error.message;
  }
  changed_condition_.notify_all();
  if (changed_) changed_();
}

SyncStatus SyncWorker::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

std::vector<Arrival> SyncWorker::take_arrivals() {
  const std::lock_guard lock(mutex_);
  return std::exchange(arrivals_, {});
}

bool SyncWorker::wait_confirmed(std::int64_t timeout_ms) {
  const auto head = store_.head();
  if (!head) return false;
  notify_new_lines();
  std::unique_lock lock(mutex_);
  return changed_condition_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                                     [&] { return status_.confirmed_through >= head->seq; });
}

}  // namespace batchwright::client::sync

// The sync's own thread. Offline is normal: it waits, tries again, and says how many entries are
// only here.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "client/sync/sync_session.h"

namespace batchwright::client::sync {

struct SyncConfig {
  int poll_wait_s = 25;  // length of one long poll
  std::int64_t look_again_ms =
      2'000;  // new lines are noticed this late at most, even when nobody notifies
};

// All calls from any thread, except that start() and stop() belong to the owner.
class SyncWorker {
 public:
  // Called on the sync thread after something changed; must return quickly and never call back into
  // the worker.
  using Changed = std::function<void()>;

  // `store`, `transport` and `clock` must outlive the worker. The store must be enrolled
  // (client/sync/enrol.h).
  SyncWorker(offline_store::Store& store, Transport& transport, SyncConfig config,
             const Clock& clock);
  ~SyncWorker();
  SyncWorker(const SyncWorker&) = delete;
  SyncWorker& operator=(const SyncWorker&) = delete;

  void on_changed(Changed changed) { changed_ = std::move(changed); }  // before start()
  // kNotFound when the store was never enrolled at a twin; then nothing runs and status() says
  // offline.
  [[nodiscard]] Result<void> start();
  // Gives up what is under way and ends the thread within a second. Nothing is lost: unanswered
  // lines are sent again.
  void stop();

  void notify_new_lines();  // something was appended: send now
  void retry();             // a person says: try again after an alarm

  [[nodiscard]] SyncStatus status() const;
  // What arrived since the last call: documents and foreign lines, already checked and in the
  // store.
  [[nodiscard]] std::vector<Arrival> take_arrivals();
  // Waits until every line in the store is covered by a receipt; false when that did not happen in
  // time.
  [[nodiscard]] bool wait_confirmed(std::int64_t timeout_ms);

 private:
  void run(Protocol::Settings settings);
  void publish(SyncSession& session);
  void publish_store_failure(const Error& error);

  offline_store::Store& store_;
  Transport& transport_;
  SyncConfig config_;
  const Clock& clock_;
  Changed changed_;
  std::thread thread_;
  std::atomic<bool> stopping_ = false;
  std::atomic<bool> retry_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_condition_;
  SyncStatus status_;              // guarded by mutex_
  std::vector<Arrival> arrivals_;  // guarded by mutex_
};

}  // namespace batchwright::client::sync

// The panel's link to its twin: address, transport and sync worker as one thing that can be absent.
#pragma once

#include <memory>
#include <string>

#include "base/time.h"
#include "client/sync/sync_worker.h"
#include "client/sync/transport.h"
#include "offline_store/store.h"

namespace batchwright::client {

class TwinLink {
 public:
  // `store` and `clock` must outlive the link.
  TwinLink(offline_store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  // The address kept at enrolment; empty when the panel was never enrolled at a twin.
  [[nodiscard]] static Result<std::string> stored_address(offline_store::Store& store);
  [[nodiscard]] static Result<void> keep_address(offline_store::Store& store,
                                                 const std::string& url);

  // Starts sending in the background; `changed` runs on the sync thread.
  [[nodiscard]] Result<void> connect(const std::string& url, std::function<void()> changed = {});
  void disconnect();  // as if the cable were out; nothing is lost
  [[nodiscard]] bool connected() const { return worker_ != nullptr; }

  void notify_new_lines();
  [[nodiscard]] bool wait_confirmed(std::int64_t timeout_ms);
  // Counts from the store while there is no worker: everything unconfirmed is only here.
  [[nodiscard]] sync::SyncStatus status() const;

 private:
  offline_store::Store& store_;
  const Clock& clock_;
  std::unique_ptr<sync::Transport> transport_;
  std::unique_ptr<sync::SyncWorker> worker_;
  mutable sync::SyncStatus last_;
};

}  // namespace batchwright::client

// The panel's link to its twin: address, transport and sync worker as one thing that can be absent.
// Any thread may call it; connect() and disconnect() come from one.
#pragma once

#include <memory>
#include <mutex>
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
  [[nodiscard]] bool connected() const { return connection() != nullptr; }

  void notify_new_lines();
  [[nodiscard]] bool wait_confirmed(std::int64_t timeout_ms);
  // Counts from the store while there is no worker: everything unconfirmed is only here.
  [[nodiscard]] sync::SyncStatus status() const;

 private:
  struct Connection {
    std::unique_ptr<sync::Transport> transport;
    std::unique_ptr<sync::SyncWorker> worker;
  };
  [[nodiscard]] std::shared_ptr<Connection> connection() const;

  offline_store::Store& store_;
  const Clock& clock_;
  mutable std::mutex mutex_;  // guards what follows
  // Shared with whoever is asking right now, so that it outlives the question.
  std::shared_ptr<Connection> connection_;
  sync::SyncStatus last_;
};

}  // namespace batchwright::client

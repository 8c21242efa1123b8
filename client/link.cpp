#include "client/link.h"

#include <algorithm>

#include "client/sync/curl_transport.h"

namespace batchwright::client {

Result<std::string> TwinLink::stored_address(offline_store::Store& store) {
  auto url = store.catalogue("config", "twin-url");
  if (!url) return std::unexpected(url.error());
  return url->value_or("");
}

Result<void> TwinLink::keep_address(offline_store::Store& store, const std::string& url) {
  return store.put_catalogue({"config", "twin-url", url});
}

std::shared_ptr<TwinLink::Connection> TwinLink::connection() const {
  const std::lock_guard lock(mutex_);
  return connection_;
}

Result<void> TwinLink::connect(const std::string& url, std::function<void()> changed) {
  disconnect();
  auto transport = sync::make_curl_transport(url);
  if (!transport) return std::unexpected(transport.error());
  auto made = std::make_shared<Connection>();
  made->transport = std::move(*transport);
  made->worker =
      std::make_unique<sync::SyncWorker>(store_, *made->transport, sync::SyncConfig{}, clock_);
  if (changed) made->worker->on_changed(std::move(changed));
  if (auto started = made->worker->start(); !started) return started;
  const std::lock_guard lock(mutex_);
  connection_ = std::move(made);
  return {};
}

void TwinLink::disconnect() {
  const auto ending = connection();
  if (!ending) return;
  ending->worker->stop();
  const std::lock_guard lock(mutex_);
  last_ = ending->worker->status();
  connection_.reset();
}

void TwinLink::notify_new_lines() {
  if (const auto live = connection()) live->worker->notify_new_lines();
}

bool TwinLink::wait_confirmed(std::int64_t timeout_ms) {
  const auto live = connection();
  return live && live->worker->wait_confirmed(timeout_ms);
}

sync::SyncStatus TwinLink::status() const {
  if (const auto live = connection()) return live->worker->status();
  auto head = store_.head();
  auto confirmed = store_.confirmed_through();
  const std::lock_guard lock(mutex_);
  auto status = last_;
  status.state = sync::SyncState::kOffline;
  if (head) status.head = head->seq;
  if (confirmed) status.confirmed_through = *confirmed;
  status.only_here = status.head - std::min(status.head, status.confirmed_through);
  return status;
}

}  // namespace batchwright::client

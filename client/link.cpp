#include "client/link.h"

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

Result<void> TwinLink::connect(const std::string& url, std::function<void()> changed) {
  disconnect();
  auto transport = sync::make_curl_transport(url);
  if (!transport) return std::unexpected(transport.error());
  transport_ = std::move(*transport);
  worker_ = std::make_unique<sync::SyncWorker>(store_, *transport_, sync::SyncConfig{}, clock_);
  if (changed) worker_->on_changed(std::move(changed));
  auto started = worker_->start();
  if (!started) disconnect();
  return started;
}

void TwinLink::disconnect() {
  if (worker_) {
    worker_->stop();
    last_ = worker_->status();
  }
  worker_.reset();
  transport_.reset();
}

void TwinLink::notify_new_lines() {
  if (worker_) worker_->notify_new_lines();
}

bool TwinLink::wait_confirmed(std::int64_t timeout_ms) {
  return worker_ && worker_->wait_confirmed(timeout_ms);
}

sync::SyncStatus TwinLink::status() const {
  if (worker_) return worker_->status();
  auto head = store_.head();
  auto confirmed = store_.confirmed_through();
  last_.state = sync::SyncState::kOffline;
  if (head) last_.head = head->seq;
  if (confirmed) last_.confirmed_through = *confirmed;
  last_.only_here = last_.head - std::min(last_.head, last_.confirmed_through);
  return last_;
}

}  // namespace batchwright::client

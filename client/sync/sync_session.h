// Drives the protocol: reads what waits from the store, hands requests to the transport, and
// carries out what answers mean. One thread at a time; SyncWorker gives it one, tests step it by
// hand.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "client/sync/documents.h"
#include "client/sync/protocol.h"
#include "client/sync/status.h"
#include "client/sync/transport.h"

namespace batchwright::client::sync {

// Something new is in the store: kind and name as in its catalogue, or kind "foreign" and a run's
// id.
struct Arrival {
  std::string kind, name;
};

class SyncSession {
 public:
  using Random = std::function<std::uint32_t()>;

  // All three must outlive the session.
  SyncSession(offline_store::Store& store, Transport& transport, const Clock& clock,
              Protocol::Settings settings, Random random);

  // Begins what may begin now in both lanes. An error is the store's: stop, and tell.
  [[nodiscard]] Result<void> send_due();
  // Waits at most `timeout_ms`, less when something falls due earlier, and takes what completed.
  [[nodiscard]] Result<void> receive(std::int64_t timeout_ms);

  // Reads the journal's end again, for an honest count.
  [[nodiscard]] Result<void> refresh();
  [[nodiscard]] SyncStatus status() const;
  [[nodiscard]] std::vector<Arrival> take_arrivals();
  void retry() { protocol_.retry(); }

 private:
  // What is under way in the send lane; the feed lane only ever polls.
  using Sent = std::variant<std::monostate, Batch, FetchMbr, SendEvidence>;

  [[nodiscard]] Result<void> send(const Task& task);
  [[nodiscard]] Result<void> send_journal(const SendJournal& task);
  [[nodiscard]] Result<void> send_evidence(const SendEvidence& task);
  [[nodiscard]] Result<void> take(const Completion& completion);
  [[nodiscard]] Result<void> carry_out(const Effect& effect);
  [[nodiscard]] Result<void> keep_wedged(const offline_store::Wedged& wedged);
  [[nodiscard]] Result<void> refresh_counts();
  [[nodiscard]] std::optional<Digest> own_hash(std::uint64_t seq) const;
  [[nodiscard]] Moment moment() const;

  offline_store::Store& store_;
  Transport& transport_;
  const Clock& clock_;
  Protocol protocol_;
  Random random_;
  Sent sent_;
  std::vector<Arrival> arrivals_;
  Protocol::Waiting waiting_;
  std::uint64_t confirmed_through_ = 0;
  std::uint64_t wedged_ = 0;
  std::optional<Instant> oldest_unsent_;
  std::uint64_t oldest_unsent_seq_ = 0;  // line that oldest_unsent_ is about
};

}  // namespace batchwright::client::sync

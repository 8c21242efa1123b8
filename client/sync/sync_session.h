// Drives the protocol: reads what waits from the store, hands requests to the transport, and
// carries out what answers mean. One thread at a time; SyncWorker gives it one, tests step it by
// hand.
#pragma once

#include <deque>
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

  // Begins what may begin now in both lanes. An error is the store's own (a failed disk, damage,
  // closed): stop, and tell. A full disk is none: what an answer brought waits in memory and is
  // kept later. Neither is an item that the store refuses: it is counted and told.
  [[nodiscard]] Result<void> send_due();
  // Waits at most `timeout_ms`, less when something falls due earlier, and takes what completed.
  [[nodiscard]] Result<void> receive(std::int64_t timeout_ms);

  // Reads the journal's end again, for an honest count.
  [[nodiscard]] Result<void> refresh();
  [[nodiscard]] SyncStatus status() const;
  [[nodiscard]] std::vector<Arrival> take_arrivals();
  void retry();

 private:
  // What is under way in the send lane; the feed lane only ever polls.
  using Sent = std::variant<std::monostate, Batch, FetchMbr, SendEvidence>;

  [[nodiscard]] Result<void> send(const Task& task);
  [[nodiscard]] Result<void> send_journal(const SendJournal& task);
  [[nodiscard]] Result<void> send_evidence(const SendEvidence& task);
  [[nodiscard]] Result<void> take(const Completion& completion);
  // What an answer called for and the store could not take yet, in order. A lane with something to
  // keep begins nothing new, so this stays one answer long.
  struct Keeping {
    std::deque<Effect> effects;
    Backoff backoff;
    std::string words;  // why it waits
  };
  [[nodiscard]] Keeping& keeping_of(Lane lane) { return keeping_[static_cast<std::size_t>(lane)]; }
  [[nodiscard]] Result<void> keep(Lane lane);
  [[nodiscard]] Result<void> keep_later(Lane lane, const Error& error);
  [[nodiscard]] Result<void> carry_out(const Effect& effect);
  [[nodiscard]] Result<void> keep_document(const offline_store::CatalogueItem& item);
  [[nodiscard]] Result<void> keep_foreign(const std::vector<record::StoredLine>& lines);
  [[nodiscard]] Result<void> keep_foreign_commit(const std::vector<record::StoredLine>& lines);
  void announce(const std::vector<record::StoredLine>& lines);
  [[nodiscard]] Result<void> refuse_arrival(const std::string& what, const Error& error);
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
  Keeping keeping_[2];
  std::vector<Arrival> arrivals_;
  Protocol::Waiting waiting_;
  std::uint64_t confirmed_through_ = 0;
  std::uint64_t wedged_ = 0;
  std::optional<Instant> oldest_unsent_;
  std::uint64_t oldest_unsent_seq_ = 0;  // line that oldest_unsent_ is about
};

}  // namespace batchwright::client::sync

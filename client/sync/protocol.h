// The sync protocol without network, disk, clock or chance: what to send next, and what an answer
// means. Bytes and time come in as arguments, requests and effects go out. docs/formats/sync.md is
// the description; sync_session.h drives it.
//
// If all goes well: next(kSend) gives SendJournal until every line is covered by a receipt, then
// SendEvidence, then FetchMbr for approved recipes that are not here yet; next(kFeed) gives a long
// poll at any time. Nothing here ever forgets an item: lines wait until a receipt covers them,
// refused items become StoreWedged, a recipe is asked for until its bytes are right.
#pragma once

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "client/sync/backoff.h"
#include "client/sync/batch.h"
#include "client/sync/feed.h"
#include "client/sync/judge.h"
#include "client/sync/status.h"
#include "client/sync/transport.h"

namespace batchwright::client::sync {

// What to do next in a lane.
struct SendJournal {
  std::uint64_t first = 1;
  BatchLimits limits;
};
struct FetchMbr {
  std::string hash;
};
struct SendEvidence {
  Digest digest{};
};
struct PollFeed {
  std::string after;
  int wait_s = 0;
};
using Task = std::variant<SendJournal, FetchMbr, SendEvidence, PollFeed>;

// What an answer changes in the store. To be carried out in order.
struct StoreReceipt {
  std::uint64_t seq = 0;
  std::string text;
};
struct StoreWedged {
  offline_store::Wedged wedged;
};
struct StoreEvidenceSent {
  Digest digest{};
};
struct StoreDocument {
  offline_store::CatalogueItem item;
};
struct StoreForeign {
  std::vector<record::StoredLine> lines;
};
struct StoreCursor {
  std::string cursor;
};
using Effect = std::variant<StoreReceipt, StoreWedged, StoreEvidenceSent, StoreDocument,
                            StoreForeign, StoreCursor>;

// When an answer is taken: monotonic time for waiting, wall time for people, one random number for
// the jitter.
struct Moment {
  std::int64_t now_ms = 0;
  Instant wall;
  std::uint32_t random = 0;
};

class Protocol {
 public:
  struct Settings {
    std::string device;
    record::PublicKey receipt_key{};  // certified by the site; checked by the caller
    FeedTrust trust;
    std::uint64_t confirmed_through = 0;
    std::string cursor;
    std::vector<std::string> missing_mbrs;        // approved, text not here
    std::uint64_t refused_arrivals = 0;           // kept in the store by earlier sessions
    std::optional<offline_store::Wedged> wedged;  // journal item refused earlier, not settled since
    int poll_wait_s = 25;
  };

  explicit Protocol(Settings settings);

  // What the store holds now: end of the journal and evidence not sent, oldest first.
  struct Waiting {
    std::uint64_t head = 0;
    std::vector<Digest> evidence;
  };
  // Nothing when the lane is busy, waits for its time, or has nothing to do. The lane is busy until
  // take() or abandon().
  [[nodiscard]] std::optional<Task> next(Lane lane, const Waiting& waiting, std::int64_t now_ms);
  // Earliest time at which a free lane may be asked again.
  [[nodiscard]] std::int64_t due_ms(Lane lane) const {
    return std::max(lane_of(lane).backoff.due_ms(), lane_of(lane).quiet_until_ms);
  }

  [[nodiscard]] Request journal_request(const Batch& batch);
  [[nodiscard]] Request evidence_request(const SendEvidence& task, std::string bytes) const;
  [[nodiscard]] Request request(const FetchMbr& task) const;
  [[nodiscard]] Request request(const PollFeed& task) const;

  // What the answer to the lane's task means. `head` is the journal's end now.
  [[nodiscard]] std::vector<Effect> take_journal(const Batch& sent, const Result<Answer>& answer,
                                                 const OwnHash& own_hash, std::uint64_t head,
                                                 const Moment& moment);
  [[nodiscard]] std::vector<Effect> take_evidence(const SendEvidence& sent,
                                                  const Result<Answer>& answer,
                                                  const Moment& moment);
  [[nodiscard]] std::vector<Effect> take_mbr(const FetchMbr& sent, const Result<Answer>& answer,
                                             const Moment& moment);
  [[nodiscard]] std::vector<Effect> take_feed(const Result<Answer>& answer, const Moment& moment);

  // The task could not even be made into a request (its bytes are missing or altered here): it is
  // set aside and told.
  void abandon(Lane lane, const std::string& words, const Moment& moment);
  // Evidence that can't be read here is skipped until the program starts anew.
  void skip_evidence(const Digest& digest, const std::string& words);

  // Something that arrived could not be kept; `words` say what and why.
  void refuse_arrival(const std::string& words, bool counted = true);

  // A person says: try again. Clears the stop and the waiting, not the history.
  void retry();

  struct Condition {
    SyncState state = SyncState::kOffline;
    Alarm alarm = Alarm::kNone;
    std::uint64_t sent_through = 0;
    std::uint64_t refused_arrivals = 0;
    std::optional<Instant> last_contact;
    std::string last_error;
    std::string last_refused;
  };
  [[nodiscard]] Condition condition() const;

 private:
  struct LaneState {
    bool busy = false;
    bool stopped = false;
    bool reached = false;  // the last exchange succeeded
    Backoff backoff;
    std::int64_t quiet_until_ms = 0;  // nothing failed, but there is no hurry
    std::string error;                // words of the last failure
  };
  // An approved recipe whose text is not here. One that can't be had delays nothing else.
  struct WantedMbr {
    std::string hash;
    Backoff backoff;
  };
  [[nodiscard]] LaneState& lane_of(Lane lane) { return lanes_[static_cast<std::size_t>(lane)]; }
  [[nodiscard]] const LaneState& lane_of(Lane lane) const {
    return lanes_[static_cast<std::size_t>(lane)];
  }

  [[nodiscard]] std::optional<Task> next_to_send(const Waiting& waiting, std::int64_t now_ms);
  [[nodiscard]] std::optional<Task> next_mbr(std::int64_t now_ms) const;
  void put_off_mbr(const std::string& hash, const std::string& words, std::int64_t retry_after_s,
                   const Moment& moment);
  void refuse_mbr(const std::string& hash, const std::string& words, const Moment& moment);
  void put_off_evidence(const std::string& words, std::int64_t retry_after_s, const Moment& moment);
  void reached(Lane lane, const Moment& moment);
  void later(Lane lane, const std::string& words, std::int64_t retry_after_s, const Moment& moment);
  void stop(Lane lane, Alarm alarm, const std::string& words);
  [[nodiscard]] std::vector<Effect> take_receipt(const Json& document, const Batch& sent,
                                                 const OwnHash& own_hash, const Moment& moment);
  [[nodiscard]] std::vector<Effect> take_want(const Json& want, const Batch& sent,
                                              std::uint64_t head, const Moment& moment);
  [[nodiscard]] std::vector<Effect> wedge_journal(Alarm alarm, const Batch& sent,
                                                  const char* reason, const Judged& judged,
                                                  const Moment& moment);
  [[nodiscard]] std::vector<Effect> shrink_batch(const Batch& sent, const Judged& judged,
                                                 const Moment& moment);

  Settings settings_;
  LaneState lanes_[2];
  bool journal_stopped_ = false;  // lines are refused; evidence of what was confirmed still goes
  Alarm alarm_ = Alarm::kNone;
  std::uint64_t position_ = 1;  // next line to send
  std::uint64_t sent_through_ = 0;
  int wants_in_row_ = 0;
  BatchLimits limits_;
  std::deque<WantedMbr> mbrs_;
  std::set<std::string> refused_mbrs_;
  bool evidence_failed_ = false;  // recipes get a turn before it is tried again
  std::set<Digest> skipped_evidence_;
  std::uint64_t refused_arrivals_ = 0;
  std::string last_refused_;
  std::optional<Instant> last_contact_;
};

}  // namespace batchwright::client::sync

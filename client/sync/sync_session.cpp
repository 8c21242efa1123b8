#include "client/sync/sync_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/bytes.h"

namespace batchwright::client::sync {

using offline_store::Wedged;

namespace {

// The store is fine and says no to this one thing.
bool is_refusal(const Error& error) {
  switch (error.code) {
    case ErrorCode::kMalformed:
    case ErrorCode::kUnsupported:
    case ErrorCode::kRefused:
    case ErrorCode::kNotFound:
    case ErrorCode::kConflict: return true;
    case ErrorCode::kAltered:
    case ErrorCode::kInUse:
    case ErrorCode::kUnreadable:
    case ErrorCode::kFull:
    case ErrorCode::kIo:
    case ErrorCode::kUnreachable:
    case ErrorCode::kDenied:
    case ErrorCode::kCancelled: break;
  }
  return false;
}

// Whole commits; each ends with its commit line.
std::vector<std::vector<record::StoredLine>> commits_of(
    const std::vector<record::StoredLine>& lines) {
  std::vector<std::vector<record::StoredLine>> commits(1);
  for (const auto& line : lines) {
    commits.back().push_back(line);
    if (line.line.type == "commit") commits.emplace_back();
  }
  if (commits.back().empty()) commits.pop_back();
  return commits;
}

}  // namespace

SyncSession::SyncSession(offline_store::Store& store, Transport& transport, const Clock& clock,
                         Protocol::Settings settings, Random random)
    : store_(store),
      transport_(transport),
      clock_(clock),
      protocol_(std::move(settings)),
      random_(std::move(random)) {}

Moment SyncSession::moment() const {
  return {.now_ms = clock_.monotonic_ms(), .wall = clock_.now(), .random = random_()};
}

Result<void> SyncSession::refresh() {
  auto head = store_.head();
  if (!head) return std::unexpected(head.error());
  waiting_.head = head->seq;
  auto evidence = store_.unsent_evidence();
  if (!evidence) return std::unexpected(evidence.error());
  waiting_.evidence = std::move(*evidence);
  return refresh_counts();
}

Result<void> SyncSession::refresh_counts() {
  auto confirmed = store_.confirmed_through();
  if (!confirmed) return std::unexpected(confirmed.error());
  confirmed_through_ = *confirmed;
  auto wedged = unsettled(store_);
  if (!wedged) return std::unexpected(wedged.error());
  wedged_ = wedged->size();
  const auto oldest = confirmed_through_ + 1;
  if (oldest > waiting_.head) {
    oldest_unsent_.reset();
    oldest_unsent_seq_ = 0;
  } else if (oldest != oldest_unsent_seq_) {
    auto lines = store_.load_lines(oldest, 1);
    if (!lines) return std::unexpected(lines.error());
    oldest_unsent_seq_ = oldest;
    oldest_unsent_.reset();
    if (lines->empty()) return {};
    if (auto line = record::decode(lines->front()))
      if (auto time = instant_from_text(line->line.time)) oldest_unsent_ = *time;
  }
  return {};
}

Result<void> SyncSession::send_due() {
  if (auto fresh = refresh(); !fresh) return keep_later(Lane::kSend, fresh.error());
  for (const Lane lane : kLanes) {
    if (auto kept = keep(lane); !kept) return kept;
    if (!keeping_of(lane).effects.empty()) continue;
    const auto task = protocol_.next(lane, waiting_, clock_.monotonic_ms());
    if (!task) continue;
    if (auto sent = send(*task); !sent) {
      protocol_.abandon(lane, sent.error().message, moment());
      if (auto wait = keep_later(lane, sent.error()); !wait) return wait;
    }
  }
  return {};
}

Result<void> SyncSession::send(const Task& task) {
  if (const auto* journal = std::get_if<SendJournal>(&task)) return send_journal(*journal);
  if (const auto* evidence = std::get_if<SendEvidence>(&task)) return send_evidence(*evidence);
  if (const auto* mbr = std::get_if<FetchMbr>(&task)) {
    sent_ = *mbr;
    transport_.start(Lane::kSend, protocol_.request(*mbr));
  } else if (const auto* poll = std::get_if<PollFeed>(&task)) {
    transport_.start(Lane::kFeed, protocol_.request(*poll));
  }
  return {};
}

Result<void> SyncSession::send_journal(const SendJournal& task) {
  // A commit may be longer than a usual batch; more is loaded until its end is in sight.
  std::size_t count = task.limits.lines_max;
  while (true) {
    auto lines = store_.load_lines(task.first, count);
    if (!lines) return std::unexpected(lines.error());
    auto batch = cut_batch(task.first, *lines, task.limits);
    if (batch) {
      transport_.start(Lane::kSend, protocol_.journal_request(*batch));
      sent_ = std::move(*batch);
      return {};
    }
    if (batch.error().code != ErrorCode::kNotFound || lines->size() < count)
      return std::unexpected(batch.error());
    count *= 2;
  }
}

Result<void> SyncSession::send_evidence(const SendEvidence& task) {
  auto bytes = store_.load_evidence(task.digest);
  if (!bytes) {
    if (bytes.error().code == ErrorCode::kIo) return std::unexpected(bytes.error());
    protocol_.skip_evidence(task.digest, bytes.error().message);
    return {};
  }
  transport_.start(Lane::kSend, protocol_.evidence_request(task, std::move(*bytes)));
  sent_ = task;
  return {};
}

Result<void> SyncSession::receive(std::int64_t timeout_ms) {
  const auto now_ms = clock_.monotonic_ms();
  for (const Lane lane : kLanes)
    for (const auto due_ms : {protocol_.due_ms(lane), keeping_of(lane).backoff.due_ms()})
      if (due_ms > now_ms) timeout_ms = std::min(timeout_ms, due_ms - now_ms);
  for (const auto& completion : transport_.wait(timeout_ms))
    if (auto taken = take(completion); !taken) return taken;
  return {};
}

std::optional<Digest> SyncSession::own_hash(std::uint64_t seq) const {
  const auto lines = store_.load_lines(seq, 1);
  if (!lines || lines->empty()) return std::nullopt;
  return sha256(lines->front());
}

Result<void> SyncSession::take(const Completion& completion) {
  const auto when = moment();
  std::vector<Effect> effects;
  if (completion.lane == Lane::kFeed) {
    effects = protocol_.take_feed(completion.answer, when);
  } else if (const Sent sent = std::exchange(sent_, {});
             const auto* batch = std::get_if<Batch>(&sent)) {
    effects = protocol_.take_journal(
        *batch, completion.answer, [this](std::uint64_t seq) { return own_hash(seq); },
        waiting_.head, when);
  } else if (const auto* mbr = std::get_if<FetchMbr>(&sent)) {
    effects = protocol_.take_mbr(*mbr, completion.answer, when);
  } else if (const auto* evidence = std::get_if<SendEvidence>(&sent)) {
    effects = protocol_.take_evidence(*evidence, completion.answer, when);
  }
  auto& waiting = keeping_of(completion.lane).effects;
  waiting.insert(waiting.end(), std::make_move_iterator(effects.begin()),
                 std::make_move_iterator(effects.end()));
  if (auto kept = keep(completion.lane); !kept) return kept;
  if (auto counted = refresh_counts(); !counted) return keep_later(Lane::kSend, counted.error());
  return {};
}

Result<void> SyncSession::keep(Lane lane) {
  auto& keeping = keeping_of(lane);
  if (clock_.monotonic_ms() < keeping.backoff.due_ms()) return {};
  while (!keeping.effects.empty()) {
    if (auto done = carry_out(keeping.effects.front()); !done)
      return keep_later(lane, done.error());
    keeping.effects.pop_front();
  }
  keeping.backoff.succeeded();
  keeping.words.clear();
  return {};
}

Result<void> SyncSession::keep_later(Lane lane, const Error& error) {
  if (error.code != ErrorCode::kFull) return std::unexpected(error);
  auto& keeping = keeping_of(lane);
  keeping.words = error.message;
  keeping.backoff.failed(clock_.monotonic_ms(), random_());
  return {};
}

Result<void> SyncSession::carry_out(const Effect& effect) {
  if (const auto* wedged = std::get_if<StoreWedged>(&effect)) return keep_wedged(wedged->wedged);
  if (const auto* document = std::get_if<StoreDocument>(&effect))
    return keep_document(document->item);
  if (const auto* foreign = std::get_if<StoreForeign>(&effect)) return keep_foreign(foreign->lines);
  Result<void> done;
  std::string what;
  if (const auto* receipt = std::get_if<StoreReceipt>(&effect)) {
    what = "receipt";
    done = store_.put_receipt(receipt->seq, receipt->text);
  } else if (const auto* sent = std::get_if<StoreEvidenceSent>(&effect)) {
    what = "evidence " + to_hex(sent->digest);
    done = store_.mark_evidence_sent(sent->digest);
  } else {
    what = "cursor";
    done = store_.put_cursor(std::get<StoreCursor>(effect).cursor);
  }
  if (done || !is_refusal(done.error())) return done;
  return refuse_arrival(what, done.error());
}

Result<void> SyncSession::keep_document(const offline_store::CatalogueItem& item) {
  if (item.kind == "directory") {
    if (auto past = keep_past_directory(store_, item); !past) return past;
  }
  auto kept = store_.put_catalogue(item);
  if (kept) {
    arrivals_.push_back({item.kind, item.name});
    return kept;
  }
  if (!is_refusal(kept.error())) return kept;
  // The name may be what is wrong with it; the digest tells such documents apart.
  const auto what = item.kind + " with SHA-256 " + to_hex(sha256(item.text));
  return refuse_arrival(what, kept.error());
}

Result<void> SyncSession::keep_foreign(const std::vector<record::StoredLine>& lines) {
  auto kept = store_.put_foreign(lines);
  if (kept) announce(lines);
  if (kept || !is_refusal(kept.error())) return kept;
  // One refused commit doesn't take the others of its page with it.
  for (const auto& commit : commits_of(lines))
    if (auto alone = keep_foreign_commit(commit); !alone) return alone;
  return {};
}

Result<void> SyncSession::keep_foreign_commit(const std::vector<record::StoredLine>& lines) {
  auto kept = store_.put_foreign(lines);
  if (kept) announce(lines);
  if (kept || !is_refusal(kept.error())) return kept;
  return refuse_arrival("commit " + to_hex(lines.back().hash), kept.error());
}

void SyncSession::announce(const std::vector<record::StoredLine>& lines) {
  std::set<std::string> runs;
  for (const auto& line : lines)
    if (line.line.subject.kind == "run") runs.insert(line.line.subject.id);
  for (const auto& run : runs) arrivals_.push_back({"foreign", run});
}

Result<void> SyncSession::refuse_arrival(const std::string& what, const Error& error) {
  const auto known = store_.wedged();
  if (!known) return std::unexpected(known.error());
  const auto words = error.place.empty()
                         ? fmt::format("{}: {}", what, error.message)
                         : fmt::format("{}: {} ({})", what, error.message, error.place);
  const Wedged refused{
      .first = 0,
      .reason = error.code == ErrorCode::kConflict ? kArrivalConflict : kArrivalRefused,
      .detail = words,
      .time = to_text(clock_.now())};
  const bool told = std::ranges::any_of(
      *known, [&](const Wedged& item) { return is_arrival(item) && item.detail == words; });
  const auto kept = static_cast<std::size_t>(std::ranges::count_if(*known, is_arrival));
  if (!told && kept < kArrivalRefusalsMax)
    if (auto put = store_.put_wedged(refused); !put) return put;
  protocol_.refuse_arrival(words, /*counted=*/!told);
  return {};
}

Result<void> SyncSession::keep_wedged(const Wedged& wedged) {
  auto known = store_.wedged();
  if (!known) return std::unexpected(known.error());
  const bool kept = std::ranges::any_of(*known, [&](const Wedged& item) {
    return item.first == wedged.first && item.reason == wedged.reason &&
           item.detail == wedged.detail;
  });
  return kept ? Result<void>() : store_.put_wedged(wedged);
}

SyncStatus SyncSession::status() const {
  const auto condition = protocol_.condition();
  SyncStatus status;
  status.state = condition.state;
  status.alarm = condition.alarm;
  status.head = waiting_.head;
  status.sent_through = std::max(condition.sent_through, confirmed_through_);
  status.confirmed_through = confirmed_through_;
  status.only_here = waiting_.head - std::min(confirmed_through_, waiting_.head);
  status.oldest_unsent_time = oldest_unsent_;
  status.wedged = wedged_;
  status.refused_arrivals = condition.refused_arrivals;
  status.last_contact = condition.last_contact;
  status.last_error = condition.last_error;
  status.last_refused = condition.last_refused;
  for (const auto& keeping : keeping_) {
    if (keeping.words.empty() || condition.alarm != Alarm::kNone) continue;
    status.state = SyncState::kAlarm;
    status.alarm = Alarm::kStore;
    status.last_error = keeping.words;
  }
  return status;
}

void SyncSession::retry() {
  protocol_.retry();
  for (auto& keeping : keeping_) keeping.backoff.succeeded();
}

std::vector<Arrival> SyncSession::take_arrivals() {
  return std::exchange(arrivals_, {});
}

}  // namespace batchwright::client::sync

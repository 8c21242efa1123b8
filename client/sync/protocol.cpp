#include "client/sync/protocol.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/content_digest.h"

namespace batchwright::client::sync {
namespace {

constexpr std::size_t kMbrBytesMax = 16u << 20;
constexpr std::size_t kFeedBytesMax = 16u << 20;
// A long poll that brings nothing new usually took its whole time; if not, it mustn't spin.
constexpr std::int64_t kQuietPollMs = 2'000;

}  // namespace

Protocol::Protocol(Settings settings)
    : settings_(std::move(settings)),
      position_(settings_.confirmed_through + 1),
      sent_through_(settings_.confirmed_through),
      refused_arrivals_(settings_.refused_arrivals) {
  for (const auto& hash : settings_.missing_mbrs) mbrs_.push_back({hash, {}});
  if (!settings_.wedged) return;
  alarm_ = settings_.wedged->reason == "fork" ? Alarm::kFork : Alarm::kRejected;
  lane_of(Lane::kSend).error = settings_.wedged->detail;
}

std::optional<Task> Protocol::next(Lane lane, const Waiting& waiting, std::int64_t now_ms) {
  auto& state = lane_of(lane);
  if (state.busy || state.stopped || now_ms < due_ms(lane)) return std::nullopt;
  auto task = lane == Lane::kFeed
                  ? std::optional<Task>(PollFeed{settings_.cursor, settings_.poll_wait_s})
                  : next_to_send(waiting, now_ms);
  state.busy = task.has_value();
  return task;
}

std::optional<Task> Protocol::next_to_send(const Waiting& waiting, std::int64_t now_ms) {
  if (!journal_stopped_ && position_ <= waiting.head) return SendJournal{position_, limits_};
  auto mbr = next_mbr(now_ms);
  if (mbr && evidence_failed_) return mbr;
  const auto evidence = std::ranges::find_if(
      waiting.evidence, [this](const Digest& d) { return !skipped_evidence_.contains(d); });
  if (evidence != waiting.evidence.end()) return SendEvidence{*evidence};
  return mbr;
}

std::optional<Task> Protocol::next_mbr(std::int64_t now_ms) const {
  const auto due = std::ranges::find_if(
      mbrs_, [now_ms](const WantedMbr& mbr) { return now_ms >= mbr.backoff.due_ms(); });
  if (due == mbrs_.end()) return std::nullopt;
  return FetchMbr{due->hash};
}

Request Protocol::journal_request(const Batch& batch) {
  sent_through_ = std::max(sent_through_, batch.last);
  return {.method = "POST",
          .path = fmt::format("/v1/devices/{}/journal", settings_.device),
          .content_type = "application/x-ndjson",
          .body = batch.body,
          .content_digest = content_digest(batch.body)};
}

Request Protocol::evidence_request(const SendEvidence& task, std::string bytes) const {
  return {.method = "PUT",
          .path = "/v1/evidence/" + to_hex(task.digest),
          .content_type = "application/octet-stream",
          .body = std::move(bytes),
          .content_digest = {},
          .timeout_ms = 120'000};
}

Request Protocol::request(const FetchMbr& task) const {
  return {.method = "GET",
          .path = "/v1/mbr/" + task.hash,
          .content_type = {},
          .body = {},
          .content_digest = {},
          .timeout_ms = 60'000,
          .answer_bytes_max = kMbrBytesMax};
}

Request Protocol::request(const PollFeed& task) const {
  return {.method = "GET",
          .path = fmt::format("/v1/feed?device={}&after={}&wait={}", settings_.device, task.after,
                              task.wait_s),
          .content_type = {},
          .body = {},
          .content_digest = {},
          .timeout_ms = task.wait_s * 1'000 + 10'000,
          .answer_bytes_max = kFeedBytesMax};
}

void Protocol::reached(Lane lane, const Moment& moment) {
  auto& state = lane_of(lane);
  state.busy = false;
  state.reached = true;
  state.error.clear();
  state.backoff.succeeded();
  last_contact_ = moment.wall;
}

void Protocol::later(Lane lane, const std::string& words, std::int64_t retry_after_s,
                     const Moment& moment) {
  auto& state = lane_of(lane);
  state.busy = false;
  state.reached = false;
  state.error = words;
  state.backoff.failed(moment.now_ms, moment.random, retry_after_s);
}

void Protocol::stop(Lane lane, Alarm alarm, const std::string& words) {
  auto& state = lane_of(lane);
  state.busy = false;
  state.stopped = true;
  state.error = words;
  alarm_ = alarm;
}

void Protocol::abandon(Lane lane, const std::string& words, const Moment& moment) {
  later(lane, words, 0, moment);
}

void Protocol::skip_evidence(const Digest& digest, const std::string& words) {
  auto& state = lane_of(Lane::kSend);
  state.busy = false;
  state.error = words;
  skipped_evidence_.insert(digest);
}

void Protocol::retry() {
  for (auto& lane : lanes_) {
    lane.stopped = false;
    lane.backoff.succeeded();
    lane.quiet_until_ms = 0;
  }
  for (auto& mbr : mbrs_) mbr.backoff.succeeded();
  journal_stopped_ = false;
  alarm_ = Alarm::kNone;
  wants_in_row_ = 0;
  skipped_evidence_.clear();
}

void Protocol::put_off_evidence(const std::string& words, std::int64_t retry_after_s,
                                const Moment& moment) {
  evidence_failed_ = true;
  later(Lane::kSend, words, retry_after_s, moment);
}

std::vector<Effect> Protocol::take_evidence(const SendEvidence& sent, const Result<Answer>& answer,
                                            const Moment& moment) {
  const auto judged = judge(answer);
  const auto hex = to_hex(sent.digest);
  switch (judged.verdict) {
    case Verdict::kOk:
      if (judged.json.value("sha256", Json()) != Json(hex)) {
        put_off_evidence("The twin did not say that it stored the evidence.", 0, moment);
        return {};
      }
      reached(Lane::kSend, moment);
      evidence_failed_ = false;
      return {StoreEvidenceSent{sent.digest}};
    case Verdict::kRetry: put_off_evidence(judged.words, judged.retry_after_s, moment); return {};
    case Verdict::kDenied: stop(Lane::kSend, Alarm::kDenied, judged.words); return {};
    case Verdict::kFork:
    case Verdict::kTooLarge:
    case Verdict::kRejected: break;
  }
  reached(Lane::kSend, moment);
  skip_evidence(sent.digest, judged.words);
  const bool too_large = judged.verdict == Verdict::kTooLarge;
  return {StoreWedged{{.first = 0,
                       .reason = too_large ? "too_large" : "rejected",
                       .detail = fmt::format("evidence {}: {}", hex, judged.words),
                       .time = to_text(moment.wall)}}};
}

void Protocol::put_off_mbr(const std::string& hash, const std::string& words,
                           std::int64_t retry_after_s, const Moment& moment) {
  evidence_failed_ = false;
  auto& state = lane_of(Lane::kSend);
  state.busy = false;
  state.error = words;
  const auto mbr = std::ranges::find(mbrs_, hash, &WantedMbr::hash);
  if (mbr != mbrs_.end()) mbr->backoff.failed(moment.now_ms, moment.random, retry_after_s);
}

void Protocol::refuse_mbr(const std::string& hash, const std::string& words, const Moment& moment) {
  refused_mbrs_.insert(hash);
  last_refused_ = fmt::format("Master batch record {}: {}", hash, words);
  put_off_mbr(hash, words, 0, moment);
}

std::vector<Effect> Protocol::take_mbr(const FetchMbr& sent, const Result<Answer>& answer,
                                       const Moment& moment) {
  const auto forget = [&] { std::erase_if(mbrs_, [&](auto& m) { return m.hash == sent.hash; }); };
  if (!answer) {
    put_off_mbr(sent.hash, answer.error().message, 0, moment);
    later(Lane::kSend, answer.error().message, 0, moment);
    return {};
  }
  if (answer->status == 200) {
    if (to_hex(sha256(answer->body)) != sent.hash) {
      refuse_mbr(sent.hash, "A master batch record arrived damaged and was not kept.", moment);
      return {};
    }
    reached(Lane::kSend, moment);
    evidence_failed_ = false;
    refused_mbrs_.erase(sent.hash);
    forget();
    return {StoreDocument{{"mbr", sent.hash, answer->body}}};
  }
  const auto judged = judge(answer);
  switch (judged.verdict) {
    case Verdict::kDenied: stop(Lane::kSend, Alarm::kDenied, judged.words); return {};
    case Verdict::kRejected:
      // Asked for again at the next start or feed item.
      refuse_mbr(sent.hash, judged.words, moment);
      forget();
      return {};
    case Verdict::kOk:
    case Verdict::kRetry:
    case Verdict::kFork:
    case Verdict::kTooLarge: break;
  }
  put_off_mbr(sent.hash, judged.words, judged.retry_after_s, moment);
  return {};
}

void Protocol::refuse_arrival(const std::string& words, bool counted) {
  if (counted) ++refused_arrivals_;
  last_refused_ = words;
  lane_of(Lane::kFeed).error = words;
}

std::vector<Effect> Protocol::take_feed(const Result<Answer>& answer, const Moment& moment) {
  const auto judged = judge(answer);
  if (judged.verdict == Verdict::kDenied) {
    stop(Lane::kFeed, Alarm::kDenied, judged.words);
    return {};
  }
  if (judged.verdict != Verdict::kOk) {
    later(Lane::kFeed, judged.words, judged.retry_after_s, moment);
    return {};
  }
  auto page = read_feed(judged.json, settings_.trust);
  if (!page) {
    later(Lane::kFeed, page.error().message, 0, moment);
    return {};
  }
  reached(Lane::kFeed, moment);
  std::vector<Effect> effects;
  for (auto& document : page->documents) effects.push_back(StoreDocument{std::move(document)});
  if (!page->foreign.empty()) effects.push_back(StoreForeign{std::move(page->foreign)});
  for (const auto& hash : page->mbrs)
    if (std::ranges::find(mbrs_, hash, &WantedMbr::hash) == mbrs_.end())
      mbrs_.push_back({hash, {}});
  for (const auto& refused : page->refused)
    refuse_arrival(
        fmt::format("Something arrived that can't be believed and was not kept: {}", refused));
  if (page->cursor == settings_.cursor || page->items == 0)
    lane_of(Lane::kFeed).quiet_until_ms =
        moment.now_ms + Backoff::jittered_ms(kQuietPollMs, moment.random);
  // The cursor last: after a power cut in between, the items come once more.
  if (page->cursor != settings_.cursor) effects.push_back(StoreCursor{page->cursor});
  settings_.cursor = page->cursor;
  return effects;
}

Protocol::Condition Protocol::condition() const {
  Condition out;
  out.alarm = alarm_;
  const auto& send = lane_of(Lane::kSend);
  const auto& feed = lane_of(Lane::kFeed);
  if (alarm_ != Alarm::kNone)
    out.state = SyncState::kAlarm;
  else if ((send.reached || feed.reached) && send.backoff.failures() == 0 &&
           feed.backoff.failures() == 0)
    out.state = SyncState::kConnected;
  out.sent_through = sent_through_;
  out.refused_arrivals = refused_arrivals_ + refused_mbrs_.size();
  out.last_refused = last_refused_;
  out.last_contact = last_contact_;
  out.last_error = send.error.empty() ? feed.error : send.error;
  return out;
}

}  // namespace batchwright::client::sync

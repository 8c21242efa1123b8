#include "client/sync/protocol.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/content_digest.h"

namespace batchwright::client::sync {
namespace {

constexpr std::size_t kMbrBytesMax = 16u << 20;
constexpr std::size_t kFeedBytesMax = 16u << 20;

}  // namespace

Protocol::Protocol(Settings settings)
    : settings_(std::move(settings)),
      position_(settings_.confirmed_through + 1),
      sent_through_(settings_.confirmed_through),
      mbrs_(settings_.missing_mbrs.begin(), settings_.missing_mbrs.end()) {
  if (!settings_.wedged) return;
  alarm_ = settings_.wedged->reason == "fork" ? Alarm::kFork : Alarm::kRejected;
  lane_of(Lane::kSend).error = settings_.wedged->detail;
}

std::optional<Task> Protocol::next(Lane lane, const Waiting& waiting, std::int64_t now_ms) {
  auto& state = lane_of(lane);
  if (state.busy || state.stopped || now_ms < state.backoff.due_ms()) return std::nullopt;
  auto task = lane == Lane::kFeed
                  ? std::optional<Task>(PollFeed{settings_.cursor, settings_.poll_wait_s})
                  : next_to_send(waiting);
  state.busy = task.has_value();
  return task;
}

std::optional<Task> Protocol::next_to_send(const Waiting& waiting) {
  if (!journal_stopped_ && position_ <= waiting.head) return SendJournal{position_, limits_};
  if (!mbrs_.empty()) return FetchMbr{mbrs_.front()};
  const auto evidence = std::ranges::find_if(
      waiting.evidence, [this](const Digest& d) { return !skipped_evidence_.contains(d); });
  if (evidence != waiting.evidence.end()) return SendEvidence{*evidence};
  return std::nullopt;
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
  }
  journal_stopped_ = false;
  alarm_ = Alarm::kNone;
  wants_in_row_ = 0;
  skipped_evidence_.clear();
}

std::vector<Effect> Protocol::take_evidence(const SendEvidence& sent, const Result<Answer>& answer,
                                            const Moment& moment) {
  const auto judged = judge(answer);
  const auto hex = to_hex(sent.digest);
  switch (judged.verdict) {
    case Verdict::kOk:
      if (judged.json.value("sha256", Json()) != Json(hex)) {
        later(Lane::kSend, "The twin did not say that it stored the evidence.", 0, moment);
        return {};
      }
      reached(Lane::kSend, moment);
      return {StoreEvidenceSent{sent.digest}};
    case Verdict::kRetry: later(Lane::kSend, judged.words, judged.retry_after_s, moment); return {};
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

std::vector<Effect> Protocol::take_mbr(const FetchMbr& sent, const Result<Answer>& answer,
                                       const Moment& moment) {
  const bool whole = answer && answer->status == 200 && to_hex(sha256(answer->body)) == sent.hash;
  if (whole) {
    reached(Lane::kSend, moment);
    std::erase(mbrs_, sent.hash);
    return {StoreDocument{{"mbr", sent.hash, answer->body}}};
  }
  // The recipe is asked for again at the next start or feed item; lines must not wait behind it.
  if (answer && answer->status != 200) {
    const auto judged = judge(answer);
    if (judged.verdict == Verdict::kDenied) {
      stop(Lane::kSend, Alarm::kDenied, judged.words);
      return {};
    }
    if (judged.verdict == Verdict::kRejected) std::erase(mbrs_, sent.hash);
    later(Lane::kSend, judged.words, judged.retry_after_s, moment);
    return {};
  }
  later(Lane::kSend,
        answer ? "A master batch record arrived damaged and was not kept." : answer.error().message,
        0, moment);
  return {};
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
    if (std::ranges::find(mbrs_, hash) == mbrs_.end()) mbrs_.push_back(hash);
  if (!page->refused.empty()) {
    refused_arrivals_ += page->refused.size();
    lane_of(Lane::kFeed).error = fmt::format(
        "Something arrived that can't be believed and was not kept: {}", page->refused.front());
  }
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
  out.refused_arrivals = refused_arrivals_;
  out.last_contact = last_contact_;
  out.last_error = send.error.empty() ? feed.error : send.error;
  return out;
}

}  // namespace batchwright::client::sync

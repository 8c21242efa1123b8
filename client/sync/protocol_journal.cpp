// The journal's side of the protocol: receipts, wanted lines, forks, batches that are too large.
#include <fmt/format.h>

#include <algorithm>

#include "client/sync/protocol.h"

namespace batchwright::client::sync {
namespace {

// A twin that asks for other lines again and again without ever giving a receipt isn't making
// progress.
constexpr int kWantsInRowMax = 3;

}  // namespace

std::vector<Effect> Protocol::take_journal(const Batch& sent, const Result<Answer>& answer,
                                           const OwnHash& own_hash, std::uint64_t head,
                                           const Moment& moment) {
  const auto judged = judge(answer);
  switch (judged.verdict) {
    case Verdict::kOk: break;
    case Verdict::kRetry: later(Lane::kSend, judged.words, judged.retry_after_s, moment); return {};
    case Verdict::kDenied: stop(Lane::kSend, Alarm::kDenied, judged.words); return {};
    case Verdict::kFork: return wedge_journal(Alarm::kFork, sent, "fork", judged, moment);
    case Verdict::kTooLarge: return shrink_batch(sent, judged, moment);
    case Verdict::kRejected:
      return wedge_journal(Alarm::kRejected, sent, "rejected", judged, moment);
  }
  if (const auto receipt = judged.json.find("receipt"); receipt != judged.json.end())
    return take_receipt(*receipt, sent, own_hash, moment);
  if (const auto want = judged.json.find("want"); want != judged.json.end())
    return take_want(*want, sent, head, moment);
  later(
      Lane::kSend,
      "The twin's answer is neither a receipt nor a wish. Nothing was confirmed; it is sent again "
      "later.",
      0, moment);
  return {};
}

std::vector<Effect> Protocol::take_receipt(const Json& document, const Batch& sent,
                                           const OwnHash& own_hash, const Moment& moment) {
  auto good = judge_receipt(document, settings_.receipt_key, settings_.device, own_hash);
  if (!good) {
    if (good.error().fault == ReceiptFault::kFork)
      return wedge_journal(Alarm::kFork, sent, "fork", {.words = good.error().words}, moment);
    stop(Lane::kSend, Alarm::kFalseReceipt, good.error().words);
    return {};
  }
  const auto seq = good->receipt.seq;
  const bool progress = seq >= position_;
  reached(Lane::kSend, moment);
  wants_in_row_ = 0;
  position_ = seq + 1;
  // What was refused in an earlier session is settled once a receipt covers it.
  if (progress && !lane_of(Lane::kFeed).stopped) alarm_ = Alarm::kNone;
  const BatchLimits usual;
  limits_.lines_max = std::min(usual.lines_max, limits_.lines_max * 2);
  limits_.bytes_max = std::min(usual.bytes_max, limits_.bytes_max * 2);
  // A receipt for less than was there before is believed, but not hurried after.
  if (!progress)
    later(Lane::kSend, "The twin holds fewer entries than it confirmed before; sending again.", 0,
          moment);
  return {StoreReceipt{seq, std::move(good->text)}};
}

std::vector<Effect> Protocol::take_want(const Json& want, const Batch& sent, std::uint64_t head,
                                        const Moment& moment) {
  const bool number = want.is_number_unsigned();
  const auto seq = number ? want.get<std::uint64_t>() : 0;
  if (seq == 0 || seq > head || seq == sent.first || ++wants_in_row_ > kWantsInRowMax) {
    wants_in_row_ = 0;
    later(
        Lane::kSend,
        "The twin asks for entries that it was just sent or that do not exist. Everything is kept "
        "and sent again later.",
        0, moment);
    return {};
  }
  reached(Lane::kSend, moment);
  position_ = seq;
  return {};
}

std::vector<Effect> Protocol::wedge_journal(Alarm alarm, const Batch& sent, const char* reason,
                                            const Judged& judged, const Moment& moment) {
  auto& state = lane_of(Lane::kSend);
  state.busy = false;
  state.reached = true;
  state.error = judged.words;
  last_contact_ = moment.wall;
  journal_stopped_ = true;
  alarm_ = alarm;
  const bool named = judged.seq >= sent.first && judged.seq <= sent.last;
  return {StoreWedged{{.first = named ? judged.seq : sent.first,
                       .reason = reason,
                       .detail = judged.words,
                       .time = to_text(moment.wall)}}};
}

std::vector<Effect> Protocol::shrink_batch(const Batch& sent, const Judged& judged,
                                           const Moment& moment) {
  if (sent.commits <= 1) return wedge_journal(Alarm::kRejected, sent, "too_large", judged, moment);
  reached(Lane::kSend, moment);
  const std::size_t lines = sent.last - sent.first + 1;
  limits_.lines_max = std::max<std::size_t>(1, lines / 2);
  limits_.bytes_max = std::max<std::size_t>(1, sent.body.size() / 2);
  return {};
}

}  // namespace batchwright::client::sync

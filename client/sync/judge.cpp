#include "client/sync/judge.h"

#include <fmt/format.h>

#include "base/text.h"

namespace batchwright::client::sync {
namespace {

constexpr JsonLimits kAnswerLimits{.bytes_max = 16u << 20, .depth_max = 16};

bool is_json(std::string_view content_type) {
  return content_type.starts_with("application/json") ||
         content_type.starts_with("application/problem+json");
}

// Title and line of a problem document, when it is one and harmless to show.
void read_problem(const Answer& answer, Judged& judged) {
  judged.words = fmt::format("The twin answered {}.", answer.status);
  if (!is_json(answer.content_type)) return;
  const auto json = parse_json(answer.body, kAnswerLimits);
  if (!json || !json->is_object()) return;
  if (const auto title = json->find("title"); title != json->end() && title->is_string())
    if (auto text = checked_text(title->get<std::string>()); text && !text->empty())
      judged.words = std::move(*text);
  judged.damaged = json->value("type", Json()) == Json("urn:batchwright:problem:digest");
  if (const auto seq = json->find("seq"); seq != json->end() && seq->is_number_unsigned())
    judged.seq = seq->get<std::uint64_t>();
}

Verdict verdict_of(int status) {
  if (status >= 200 && status < 300) return Verdict::kOk;
  switch (status) {
    case 401:
    case 403: return Verdict::kDenied;
    case 408:
    case 425:
    case 429: return Verdict::kRetry;
    case 409: return Verdict::kFork;
    case 413: return Verdict::kTooLarge;
    default: return status >= 400 && status < 500 ? Verdict::kRejected : Verdict::kRetry;
  }
}

Judged not_the_twin(const char* what) {
  return {.verdict = Verdict::kRetry,
          .words = fmt::format("{} answered instead of the twin. Everything is kept here and sent "
                               "later; check the address and the network.",
                               what)};
}

}  // namespace

Judged judge(const Result<Answer>& answer) {
  if (!answer) return {.verdict = Verdict::kRetry, .words = answer.error().message};
  const auto verdict = verdict_of(answer->status);
  const bool json_body = is_json(answer->content_type);
  if (verdict == Verdict::kOk) {
    if (!json_body) return not_the_twin("A web page");
    auto json = parse_json(answer->body, kAnswerLimits);
    if (!json || !json->is_object()) return not_the_twin("Something unreadable");
    return {.verdict = Verdict::kOk, .json = std::move(*json)};
  }
  if (answer->status >= 300 && answer->status < 400) return not_the_twin("A redirect");
  // A refusal that stops sending must be the twin's own words; a proxy's error page is only bad
  // weather. A proxy's 413 counts: whoever it is, smaller pieces get through.
  const bool stops =
      verdict == Verdict::kDenied || verdict == Verdict::kFork || verdict == Verdict::kRejected;
  if (stops && !json_body) return not_the_twin("A web page");
  Judged judged{.verdict = verdict, .retry_after_s = answer->retry_after_s};
  read_problem(*answer, judged);
  if (verdict == Verdict::kRejected && judged.damaged) judged.verdict = Verdict::kRetry;
  return judged;
}

std::expected<GoodReceipt, ReceiptRefused> judge_receipt(const Json& document,
                                                         const record::PublicKey& receipt_key,
                                                         const std::string& device,
                                                         const OwnHash& own_hash) {
  const auto refuse = [](ReceiptFault fault, std::string words) {
    return std::unexpected(ReceiptRefused{fault, std::move(words)});
  };
  const auto signed_document = record::signed_document_from_json(document);
  if (!signed_document)
    return refuse(ReceiptFault::kFalse, "The twin's receipt can't be read. Nothing was confirmed.");
  const auto statement = record::open_document(*signed_document, "receipt", receipt_key);
  if (!statement)
    return refuse(
        ReceiptFault::kFalse,
        "The receipt is not signed by this site's twin. Nothing was confirmed and sending "
        "stopped; call IT.");
  const auto receipt = record::receipt_from_statement(*statement);
  if (!receipt || receipt->device != device || receipt->seq == 0)
    return refuse(ReceiptFault::kFalse,
                  "The receipt is not about this panel. Nothing was confirmed and sending stopped; "
                  "call IT.");
  const auto own = own_hash(receipt->seq);
  if (!own || *own != receipt->hash)
    return refuse(
        ReceiptFault::kFork,
        fmt::format("The twin holds a line {} of this panel that is not in this store: the "
                    "store is a copy or was restored. Every entry is kept; enrol it as a "
                    "new device.",
                    receipt->seq));
  return GoodReceipt{*receipt, to_text(record::to_json(*signed_document))};
}

}  // namespace batchwright::client::sync

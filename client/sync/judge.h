// Reading the twin's answers. Pure. Nothing is believed that its signature doesn't carry.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "client/sync/http.h"
#include "record/trust.h"

namespace batchwright::client::sync {

// What an answer calls for, whatever the request was.
enum class Verdict {
  kOk,        // 2xx with JSON
  kRetry,     // later, unchanged: no answer, 408, 425, 429, 5xx, or something that isn't the twin
  kDenied,    // 401, 403
  kFork,      // 409
  kTooLarge,  // 413
  kRejected,  // any other 4xx
};

struct Judged {
  Verdict verdict = Verdict::kRetry;
  Json json = {};          // kOk only
  std::string words = {};  // for people, otherwise
  std::int64_t retry_after_s = 0;
  std::uint64_t seq = 0;  // the line that a refusal names; 0 = none
  bool damaged = false;   // the request's bytes did not arrive as they were sent
};

[[nodiscard]] Judged judge(const Result<Answer>& answer);

// The hash of our own line `seq`; nothing when we have no such line.
using OwnHash = std::function<std::optional<Digest>(std::uint64_t seq)>;

enum class ReceiptFault {
  kFalse,  // signature, purpose, device or shape is wrong: whoever answered is not our twin
  kFork,   // well signed, but about lines that aren't ours
};
struct ReceiptRefused {
  ReceiptFault fault = ReceiptFault::kFalse;
  std::string words;
};

struct GoodReceipt {
  record::Receipt receipt;
  std::string text;  // to keep
};

[[nodiscard]] std::expected<GoodReceipt, ReceiptRefused> judge_receipt(
    const Json& document, const record::PublicKey& receipt_key, const std::string& device,
    const OwnHash& own_hash);

}  // namespace batchwright::client::sync

// Whatever answers a panel instead of its twin: status, content type and body are the input's.
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>

#include "client/sync/feed.h"
#include "client/sync/judge.h"

namespace twin_sync = batchwright::client::sync;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static constexpr int kStatuses[] = {200, 204, 302, 400, 401, 403, 409, 413, 422, 429, 500, 503};
  static constexpr const char* kTypes[] = {"application/json", "application/problem+json",
                                           "text/html", ""};
  twin_sync::Answer answer;
  answer.status = kStatuses[data[0] % std::size(kStatuses)];
  answer.content_type = kTypes[data[1] % std::size(kTypes)];
  answer.body.assign(reinterpret_cast<const char*>(data + 2), size - 2);
  const auto judged = twin_sync::judge(answer);
  if (judged.verdict != twin_sync::Verdict::kOk) return 0;
  twin_sync::FeedTrust trust;
  trust.own_device = "d";
  [[maybe_unused]] const auto page = twin_sync::read_feed(judged.json, trust);
  const auto own_hash = [](std::uint64_t) { return std::optional<batchwright::Digest>(); };
  // No key signed anything here: a receipt that is believed is a defect.
  if (twin_sync::judge_receipt(judged.json, {}, "d", own_hash)) __builtin_trap();
  return 0;
}

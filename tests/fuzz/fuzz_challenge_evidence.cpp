// Any bytes as what a challenge came to: refused, or every file it names is named by a digest.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/ensure.h"
#include "vision/challenge_evidence.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto summary = summary_of_challenge({reinterpret_cast<const char*>(data), size});
  if (!summary) return 0;
  const auto is_digest = [](const std::string& hex) { return array_from_hex<32>(hex).has_value(); };
  ensure(is_digest(summary->check_sha256_hex), "the check file is named by its hash");
  ensure(std::ranges::all_of(summary->files, is_digest), "and so is every file");
  ensure(summary->good_passed <= summary->good && summary->bad_failed <= summary->bad, "counts");
  return 0;
}

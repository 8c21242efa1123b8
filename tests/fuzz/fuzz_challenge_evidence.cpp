// Any bytes as what a challenge came to: refused, or every name in it is a digest.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/ensure.h"
#include "vision/challenge_evidence.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto names = names_in_challenge({reinterpret_cast<const char*>(data), size});
  if (!names) return 0;
  const auto is_digest = [](const std::string& hex) { return array_from_hex<32>(hex).has_value(); };
  ensure(is_digest(names->check_sha256_hex), "the check file is named by its hash");
  ensure(std::ranges::all_of(names->frames_sha256_hex, is_digest), "and so is every picture");
  return 0;
}

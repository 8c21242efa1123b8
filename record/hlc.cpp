#include "record/hlc.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/bytes.h"

namespace batchwright::record {
namespace {

constexpr std::int64_t kMsMax = (std::int64_t{1} << 48) - 1;

}  // namespace

std::string to_text(Hlc hlc) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::uint8_t>(hlc.bits >> (56 - 8 * i));
  }
  return to_hex(bytes);
}

Result<Hlc> hlc_from_text(std::string_view text) {
  const auto bytes = array_from_hex<8>(text);
  if (!bytes) return fail(ErrorCode::kMalformed, "Not a clock stamp of 16 lower-case hex digits.");
  Hlc hlc;
  for (const std::uint8_t byte : *bytes) hlc.bits = hlc.bits << 8 | byte;
  return hlc;
}

Hlc next(Hlc last, std::int64_t now_unix_ms) {
  const auto wall = static_cast<std::uint64_t>(std::clamp<std::int64_t>(now_unix_ms, 0, kMsMax));
  // At the end of the 48 bits (year 10889) the stamp stops; verification then names it. It never
  // turns over to zero.
  const std::uint64_t after =
      last.bits == std::numeric_limits<std::uint64_t>::max() ? last.bits : last.bits + 1;
  return {std::max(after, wall << 16)};
}

}  // namespace batchwright::record

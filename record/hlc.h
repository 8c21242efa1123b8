// Hybrid logical clock: orders events of several devices, never measures a duration.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright::record {

// 48-bit milliseconds since 1970 + 16-bit counter; text form is 16 lower-case hex digits, which
// sort as text.
struct Hlc {
  std::uint64_t bits = 0;

  auto operator<=>(const Hlc&) const = default;
  [[nodiscard]] std::int64_t unix_ms() const { return static_cast<std::int64_t>(bits >> 16); }
};

[[nodiscard]] std::string to_text(Hlc hlc);
[[nodiscard]] Result<Hlc> hlc_from_text(std::string_view text);

// The next stamp of a device whose last one was `last`: strictly greater, and not before the wall
// clock.
[[nodiscard]] Hlc next(Hlc last, std::int64_t now_unix_ms);

// A remote stamp more than this ahead is quarantined: not adopted, and a clock exception is opened.
inline constexpr std::int64_t kRemoteAheadMsMax = 60'000;

}  // namespace batchwright::record

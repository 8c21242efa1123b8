// Whole numbers as decimal strings, the only way they are written outside a line's envelope.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace batchwright::record::internal {

// Digits without sign, spaces or leading zero, so that each number has one spelling.
[[nodiscard]] inline std::optional<std::uint64_t> number_from_text(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || (text.size() > 1 && text.front() == '0')) return std::nullopt;
  return number;
}

}  // namespace batchwright::record::internal

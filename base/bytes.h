// Bytes as lower-case hex text and back, for digests, keys and signatures in JSON.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace batchwright {

[[nodiscard]] std::string to_hex(std::span<const std::uint8_t> bytes);

// Lower-case hex only, even length; anything else is kMalformed.
[[nodiscard]] Result<std::vector<std::uint8_t>> bytes_from_hex(std::string_view hex);

template <std::size_t N>
[[nodiscard]] Result<std::array<std::uint8_t, N>> array_from_hex(std::string_view hex) {
  auto bytes = bytes_from_hex(hex);
  if (!bytes) return std::unexpected(bytes.error());
  if (bytes->size() != N) return fail(ErrorCode::kMalformed, "Wrong number of hex digits.");
  std::array<std::uint8_t, N> out{};
  std::copy(bytes->begin(), bytes->end(), out.begin());
  return out;
}

}  // namespace batchwright

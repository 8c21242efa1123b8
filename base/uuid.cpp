#include "base/uuid.h"

#include <algorithm>
#include <span>

#include "base/bytes.h"

namespace batchwright {

std::string make_uuid_v7(std::int64_t unix_ms, const Digest& entropy) {
  std::array<std::uint8_t, 16> uuid{};
  const auto ms = static_cast<std::uint64_t>(std::max<std::int64_t>(unix_ms, 0));
  for (std::size_t i = 0; i < 6; ++i) uuid[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  // 12 random bits after the version nibble, then 62 after the two variant bits.
  uuid[6] = static_cast<std::uint8_t>(0x70 | entropy[0] >> 4);
  uuid[7] = static_cast<std::uint8_t>(entropy[0] << 4 | entropy[1] >> 4);
  uuid[8] = static_cast<std::uint8_t>(0x80 | (entropy[1] & 0x0f) << 2 | entropy[2] >> 6);
  for (std::size_t i = 9; i < 16; ++i) {
    uuid[i] = static_cast<std::uint8_t>(entropy[i - 7] << 2 | entropy[i - 6] >> 6);
  }
  std::string text = to_hex(uuid);
  for (const std::size_t dash : {8u, 13u, 18u, 23u}) text.insert(dash, 1, '-');
  return text;
}

std::string IdSource::next() {
  std::string drawn(seed_.begin(), seed_.end());
  for (int shift = 24; shift >= 0; shift -= 8) drawn.push_back(static_cast<char>(drawn_ >> shift));
  ++drawn_;
  return make_uuid_v7(unix_ms_, sha256(drawn));
}

}  // namespace batchwright

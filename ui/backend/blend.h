// One pixel over another, in integers and correctly rounded, the same on every machine.
#pragma once

#include <cstdint>

namespace batchwright::ui {

// ImGui's colour (0xAABBGGRR) taken apart.
struct Paint {
  std::uint32_t rgb = 0;  // 0x00RRGGBB
  std::uint32_t alpha = 0;

  bool operator==(const Paint&) const = default;
};

[[nodiscard]] constexpr Paint paint_of(std::uint32_t imgui_colour) {
  return {((imgui_colour & 0xff) << 16) | (imgui_colour & 0xff00) | ((imgui_colour >> 16) & 0xff),
          imgui_colour >> 24};
}

// a * b / 255, rounded to nearest, for values up to 255.
[[nodiscard]] constexpr std::uint32_t times(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t product = a * b + 128;
  return (product + (product >> 8)) >> 8;
}

// Channels of two colours multiplied.
[[nodiscard]] constexpr std::uint32_t times_rgb(std::uint32_t a, std::uint32_t b) {
  return (times((a >> 16) & 0xff, (b >> 16) & 0xff) << 16) |
         (times((a >> 8) & 0xff, (b >> 8) & 0xff) << 8) | times(a & 0xff, b & 0xff);
}

// `over` with `alpha` 0..255 on `under`. Red and blue share one multiplication: a lane holds at
// most 255 * 255 + 128 and the carry added to it, which fits in 16 bits.
[[nodiscard]] constexpr std::uint32_t blend(std::uint32_t under, std::uint32_t over,
                                            std::uint32_t alpha) {
  const std::uint32_t rest = 255 - alpha;
  std::uint32_t red_blue = (over & 0xff00ff) * alpha + (under & 0xff00ff) * rest + 0x800080;
  red_blue = ((red_blue + ((red_blue >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
  std::uint32_t green = ((over >> 8) & 0xff) * alpha + ((under >> 8) & 0xff) * rest + 128;
  green = ((green + (green >> 8)) >> 8) & 0xff;
  return red_blue | (green << 8);
}

}  // namespace batchwright::ui

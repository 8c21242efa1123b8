// A picture in memory and how two are compared: exactly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ui/backend/renderer.h"

namespace batchwright::ui {

struct Picture {
  int width_px = 0;
  int height_px = 0;
  std::vector<std::uint32_t> pixels;  // 0x00RRGGBB, rows from the top

  [[nodiscard]] std::uint32_t at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px) +
                  static_cast<std::size_t>(x)];
  }
  bool operator==(const Picture&) const = default;
};

[[nodiscard]] Picture copy_of(const Canvas& canvas);

struct PictureDifference {
  std::size_t pixels = 0;  // how many differ; all of them when the sizes do
  PixelRect where;         // their bounding box
  int channel_max = 0;     // largest difference of one channel
  std::string summary;     // one sentence for a failing test
  Picture shown;  // the actual picture greyed, differing pixels red; empty when the sizes differ
};

// Empty when they are equal to the last bit.
[[nodiscard]] std::optional<PictureDifference> compare(const Picture& expected,
                                                       const Picture& actual);

}  // namespace batchwright::ui

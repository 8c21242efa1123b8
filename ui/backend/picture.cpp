#include "ui/backend/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace batchwright::ui {
namespace {

constexpr std::uint32_t kDiffers = 0xff0000;

int channel(std::uint32_t pixel, int shift) {
  return static_cast<int>((pixel >> shift) & 0xff);
}

int largest_channel_difference(std::uint32_t a, std::uint32_t b) {
  int largest = 0;
  for (const int shift : {0, 8, 16}) {
    largest = std::max(largest, std::abs(channel(a, shift) - channel(b, shift)));
  }
  return largest;
}

// Pale grey, so that red stands out.
std::uint32_t greyed(std::uint32_t pixel) {
  const int grey = (channel(pixel, 16) * 3 + channel(pixel, 8) * 6 + channel(pixel, 0)) / 10;
  const auto pale = static_cast<std::uint32_t>(160 + grey * 95 / 255);
  return (pale << 16) | (pale << 8) | pale;
}

}  // namespace

Picture copy_of(const Canvas& canvas) {
  Picture picture{canvas.width_px, canvas.height_px, {}};
  picture.pixels.reserve(static_cast<std::size_t>(canvas.width_px) *
                         static_cast<std::size_t>(canvas.height_px));
  for (int y = 0; y < canvas.height_px; ++y) {
    const std::uint32_t* row = canvas.row(y);
    picture.pixels.insert(picture.pixels.end(), row, row + canvas.width_px);
  }
  return picture;
}

std::optional<PictureDifference> compare(const Picture& expected, const Picture& actual) {
  if (expected == actual) return std::nullopt;
  PictureDifference difference;
  if (expected.width_px != actual.width_px || expected.height_px != actual.height_px) {
    difference.pixels = std::max(expected.pixels.size(), actual.pixels.size());
    difference.channel_max = 255;
    difference.where = {0, 0, actual.width_px, actual.height_px};
    difference.summary = fmt::format("expected {} x {} pixels, got {} x {}", expected.width_px,
                                     expected.height_px, actual.width_px, actual.height_px);
    return difference;
  }
  difference.shown = {actual.width_px, actual.height_px, {}};
  difference.shown.pixels.reserve(actual.pixels.size());
  PixelRect& box = difference.where;
  box = {actual.width_px, actual.height_px, 0, 0};
  for (int y = 0; y < actual.height_px; ++y) {
    for (int x = 0; x < actual.width_px; ++x) {
      const int by = largest_channel_difference(expected.at(x, y), actual.at(x, y));
      difference.shown.pixels.push_back(by == 0 ? greyed(actual.at(x, y)) : kDiffers);
      if (by == 0) continue;
      ++difference.pixels;
      difference.channel_max = std::max(difference.channel_max, by);
      box = {std::min(box.x0, x), std::min(box.y0, y), std::max(box.x1, x + 1),
             std::max(box.y1, y + 1)};
    }
  }
  difference.summary =
      fmt::format("{} pixels differ by up to {}, within {},{} to {},{}", difference.pixels,
                  difference.channel_max, box.x0, box.y0, box.x1, box.y1);
  return difference;
}

}  // namespace batchwright::ui

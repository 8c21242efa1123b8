// What digits of a display are made of: elements (segments or dots) and which of them each
// character shows.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <span>
#include <string_view>
#include <vector>

#include "vision/checks/display.h"

namespace batchwright::vision {

using Elements = std::uint64_t;  // one bit each

struct Glyph {
  char character = ' ';
  Elements shown = 0;
};

// Places of looking, in pixels of an upright place whose top left is (0, 0).
struct Typeface {
  std::vector<std::vector<cv::Point2d>> elements;
  std::vector<cv::Point2d> point;       // the decimal point behind the place; empty = a character
  std::vector<cv::Point2d> background;  // never part of a digit
  std::span<const Glyph> glyphs;        // blank first
  double spot_px = 1;                   // side of what is averaged around each place of looking
};

// Segments a..g are bits 0..6: top, right top, right bottom, bottom, left bottom, left top, middle.
[[nodiscard]] std::span<const Glyph> seven_segment_glyphs();
// Characters of 5 x 7 dots; bit 5 * row + column. Some digits have two common shapes.
[[nodiscard]] std::span<const Glyph> dot_matrix_glyphs();

[[nodiscard]] Typeface typeface_of(const DigitRow& row, DisplayStyle style);

}  // namespace batchwright::vision

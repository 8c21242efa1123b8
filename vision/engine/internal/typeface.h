// Where the segments or dots of a display's digits are looked at.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <vector>

#include "vision/checks/display.h"
#include "vision/engine/glyphs.h"

namespace batchwright::vision {

// Places of looking, in pixels of an upright place whose top left is (0, 0).
struct Typeface {
  std::vector<std::vector<cv::Point2d>> elements;
  std::vector<cv::Point2d> point;       // the decimal point behind the place; empty = a character
  std::vector<cv::Point2d> background;  // never part of a digit
  std::span<const Glyph> glyphs;        // blank first
  double spot_px = 1;                   // side of what is averaged around each place of looking
};

[[nodiscard]] Typeface typeface_of(const DigitRow& row, DisplayStyle style);

}  // namespace batchwright::vision

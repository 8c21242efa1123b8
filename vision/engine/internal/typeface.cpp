#include "vision/engine/internal/typeface.h"

#include <array>
#include <cmath>
#include <numbers>

namespace batchwright::vision {

namespace {

using Ends = std::array<cv::Point2d, 2>;

// The middle lines of the segments of a place.
std::array<Ends, 7> middle_lines(const DigitRow& row) {
  const double t = row.stroke, left = t / 2, right = row.width - t / 2, top = t / 2,
               middle = row.height / 2, bottom = row.height - t / 2;
  return {{{{{left, top}, {right, top}}},
           {{{right, top}, {right, middle}}},
           {{{right, middle}, {right, bottom}}},
           {{{left, bottom}, {right, bottom}}},
           {{{left, middle}, {left, bottom}}},
           {{{left, top}, {left, middle}}},
           {{{left, middle}, {right, middle}}}}};
}

Typeface seven_segments(const DigitRow& row) {
  Typeface face;
  face.glyphs = seven_segment_glyphs();
  face.spot_px = row.stroke * 0.5;
  for (const auto& [from, to] : middle_lines(row)) {
    auto& points = face.elements.emplace_back();
    const double length = std::max(std::abs(to.x - from.x), std::abs(to.y - from.y));
    const double near = std::min(0.4, (row.stroke * 0.5 + 0.15 * length) / length);
    for (const double at : {near, (near + 0.5) / 2, 0.5, 1 - (near + 0.5) / 2, 1 - near})
      points.push_back(from + at * (to - from));
  }
  const double gap = row.width + (row.pitch - row.width) / 2;
  face.point.emplace_back(gap, row.height - row.stroke / 2);
  for (const double y : {0.25, 0.75})
    for (const double x : {0.4, 0.5, 0.6})
      face.background.emplace_back(x * row.width, y * row.height);
  for (const double y : {0.15, 0.5, 0.7}) face.background.emplace_back(gap, y * row.height);
  // Around the outline: without these a row found a stroke too high loses its tops unnoticed.
  for (const double x : {0.3, 0.5, 0.7}) {
    face.background.emplace_back(x * row.width, -row.stroke * 0.9);
    face.background.emplace_back(x * row.width, row.height + row.stroke * 0.9);
  }
  for (const double y : {0.25, 0.6}) face.background.emplace_back(row.width - gap, y * row.height);
  return face;
}

Typeface dots(const DigitRow& row) {
  Typeface face;
  face.glyphs = dot_matrix_glyphs();
  face.spot_px = row.stroke * 0.6;
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 5; ++x)
      face.elements.push_back({{(x + 0.5) * row.width / 5, (y + 0.5) * row.height / 7}});
  const double gap = row.width + (row.pitch - row.width) / 2;
  for (const double y : {0.1, 0.3, 0.5, 0.7, 0.9})
    face.background.emplace_back(gap, y * row.height);
  for (const double x : {0.1, 0.5, 0.9}) {
    face.background.emplace_back(x * row.width, -0.07 * row.height);
    face.background.emplace_back(x * row.width, 1.07 * row.height);
  }
  return face;
}

}  // namespace

Typeface typeface_of(const DigitRow& row, DisplayStyle style) {
  if (style == DisplayStyle::kDotMatrix) return dots(row);
  auto face = seven_segments(row);
  const double lean = std::tan(row.slant_deg * std::numbers::pi / 180);
  const auto slant = [&](std::vector<cv::Point2d>& points) {
    for (auto& point : points) point.x += (row.height - point.y) * lean;
  };
  for (auto& element : face.elements) slant(element);
  slant(face.point);
  slant(face.background);
  return face;
}

}  // namespace batchwright::vision

// Layout by cutting: a band is taken off a rectangle, the rest stays. All in pixels.
#pragma once

#include <algorithm>

#include "ui/rect.h"

namespace batchwright::ui {

// Each takes at most what is there.
[[nodiscard]] inline Rect cut_top(Rect& rest, float height) {
  const float y = std::min(rest.y0 + height, rest.y1);
  const Rect band{rest.x0, rest.y0, rest.x1, y};
  rest.y0 = y;
  return band;
}
[[nodiscard]] inline Rect cut_bottom(Rect& rest, float height) {
  const float y = std::max(rest.y1 - height, rest.y0);
  const Rect band{rest.x0, y, rest.x1, rest.y1};
  rest.y1 = y;
  return band;
}
[[nodiscard]] inline Rect cut_left(Rect& rest, float width) {
  const float x = std::min(rest.x0 + width, rest.x1);
  const Rect band{rest.x0, rest.y0, x, rest.y1};
  rest.x0 = x;
  return band;
}
[[nodiscard]] inline Rect cut_right(Rect& rest, float width) {
  const float x = std::max(rest.x1 - width, rest.x0);
  const Rect band{x, rest.y0, rest.x1, rest.y1};
  rest.x1 = x;
  return band;
}

// Throws a gap away.
inline void skip_top(Rect& rest, float height) {
  rest.y0 = std::min(rest.y0 + height, rest.y1);
}
inline void skip_bottom(Rect& rest, float height) {
  rest.y1 = std::max(rest.y1 - height, rest.y0);
}
inline void skip_left(Rect& rest, float width) {
  rest.x0 = std::min(rest.x0 + width, rest.x1);
}
inline void skip_right(Rect& rest, float width) {
  rest.x1 = std::max(rest.x1 - width, rest.x0);
}

[[nodiscard]] inline Rect inset(const Rect& rect, float by_x, float by_y) {
  return {rect.x0 + by_x, rect.y0 + by_y, rect.x1 - by_x, rect.y1 - by_y};
}
[[nodiscard]] inline Rect inset(const Rect& rect, float by) {
  return inset(rect, by, by);
}

// The cell (column, row) of a grid whose cells are `width` x `height` with `gap` between.
[[nodiscard]] inline Rect grid_cell(const Rect& origin, int column, int row, float width,
                                    float height, float gap) {
  const float x = origin.x0 + static_cast<float>(column) * (width + gap);
  const float y = origin.y0 + static_cast<float>(row) * (height + gap);
  return {x, y, x + width, y + height};
}

// Width of one of `count` columns with `gap` between, in whole pixels.
[[nodiscard]] inline float column_width(const Rect& rect, int count, float gap) {
  const auto n = static_cast<float>(count);
  return std::floor((rect.width() - (n - 1) * gap) / n);
}

}  // namespace batchwright::ui

// Rectangles in pixels, origin top left, y down. x1 and y1 are just outside.
#pragma once

#include <algorithm>
#include <cmath>

namespace batchwright::ui {

// Of a widget: what ImGui lays out.
struct Rect {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  [[nodiscard]] float width() const { return x1 - x0; }
  [[nodiscard]] float height() const { return y1 - y0; }
  [[nodiscard]] float centre_x() const { return (x0 + x1) / 2; }
  [[nodiscard]] float centre_y() const { return (y0 + y1) / 2; }
  [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
  [[nodiscard]] bool contains(float x, float y) const {
    return x >= x0 && x < x1 && y >= y0 && y < y1;
  }
  bool operator==(const Rect&) const = default;
};

// The shortest way from one to the other; 0 when they touch or overlap.
[[nodiscard]] inline float distance(const Rect& a, const Rect& b) {
  const float dx = std::max({a.x0 - b.x1, b.x0 - a.x1, 0.0f});
  const float dy = std::max({a.y0 - b.y1, b.y0 - a.y1, 0.0f});
  return std::hypot(dx, dy);
}

// Of a picture: whole pixels.
struct PixelRect {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  [[nodiscard]] int width() const { return x1 - x0; }
  [[nodiscard]] int height() const { return y1 - y0; }
  [[nodiscard]] bool empty() const { return x1 <= x0 || y1 <= y0; }
  [[nodiscard]] PixelRect clipped_to(const PixelRect& other) const {
    return {std::max(x0, other.x0), std::max(y0, other.y0), std::min(x1, other.x1),
            std::min(y1, other.y1)};
  }
  bool operator==(const PixelRect&) const = default;
};

}  // namespace batchwright::ui

// Shapes and lines of text on ImGui's draw list, in the colours and type of the theme. Draws only:
// what a person can read or tap is told to the side list by ui/widgets/text.h and button.h.
#pragma once

#include <span>
#include <string_view>

#include "ui/rect.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"

struct ImDrawList;

namespace batchwright::ui {

struct Texture;

struct Point {
  float x = 0, y = 0;
};

class Painter {
 public:
  // All of them outlive the painter, which lives for one frame.
  Painter(ImDrawList& list, const Fonts& fonts) : list_(list), fonts_(fonts) {}

  void fill(const Rect& rect, Rgb colour, float corner = 0, std::uint8_t alpha = 255);
  // The stroke lies inside the rectangle.
  void outline(const Rect& rect, Rgb colour, float corner, float width);
  void shadow(const Rect& rect, float corner, float reach);
  void line(Point from, Point to, Rgb colour, float width);
  void path(std::span<const Point> points, Rgb colour, float width, bool closed = false);
  void polygon(std::span<const Point> points, Rgb colour);  // convex
  void disc(Point centre, float radius, Rgb colour);
  void ring(Point centre, float radius, Rgb colour, float width);
  // Clockwise from the top, part 0 to 1.
  void arc(Point centre, float radius, float part, Rgb colour, float width);
  void ellipse(Point centre, float radius_x, float radius_y, Rgb colour, float width);
  void filled_ellipse(Point centre, float radius_x, float radius_y, Rgb colour);

  // Along a closed shape: strokes of `on` with `off` between, in pixels.
  void dashes(std::span<const Point> points, Rgb colour, float width, float on, float off);
  // The texture fills the rectangle; it must live until the frame is rendered.
  void picture(const Rect& rect, const Texture& texture);

  void push_clip(const Rect& rect);
  void pop_clip();

  [[nodiscard]] float text_width(TextRole role, std::string_view text) const;
  [[nodiscard]] float line_height(TextRole role) const;
  [[nodiscard]] float cap_height(TextRole role) const;
  // `baseline` is the y of the line the letters stand on.
  void text(TextRole role, Rgb colour, float x, float baseline, std::string_view text);
  // The baseline that puts capitals in the middle of y.
  [[nodiscard]] float baseline_at(TextRole role, float centre_y) const;

 private:
  ImDrawList& list_;
  const Fonts& fonts_;
};

}  // namespace batchwright::ui

#include "ui/widgets/painter.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <numbers>
#include <vector>

#include "ui/backend/renderer.h"

namespace batchwright::ui {
namespace {

constexpr float kCapPerEm = 0.714F;  // Noto Sans
constexpr float kLinePerEm = 1.36F;  // leading that keeps seven lines apart at arm's length
constexpr int kEllipseSegments = 48;
constexpr int kShadowSteps = 10;

ImVec2 vec(Point p) {
  return {p.x, p.y};
}

std::vector<ImVec2> ellipse_points(Point centre, float radius_x, float radius_y) {
  std::vector<ImVec2> points;
  points.reserve(kEllipseSegments);
  for (int i = 0; i < kEllipseSegments; ++i) {
    const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / kEllipseSegments;
    points.emplace_back(centre.x + radius_x * std::cos(angle),
                        centre.y + radius_y * std::sin(angle));
  }
  return points;
}

}  // namespace

void Painter::fill(const Rect& rect, Rgb colour, float corner, std::uint8_t alpha) {
  list_.AddRectFilled({rect.x0, rect.y0}, {rect.x1, rect.y1}, colour.imgui(alpha), corner);
}

void Painter::outline(const Rect& rect, Rgb colour, float corner, float width) {
  // AddRect strokes around the middle of its line, and shifts by half a pixel itself.
  const float half = width / 2 - 0.5F;
  list_.AddRect({rect.x0 + half, rect.y0 + half}, {rect.x1 - half, rect.y1 - half}, colour.imgui(),
                std::max(corner - half, 0.0F), 0, width);
}

void Painter::shadow(const Rect& rect, float corner, float reach) {
  for (int i = kShadowSteps; i > 0; --i) {
    const float grow = reach * static_cast<float>(i) / kShadowSteps;
    const Rect layer{rect.x0 - grow, rect.y0 - grow / 2, rect.x1 + grow, rect.y1 + grow * 1.4F};
    fill(layer, {}, corner + grow, 7);
  }
}

void Painter::line(Point from, Point to, Rgb colour, float width) {
  list_.AddLine(vec(from), vec(to), colour.imgui(), width);
}

void Painter::path(std::span<const Point> points, Rgb colour, float width, bool closed) {
  std::vector<ImVec2> converted;
  std::ranges::transform(points, std::back_inserter(converted), vec);
  list_.AddPolyline(converted.data(), static_cast<int>(converted.size()), colour.imgui(),
                    closed ? ImDrawFlags_Closed : 0, width);
}

void Painter::polygon(std::span<const Point> points, Rgb colour) {
  std::vector<ImVec2> converted;
  std::ranges::transform(points, std::back_inserter(converted), vec);
  list_.AddConvexPolyFilled(converted.data(), static_cast<int>(converted.size()), colour.imgui());
}

void Painter::disc(Point centre, float radius, Rgb colour) {
  list_.AddCircleFilled(vec(centre), radius, colour.imgui(), kEllipseSegments);
}

void Painter::ring(Point centre, float radius, Rgb colour, float width) {
  list_.AddCircle(vec(centre), radius - width / 2, colour.imgui(), kEllipseSegments, width);
}

void Painter::arc(Point centre, float radius, float part, Rgb colour, float width) {
  constexpr float kTop = -std::numbers::pi_v<float> / 2;
  const float end = kTop + 2 * std::numbers::pi_v<float> * std::clamp(part, 0.0F, 1.0F);
  list_.PathArcTo(vec(centre), radius - width / 2, kTop, end, kEllipseSegments);
  list_.PathStroke(colour.imgui(), 0, width);
}

void Painter::ellipse(Point centre, float radius_x, float radius_y, Rgb colour, float width) {
  const auto points = ellipse_points(centre, radius_x, radius_y);
  list_.AddPolyline(points.data(), kEllipseSegments, colour.imgui(), ImDrawFlags_Closed, width);
}

void Painter::filled_ellipse(Point centre, float radius_x, float radius_y, Rgb colour) {
  const auto points = ellipse_points(centre, radius_x, radius_y);
  list_.AddConvexPolyFilled(points.data(), kEllipseSegments, colour.imgui());
}

void Painter::dashes(std::span<const Point> points, Rgb colour, float width, float on, float off) {
  constexpr int kDashesMax = 2000;  // a shape of this panel never has as many
  int drawn = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const Point a = points[i];
    const Point b = points[(i + 1) % points.size()];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    // Each side begins and ends with a whole stroke, so that corners are seen.
    const float gaps = std::max(1.0F, std::round((length - on) / (on + off)));
    const float pace = (length - on) / gaps;
    if (length <= on || on + off <= 0) {
      line(a, b, colour, width);
      continue;
    }
    for (float at = 0; at < length - on / 2 && drawn < kDashesMax; at += pace, ++drawn) {
      const float from = at / length;
      const float to = std::min((at + on) / length, 1.0F);
      line({a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from},
           {a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to}, colour, width);
    }
  }
}

void Painter::picture(const Rect& rect, const Texture& texture) {
  // ImGui carries the pointer to the renderer and never looks behind it.
  list_.AddImage(const_cast<Texture*>(&texture), {rect.x0, rect.y0}, {rect.x1, rect.y1});
}

void Painter::push_clip(const Rect& rect) {
  list_.PushClipRect({rect.x0, rect.y0}, {rect.x1, rect.y1}, true);
}

void Painter::pop_clip() {
  list_.PopClipRect();
}

float Painter::text_width(TextRole role, std::string_view text) const {
  if (text.empty()) return 0;
  const ImFont* font = fonts_.font(role);
  const ImVec2 size =
      font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size());
  return std::ceil(size.x);
}

float Painter::line_height(TextRole role) const {
  return std::ceil(fonts_.em_px(role) * kLinePerEm);
}

float Painter::cap_height(TextRole role) const {
  return std::round(fonts_.em_px(role) * kCapPerEm);
}

void Painter::text(TextRole role, Rgb colour, float x, float baseline, std::string_view text) {
  if (text.empty()) return;
  const ImFont* font = fonts_.font(role);
  const float top = std::floor(baseline) - std::round(font->Ascent);
  list_.AddText(font, font->FontSize, {std::floor(x), top}, colour.imgui(), text.data(),
                text.data() + text.size());
}

float Painter::baseline_at(TextRole role, float centre_y) const {
  return std::round(centre_y + cap_height(role) / 2);
}

}  // namespace batchwright::ui

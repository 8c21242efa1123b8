#include "ui/backend/raster.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/backend/blend.h"

namespace batchwright::ui {
namespace {

constexpr float kFarPx = 32768.0f - 1;
constexpr float kTexelsMax = 32768.0f - 1;

std::int32_t fixed(float value, float scale, float limit) {
  if (!(value >= -limit)) value = std::isnan(value) ? 0 : -limit;
  const float scaled = std::min(value, limit) * scale;
  return static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
}

void fill_span(std::uint32_t* row, int x0, int x1, Paint paint) {
  if (paint.alpha == 255) {
    std::fill(row + x0, row + x1, paint.rgb);
    return;
  }
  for (int x = x0; x < x1; ++x) row[x] = blend(row[x], paint.rgb, paint.alpha);
}

Paint tinted(Paint paint, const Texel& texel) {
  return {texel.rgb == 0xffffff ? paint.rgb : times_rgb(paint.rgb, texel.rgb),
          times(paint.alpha, texel.alpha)};
}

// An opaque picture at its own size: no arithmetic but the order of the channels.
bool blit_opaque(std::uint32_t* row, int x0, int x1, const std::uint32_t* pixels) {
  for (int x = x0; x < x1; ++x, ++pixels) {
    const std::uint32_t p = *pixels;
    if ((p >> 24) != 255) return false;
    row[x] = ((p & 0xff) << 16) | (p & 0xff00) | ((p >> 16) & 0xff);
  }
  return true;
}

// Text at its own size: coverage bytes one to one.
void blit_alpha(std::uint32_t* row, int x0, int x1, const std::uint8_t* coverage, Paint paint) {
  for (int x = x0; x < x1; ++x, ++coverage) {
    std::uint32_t four = 1;
    if (x + 4 <= x1) std::memcpy(&four, coverage, sizeof four);
    if (four == 0) {  // most of a glyph's box is empty
      x += 3;
      coverage += 3;
      continue;
    }
    if (*coverage == 0) continue;
    const std::uint32_t alpha = times(paint.alpha, *coverage);
    row[x] = alpha == 255 ? paint.rgb : blend(row[x], paint.rgb, alpha);
  }
}

}  // namespace

RasterVertex raster_vertex(const ImDrawVert& vertex, const Texture& texture) {
  const float width = static_cast<float>(texture.width_px);
  const float height = static_cast<float>(texture.height_px);
  return {fixed(vertex.pos.x, kSubpixels, kFarPx), fixed(vertex.pos.y, kSubpixels, kFarPx),
          fixed(vertex.uv.x * width, 65536.0f, kTexelsMax),
          fixed(vertex.uv.y * height, 65536.0f, kTexelsMax), vertex.col};
}

Texel texel(const Texture& texture, std::int32_t u, std::int32_t v) {
  const int x = u >> 16, y = v >> 16;
  if (x < 0 || y < 0 || x >= texture.width_px || y >= texture.height_px) return {};
  const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(texture.width_px) +
                         static_cast<std::size_t>(x);
  if (at < texture.alpha.size()) return {0xffffff, texture.alpha[at]};
  if (at >= texture.rgba.size()) return {};
  const Paint paint = paint_of(texture.rgba[at]);
  return {paint.rgb, paint.alpha};
}

void fill_rectangle(const Canvas& canvas, const PixelRect& clip, const Texture& texture,
                    const RasterVertex& a, const RasterVertex& b) {
  const PixelRect whole{first_pixel(a.x), first_pixel(a.y), first_pixel(b.x), first_pixel(b.y)};
  const PixelRect area = whole.clipped_to(clip);
  if (area.empty()) return;
  const Paint paint = paint_of(a.colour);
  if (a.u == b.u && a.v == b.v) {
    const Paint flat = tinted(paint, texel(texture, a.u, a.v));
    if (flat.alpha == 0) return;
    for (int y = area.y0; y < area.y1; ++y) fill_span(canvas.row(y), area.x0, area.x1, flat);
    return;
  }
  // Texture coordinates at pixel centres: 1/65536 texel per 1/256 px, times 256 per pixel.
  const std::int64_t width = std::max(b.x - a.x, 1), height = std::max(b.y - a.y, 1);
  const std::int64_t du = (static_cast<std::int64_t>(b.u) - a.u) * kSubpixels / width;
  const std::int64_t dv = (static_cast<std::int64_t>(b.v) - a.v) * kSubpixels / height;
  const auto u_at = [&](int x) {
    const std::int64_t from = static_cast<std::int64_t>(x) * kSubpixels + kSubpixels / 2 - a.x;
    return static_cast<std::int32_t>(a.u + du * from / kSubpixels);
  };
  const bool own_size = std::abs(du - 65536) < 16;
  const bool one_to_one = own_size && !texture.alpha.empty();
  const bool is_picture =
      own_size && texture.alpha.empty() && paint.alpha == 255 && paint.rgb == 0xffffff;
  for (int y = area.y0; y < area.y1; ++y) {
    const std::int64_t from = static_cast<std::int64_t>(y) * kSubpixels + kSubpixels / 2 - a.y;
    const auto v = static_cast<std::int32_t>(a.v + dv * from / kSubpixels);
    const int line = v >> 16, column = u_at(area.x0) >> 16;
    std::uint32_t* row = canvas.row(y);
    const bool inside = line >= 0 && line < texture.height_px && column >= 0 &&
                        column + area.width() <= texture.width_px;
    const auto at =
        static_cast<std::size_t>(std::max(line, 0)) * static_cast<std::size_t>(texture.width_px) +
        static_cast<std::size_t>(std::max(column, 0));
    if (is_picture && inside &&
        at + static_cast<std::size_t>(area.width()) <= texture.rgba.size() &&
        blit_opaque(row, area.x0, area.x1, texture.rgba.data() + at))
      continue;
    if (one_to_one && inside) {
      blit_alpha(row, area.x0, area.x1, texture.alpha.data() + at, paint);
      continue;
    }
    for (int x = area.x0; x < area.x1; ++x) {
      const Paint p = tinted(paint, texel(texture, u_at(x), v));
      row[x] = blend(row[x], p.rgb, p.alpha);
    }
  }
}

namespace {

// For each row, the first pixel whose centre is at or right of an edge, without a division per row.
class EdgeWalker {
 public:
  // From `top` down to `bottom`, which is lower; `row` is the first one asked for.
  EdgeWalker(const RasterVertex& top, const RasterVertex& bottom, int row) {
    const std::int64_t dx = static_cast<std::int64_t>(bottom.x) - top.x;
    const std::int64_t dy = static_cast<std::int64_t>(bottom.y) - top.y;
    const std::int64_t centre = static_cast<std::int64_t>(row) * kSubpixels + kSubpixels / 2;
    divisor_ = dy * kSubpixels;
    divide(static_cast<std::int64_t>(top.x) * dy + dx * (centre - top.y) - dy * (kSubpixels / 2),
           column_, rest_);
    divide(dx * kSubpixels, step_, step_rest_);
  }

  [[nodiscard]] std::int64_t column() const { return column_ + (rest_ > 0 ? 1 : 0); }
  void next_row() {
    column_ += step_;
    rest_ += step_rest_;
    if (rest_ < divisor_) return;
    rest_ -= divisor_;
    ++column_;
  }

 private:
  void divide(std::int64_t value, std::int64_t& quotient, std::int64_t& rest) const {
    quotient = value / divisor_;
    rest = value % divisor_;
    if (rest >= 0) return;
    rest += divisor_;
    --quotient;
  }

  std::int64_t divisor_ = 1, column_ = 0, rest_ = 0, step_ = 0, step_rest_ = 0;
};

// A value that changes evenly over a triangle, e.g. one colour channel; 16 fractional bits.
class Plane {
 public:
  Plane(const RasterVertex (&v)[3], std::int64_t area, std::int64_t c0, std::int64_t c1,
        std::int64_t c2)
      : origin_x_(v[0].x), origin_y_(v[0].y), base_(c0 * 65536) {
    const auto gradient = [&](std::int64_t d1, std::int64_t d2) {
      // Slivers would overflow the steps below; nobody sees a shade in them.
      const std::int64_t numerator = ((c1 - c0) * d2 - (c2 - c0) * d1) * (1 << 24);
      return std::clamp(numerator / area, -kSteepest, kSteepest);
    };
    dx_ = gradient(v[1].y - v[0].y, v[2].y - v[0].y);
    dy_ = -gradient(v[1].x - v[0].x, v[2].x - v[0].x);
  }

  [[nodiscard]] std::int64_t at(int x, int y) const {
    const std::int64_t from_x =
        static_cast<std::int64_t>(x) * kSubpixels + kSubpixels / 2 - origin_x_;
    const std::int64_t from_y =
        static_cast<std::int64_t>(y) * kSubpixels + kSubpixels / 2 - origin_y_;
    return base_ + dx_ * from_x / kSubpixels + dy_ * from_y / kSubpixels;
  }
  [[nodiscard]] std::int64_t step() const { return dx_; }

 private:
  static constexpr std::int64_t kSteepest = std::int64_t{1} << 32;
  std::int64_t origin_x_, origin_y_, base_, dx_ = 0, dy_ = 0;
};

std::uint32_t channel_of(std::int64_t value) {
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>((value + 32768) / 65536, 0, 255));
}

// Calls span(y, x0, x1) for the rows of a triangle within `clip`, from the top.
template <typename Span>
void walk_triangle(const PixelRect& clip, const RasterVertex (&vertices)[3], Span span) {
  const RasterVertex* v[3] = {&vertices[0], &vertices[1], &vertices[2]};
  const auto higher = [](const RasterVertex* a, const RasterVertex* b) { return a->y < b->y; };
  if (higher(v[1], v[0])) std::swap(v[0], v[1]);
  if (higher(v[2], v[1])) std::swap(v[1], v[2]);
  if (higher(v[1], v[0])) std::swap(v[0], v[1]);
  const int row0 = std::max(first_pixel(v[0]->y), clip.y0);
  const int row2 = std::min(first_pixel(v[2]->y), clip.y1);
  if (row0 >= row2) return;
  const int row1 = std::clamp(first_pixel(v[1]->y), row0, row2);
  const std::int64_t side = (static_cast<std::int64_t>(v[1]->x) - v[0]->x) * (v[2]->y - v[0]->y) -
                            (static_cast<std::int64_t>(v[2]->x) - v[0]->x) * (v[1]->y - v[0]->y);
  const bool long_edge_left = side > 0;

  EdgeWalker long_edge(*v[0], *v[2], row0);
  const auto half = [&](const RasterVertex& top, const RasterVertex& bottom, int from, int to) {
    if (from >= to) return;
    EdgeWalker short_edge(top, bottom, from);
    for (int y = from; y < to; ++y, long_edge.next_row(), short_edge.next_row()) {
      const std::int64_t a = long_edge.column(), b = short_edge.column();
      const std::int64_t x0 = std::max<std::int64_t>(long_edge_left ? a : b, clip.x0);
      const std::int64_t x1 = std::min<std::int64_t>(long_edge_left ? b : a, clip.x1);
      if (x0 < x1) span(y, static_cast<int>(x0), static_cast<int>(x1));
    }
  };
  half(*v[0], *v[1], row0, row1);
  half(*v[1], *v[2], row1, row2);
}

}  // namespace

void fill_triangle(const Canvas& canvas, const PixelRect& clip, const Texture& texture,
                   const RasterVertex (&v)[3]) {
  const std::int64_t area =
      (static_cast<std::int64_t>(v[1].x) - v[0].x) * (static_cast<std::int64_t>(v[2].y) - v[0].y) -
      (static_cast<std::int64_t>(v[2].x) - v[0].x) * (static_cast<std::int64_t>(v[1].y) - v[0].y);
  if (area == 0) return;
  const Paint p[3] = {paint_of(v[0].colour), paint_of(v[1].colour), paint_of(v[2].colour)};
  const bool one_texel =
      v[0].u == v[1].u && v[0].u == v[2].u && v[0].v == v[1].v && v[0].v == v[2].v;
  const bool one_colour = p[0] == p[1] && p[0] == p[2];
  const bool one_rgb = p[0].rgb == p[1].rgb && p[0].rgb == p[2].rgb;
  const Texel still = texel(texture, v[0].u, v[0].v);

  if (one_texel && one_colour) {
    const Paint flat = tinted(p[0], still);
    if (flat.alpha == 0) return;
    walk_triangle(clip, v, [&](int y, int x0, int x1) { fill_span(canvas.row(y), x0, x1, flat); });
    return;
  }
  const Plane alpha(v, area, p[0].alpha, p[1].alpha, p[2].alpha);
  if (one_texel && one_rgb) {
    // The soft fringe of every edge that ImGui draws: one colour, alpha falling to nothing.
    const std::uint32_t rgb = tinted(p[0], still).rgb;
    walk_triangle(clip, v, [&](int y, int x0, int x1) {
      std::uint32_t* row = canvas.row(y);
      std::int64_t a = alpha.at(x0, y);
      for (int x = x0; x < x1; ++x, a += alpha.step()) {
        row[x] = blend(row[x], rgb, times(channel_of(a), still.alpha));
      }
    });
    return;
  }
  const auto plane_of = [&](int shift) {
    const auto c = [&](int i) { return static_cast<std::int64_t>((p[i].rgb >> shift) & 0xff); };
    return Plane(v, area, c(0), c(1), c(2));
  };
  const Plane red = plane_of(16), green = plane_of(8), blue = plane_of(0);
  // Texture coordinates have 16 fractional bits of their own; the plane's are dropped.
  const Plane u(v, area, v[0].u >> 8, v[1].u >> 8, v[2].u >> 8);
  const Plane w(v, area, v[0].v >> 8, v[1].v >> 8, v[2].v >> 8);
  walk_triangle(clip, v, [&](int y, int x0, int x1) {
    std::uint32_t* row = canvas.row(y);
    for (int x = x0; x < x1; ++x) {
      const Paint paint{(channel_of(red.at(x, y)) << 16) | (channel_of(green.at(x, y)) << 8) |
                            channel_of(blue.at(x, y)),
                        channel_of(alpha.at(x, y))};
      const Texel t = one_texel ? still
                                : texel(texture, static_cast<std::int32_t>(u.at(x, y) >> 8),
                                        static_cast<std::int32_t>(w.at(x, y) >> 8));
      const Paint over = tinted(paint, t);
      row[x] = blend(row[x], over.rgb, over.alpha);
    }
  });
}

}  // namespace batchwright::ui

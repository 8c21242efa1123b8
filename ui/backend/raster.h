// The two primitives of the software rasteriser. Coordinates are whole 1/256 pixels; a pixel
// belongs to a shape when its centre does, and of two shapes with a common edge to exactly one.
#pragma once

#include <cstdint>

#include "ui/backend/renderer.h"

struct ImDrawVert;

namespace batchwright::ui {

inline constexpr int kSubpixels = 256;

struct RasterVertex {
  std::int32_t x = 0, y = 0;  // 1/256 px, within +-2^23
  std::int32_t u = 0, v = 0;  // 1/65536 texel
  std::uint32_t colour = 0;   // IM_COL32
};

// Positions beyond 32,768 px are pulled in; not-a-number becomes 0.
[[nodiscard]] RasterVertex raster_vertex(const ImDrawVert& vertex, const Texture& texture);

// The first row or column whose pixel centres lie at or after a coordinate.
[[nodiscard]] constexpr int first_pixel(std::int32_t coordinate) {
  return (coordinate + kSubpixels / 2 - 1) >> 8;
}

// What a texture holds, or white where (u, v) is outside.
struct Texel {
  std::uint32_t rgb = 0xffffff;
  std::uint32_t alpha = 255;
};
[[nodiscard]] Texel texel(const Texture& texture, std::int32_t u, std::int32_t v);

void fill_triangle(const Canvas& canvas, const PixelRect& clip, const Texture& texture,
                   const RasterVertex (&vertices)[3]);

// Top left and bottom right corner of an axis-aligned rectangle in one colour.
void fill_rectangle(const Canvas& canvas, const PixelRect& clip, const Texture& texture,
                    const RasterVertex& top_left, const RasterVertex& bottom_right);

}  // namespace batchwright::ui

// The seam between what ImGui wants drawn and who draws it: the software rasteriser now, OpenGL
// where a GPU is found.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ui/rect.h"

struct ImDrawData;

namespace batchwright::ui {

// Pixels in memory: 0x00RRGGBB in one word each, rows from the top. Doesn't own them.
struct Canvas {
  std::uint32_t* pixels = nullptr;
  int width_px = 0;
  int height_px = 0;
  int stride_px = 0;  // words from one row to the next, >= width_px

  [[nodiscard]] bool empty() const { return pixels == nullptr || width_px <= 0 || height_px <= 0; }
  [[nodiscard]] std::uint32_t* row(int y) const {
    return pixels + static_cast<std::ptrdiff_t>(y) * stride_px;
  }
};

// What an ImTextureID points to. The owner keeps it alive while frames use it.
struct Texture {
  int width_px = 0;
  int height_px = 0;
  std::vector<std::uint8_t> alpha;  // coverage, drawn in the vertex colour; or
  std::vector<std::uint32_t>
      rgba;                   // ImGui's order (IM_COL32), straight alpha, times the vertex colour
  std::uint64_t version = 0;  // raise it when the contents change, so that a frame is drawn again
};

class Renderer {
 public:
  virtual ~Renderer() = default;

  // Draws what differs from the last call. Returns the rectangles that changed, which don't
  // overlap; empty when the frame looks like the one before. The span is good until the next call.
  [[nodiscard]] virtual std::span<const PixelRect> render(const ImDrawData& draw_data) = 0;

  // The next render() draws everything: the picture behind us was lost or resized.
  virtual void invalidate() = 0;

  // Where the picture is; empty for a renderer that draws on the GPU.
  [[nodiscard]] virtual Canvas canvas() const = 0;
};

}  // namespace batchwright::ui

// Draws ImDrawData into memory with integer arithmetic alone, so that the same draw data gives the
// same bytes on every machine. Redraws only the tiles whose triangles changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ui/backend/renderer.h"

namespace batchwright::ui {

// Textures are sampled at the nearest texel. Text at its own size is therefore exact; pictures are
// scaled beforehand.
class SoftwareRasteriser final : public Renderer {
 public:
  // Draws over `ground` (0x00RRGGBB) into memory of its own.
  SoftwareRasteriser(int width_px, int height_px, std::uint32_t ground);
  // Draws into the caller's memory, which must live longer, e.g. a segment shared with the X
  // server.
  SoftwareRasteriser(Canvas canvas, std::uint32_t ground);

  [[nodiscard]] std::span<const PixelRect> render(const ImDrawData& draw_data) override;
  void invalidate() override { is_valid_ = false; }
  [[nodiscard]] Canvas canvas() const override { return canvas_; }

  static constexpr int kTilePx = 64;

 private:
  [[nodiscard]] std::size_t tile_index(int tx, int ty) const {
    return static_cast<std::size_t>(ty) * static_cast<std::size_t>(tiles_x_) +
           static_cast<std::size_t>(tx);
  }
  void hash_tiles(const ImDrawData& draw_data);
  void collect_damage();

  std::vector<std::uint32_t> own_;
  Canvas canvas_;
  std::uint32_t ground_;
  int tiles_x_, tiles_y_;
  std::vector<std::uint64_t> tiles_, tiles_before_;  // what lies over each tile, in drawing order
  std::vector<PixelRect> damage_;
  std::uint64_t frame_hash_ = 0;
  bool is_valid_ = false;
};

}  // namespace batchwright::ui

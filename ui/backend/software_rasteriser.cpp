#include "ui/backend/software_rasteriser.h"

#include <imgui.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "ui/backend/raster.h"

namespace batchwright::ui {
namespace {

// A quick 64-bit mix. It tells frames apart, it protects nothing.
class Hasher {
 public:
  explicit Hasher(std::uint64_t seed) : hash_(seed) {}

  void add(std::uint64_t word) {
    hash_ = std::rotl(hash_ ^ word, 29) * 0x9e3779b97f4a7c15u;
    hash_ ^= hash_ >> 32;
  }
  void add_bytes(const void* data, std::size_t bytes) {
    const auto* at = static_cast<const unsigned char*>(data);
    std::uint64_t word = 0;
    for (; bytes >= sizeof word; bytes -= sizeof word, at += sizeof word) {
      std::memcpy(&word, at, sizeof word);
      add(word);
    }
    word = 0;
    std::memcpy(&word, at, bytes);
    add(word + bytes);
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_;
};

const Texture* texture_of(const ImDrawCmd& command) {
  return static_cast<const Texture*>(command.GetTexID());
}

// Whole pixels of a clip rectangle; not-a-number clips everything away.
PixelRect clip_of(const ImDrawCmd& command, const ImVec2& origin) {
  const auto whole = [](float value) {
    return std::isnan(value) ? 0 : static_cast<int>(std::clamp(value, -32768.0f, 32767.0f));
  };
  return {whole(command.ClipRect.x - origin.x), whole(command.ClipRect.y - origin.y),
          whole(command.ClipRect.z - origin.x), whole(command.ClipRect.w - origin.y)};
}

// Two triangles that are one axis-aligned rectangle in one colour, as text and plain fills are.
bool is_rectangle(const ImDrawVert* vertices, const ImDrawIdx* i) {
  if (i[3] != i[0] || i[4] != i[2]) return false;
  const ImDrawVert &a = vertices[i[0]], &b = vertices[i[1]], &c = vertices[i[2]],
                   &d = vertices[i[5]];
  return a.pos.x == d.pos.x && b.pos.x == c.pos.x && a.pos.y == b.pos.y && c.pos.y == d.pos.y &&
         a.uv.x == d.uv.x && b.uv.x == c.uv.x && a.uv.y == b.uv.y && c.uv.y == d.uv.y &&
         a.pos.x <= c.pos.x && a.pos.y <= c.pos.y && a.col == b.col && a.col == c.col &&
         a.col == d.col;
}

// The commands of a frame one by one: use(command, vertices, indices, clip).
template <typename Use>
void for_each_command(const ImDrawData& data, Use use) {
  for (int l = 0; l < data.CmdListsCount; ++l) {
    const ImDrawList& list = *data.CmdLists[l];
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback != nullptr || texture_of(command) == nullptr) continue;
      use(command, list.VtxBuffer.Data + command.VtxOffset, list.IdxBuffer.Data + command.IdxOffset,
          clip_of(command, data.DisplayPos));
    }
  }
}

// The primitives of a command: rectangle(i) for six indices from i, triangle(i) for three.
template <typename Rectangle, typename Triangle>
void for_each_primitive(const ImDrawVert* vertices, const ImDrawIdx* indices, unsigned count,
                        Rectangle rectangle, Triangle triangle) {
  for (unsigned i = 0; i + 3 <= count;) {
    if (i + 6 <= count && is_rectangle(vertices, indices + i)) {
      rectangle(indices + i);
      i += 6;
    } else {
      triangle(indices + i);
      i += 3;
    }
  }
}

std::uint64_t hash_frame(const ImDrawData& data) {
  Hasher hasher(1);
  for (int l = 0; l < data.CmdListsCount; ++l) {
    const ImDrawList& list = *data.CmdLists[l];
    hasher.add_bytes(list.VtxBuffer.Data, static_cast<std::size_t>(list.VtxBuffer.size_in_bytes()));
    hasher.add_bytes(list.IdxBuffer.Data, static_cast<std::size_t>(list.IdxBuffer.size_in_bytes()));
  }
  for_each_command(data, [&](const ImDrawCmd& command, auto*, auto*, const PixelRect& clip) {
    hasher.add_bytes(&clip, sizeof clip);
    hasher.add(reinterpret_cast<std::uintptr_t>(command.GetTexID()));
    hasher.add(texture_of(command)->version);
    hasher.add(command.ElemCount);
  });
  return hasher.value();
}

PixelRect whole(const Canvas& canvas) {
  return {0, 0, canvas.width_px, canvas.height_px};
}

int tile_count(int px) {
  return (px + SoftwareRasteriser::kTilePx - 1) / SoftwareRasteriser::kTilePx;
}

// Draws the part of a frame that lies in `area`.
void draw_area(const ImDrawData& data, const Canvas& canvas, const PixelRect& area,
               std::uint32_t ground) {
  for (int y = area.y0; y < area.y1; ++y) {
    std::fill(canvas.row(y) + area.x0, canvas.row(y) + area.x1, ground);
  }
  for_each_command(data, [&](const ImDrawCmd& command, const ImDrawVert* vertices,
                             const ImDrawIdx* indices, const PixelRect& command_clip) {
    const PixelRect clip = command_clip.clipped_to(area);
    if (clip.empty()) return;
    const Texture& texture = *texture_of(command);
    const auto vertex = [&](ImDrawIdx i) {
      ImDrawVert moved = vertices[i];
      moved.pos.x -= data.DisplayPos.x;
      moved.pos.y -= data.DisplayPos.y;
      return raster_vertex(moved, texture);
    };
    for_each_primitive(
        vertices, indices, command.ElemCount,
        [&](const ImDrawIdx* i) {
          fill_rectangle(canvas, clip, texture, vertex(i[0]), vertex(i[2]));
        },
        [&](const ImDrawIdx* i) {
          const RasterVertex corners[3] = {vertex(i[0]), vertex(i[1]), vertex(i[2])};
          fill_triangle(canvas, clip, texture, corners);
        });
  });
}

}  // namespace

SoftwareRasteriser::SoftwareRasteriser(int width_px, int height_px, std::uint32_t ground)
    : own_(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px), ground),
      canvas_{own_.data(), width_px, height_px, width_px},
      ground_(ground),
      tiles_x_(tile_count(width_px)),
      tiles_y_(tile_count(height_px)) {}

SoftwareRasteriser::SoftwareRasteriser(Canvas canvas, std::uint32_t ground)
    : canvas_(canvas),
      ground_(ground),
      tiles_x_(tile_count(canvas.width_px)),
      tiles_y_(tile_count(canvas.height_px)) {}

std::span<const PixelRect> SoftwareRasteriser::render(const ImDrawData& draw_data) {
  damage_.clear();
  const std::uint64_t hash = hash_frame(draw_data);
  if (is_valid_ && hash == frame_hash_) return damage_;
  hash_tiles(draw_data);
  if (is_valid_) {
    collect_damage();
  } else {
    damage_.push_back(whole(canvas_));
  }
  tiles_before_ = tiles_;
  frame_hash_ = hash;
  is_valid_ = true;
  for (const PixelRect& area : damage_) draw_area(draw_data, canvas_, area, ground_);
  return damage_;
}

// A tile's hash is over everything that may touch it, in drawing order: equal hash, equal pixels.
void SoftwareRasteriser::hash_tiles(const ImDrawData& draw_data) {
  tiles_.assign(static_cast<std::size_t>(tiles_x_) * static_cast<std::size_t>(tiles_y_), 0);
  for_each_command(draw_data, [&](const ImDrawCmd& command, const ImDrawVert* vertices,
                                  const ImDrawIdx* indices, const PixelRect& command_clip) {
    const PixelRect clip = command_clip.clipped_to(whole(canvas_));
    if (clip.empty()) return;
    const Texture& texture = *texture_of(command);
    const auto add = [&](const ImDrawIdx* i, std::initializer_list<int> corners) {
      Hasher hasher(texture.version);
      hasher.add_bytes(&clip, sizeof clip);
      hasher.add(reinterpret_cast<std::uintptr_t>(&texture));
      PixelRect box{1 << 20, 1 << 20, -(1 << 20), -(1 << 20)};
      for (const int corner : corners) {
        const ImDrawVert& vertex = vertices[i[corner]];
        hasher.add_bytes(&vertex, sizeof vertex);
        const RasterVertex at = raster_vertex(vertex, texture);
        const int x = at.x / kSubpixels - static_cast<int>(draw_data.DisplayPos.x);
        const int y = at.y / kSubpixels - static_cast<int>(draw_data.DisplayPos.y);
        box = {std::min(box.x0, x - 1), std::min(box.y0, y - 1), std::max(box.x1, x + 2),
               std::max(box.y1, y + 2)};
      }
      const PixelRect touched = box.clipped_to(clip);
      if (touched.empty()) return;
      for (int ty = touched.y0 / kTilePx; ty <= (touched.y1 - 1) / kTilePx; ++ty) {
        for (int tx = touched.x0 / kTilePx; tx <= (touched.x1 - 1) / kTilePx; ++tx) {
          std::uint64_t& tile = tiles_[tile_index(tx, ty)];
          Hasher mixed(tile);
          mixed.add(hasher.value());
          tile = mixed.value();
        }
      }
    };
    for_each_primitive(
        vertices, indices, command.ElemCount, [&](const ImDrawIdx* i) { add(i, {0, 2}); },
        [&](const ImDrawIdx* i) { add(i, {0, 1, 2}); });
  });
}

// One rectangle per run of rows of tiles that changed between the same columns.
void SoftwareRasteriser::collect_damage() {
  for (int ty = 0; ty < tiles_y_; ++ty) {
    int first = tiles_x_, last = -1;
    for (int tx = 0; tx < tiles_x_; ++tx) {
      const auto at = tile_index(tx, ty);
      if (tiles_[at] == tiles_before_[at]) continue;
      first = std::min(first, tx);
      last = tx;
    }
    if (last < 0) continue;
    const PixelRect row =
        PixelRect{first * kTilePx, ty * kTilePx, (last + 1) * kTilePx, (ty + 1) * kTilePx}
            .clipped_to(whole(canvas_));
    if (!damage_.empty() && damage_.back().y1 == row.y0 && damage_.back().x0 == row.x0 &&
        damage_.back().x1 == row.x1) {
      damage_.back().y1 = row.y1;
    } else {
      damage_.push_back(row);
    }
  }
}

}  // namespace batchwright::ui

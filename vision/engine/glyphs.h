// Which segments or dots of a display each character shows.
#pragma once

#include <cstdint>
#include <span>

namespace batchwright::vision {

using Elements = std::uint64_t;  // one bit each

struct Glyph {
  char character = ' ';
  Elements shown = 0;
};

// Blank first. Some digits have two common shapes.
// Segments a..g are bits 0..6: top, right top, right bottom, bottom, left bottom, left top, middle.
[[nodiscard]] std::span<const Glyph> seven_segment_glyphs();
// Characters of 5 x 7 dots; bit 5 * row + column.
[[nodiscard]] std::span<const Glyph> dot_matrix_glyphs();

}  // namespace batchwright::vision

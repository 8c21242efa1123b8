// Our own signs: characters that Noto Sans lacks, as shapes. They become glyphs of every font, so a
// text may hold them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace batchwright::ui {

// Coordinates are thousandths of an em, x to the right, y up from the baseline (a capital is 714
// high).
struct SignPoint {
  int x = 0, y = 0;
};

// Pieces are laid over each other in order; an erasing one cuts a hole. All pieces are convex.
struct SignPiece {
  std::vector<SignPoint> corners;  // three or more: a polygon; one: a disc around it
  int radius = 0;                  // of the disc
  bool erases = false;
  int y0 = 0, y1 = 0;  // lowest and highest point
};

struct Sign {
  char32_t character = 0;
  int advance = 0;                     // thousandths of an em
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // box around all pieces
  std::vector<SignPiece> pieces;
};

// ✓ ✗ ▲ ▼ ● ○ ⌫ ⇧ ← → ↑ ↓ − ≤ ≥ ⚠, by character.
[[nodiscard]] const std::vector<Sign>& signs();
[[nodiscard]] const Sign* find_sign(char32_t character);

// A sign's coverage in an em of em_px pixels. Pixel (0, 0) lies `left_px` right of the pen and
// `top_px` above the baseline.
struct SignBitmap {
  int width_px = 0, height_px = 0;
  int left_px = 0, top_px = 0;
  int advance_px = 0;
  std::vector<std::uint8_t> coverage;  // rows from the top, 255 is full
};
[[nodiscard]] SignBitmap rasterise(const Sign& sign, int em_px);

}  // namespace batchwright::ui

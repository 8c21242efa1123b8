// How often displays are read, and read right.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "vision/challenge/display_scene.h"

namespace batchwright::vision::challenge {

// One line of a manifest: everything that is drawn.
[[nodiscard]] std::string display_truth(std::uint64_t seed, int number);

// Draws and judges one scene: "display", "light" (family), "trouble", "text", "read" ("" = none),
// "code", "right", "frame" (width), "draw_ms", "judge_ms" and, of a dead segment, "legal".
[[nodiscard]] Json display_outcome(std::uint64_t seed, int number);

// What counts. A case that ended its process is null and counts as neither.
struct DisplayCounts {
  int readable = 0, readable_read = 0;  // scenes without trouble
  int read = 0, read_wrong = 0;  // of all scenes that show one number, a finger or glare included
  int silent = 0, silent_read = 0;  // blank, half-changed, point elsewhere: none may be read
  int dead_illegal = 0, dead_illegal_read = 0;
  int dead_legal = 0, dead_legal_read = 0;  // nothing in one picture tells these
};
[[nodiscard]] DisplayCounts count_displays(const std::vector<Json>& outcomes);

}  // namespace batchwright::vision::challenge

// How often dials are read, and read right; how often lamps are told apart.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "vision/challenge/gauge_scene.h"
#include "vision/challenge/lamp_scene.h"

namespace batchwright::vision::challenge {

[[nodiscard]] std::string gauge_truth(std::uint64_t seed, int number);
// "dial", "light", "trouble", "value", "read" ("" = none), "code", "right", "near" (right within
// half of what is allowed), "draw_ms", "judge_ms".
[[nodiscard]] Json gauge_outcome(std::uint64_t seed, int number);

struct GaugeCounts {
  int readable = 0, readable_read = 0;
  int read = 0, read_wrong = 0,
      read_near = 0;                // of all scenes that show one value, a finger or glare included
  int silent = 0, silent_read = 0;  // no needle, off the scale, moving: none may be read
};
[[nodiscard]] GaugeCounts count_gauges(const std::vector<Json>& outcomes);

[[nodiscard]] std::string lamp_truth(std::uint64_t seed, int number);
// "light", "trouble", "verdict" (of the whole), "draw_ms", "judge_ms" and "lamps": for each
// "shown", "expected", "seen", "verdict", "touched" (covered or under glare).
[[nodiscard]] Json lamp_outcome(std::uint64_t seed, int number);

// By lamp, not by scene.
struct LampCounts {
  int right = 0, right_passed = 0, right_failed = 0;  // state as expected, untouched
  int other = 0, other_passed = 0, other_failed = 0;  // another state than expected
  int lit_or_not = 0, lit_or_not_wrong = 0;  // calls made that took lit for unlit or unlit for lit
  int touched = 0, touched_wrong = 0;        // covered or under glare: a state was told, and wrong
};
[[nodiscard]] LampCounts count_lamps(const std::vector<Json>& outcomes);

}  // namespace batchwright::vision::challenge

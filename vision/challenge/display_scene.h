// Frames of displays with known numbers, and of displays that can't be read.
#pragma once

#include <string>

#include "vision/challenge/display_style.h"
#include "vision/check.h"

namespace batchwright::vision::challenge {

enum class DisplayTrouble : std::uint8_t {
  kNone,
  kBlank,
  kHalfChanged,  // one to all places show two digits, each for 30 to 70 % of the exposure
  kDeadSegment,  // one segment or row of dots that should be shown isn't
  kCovered,      // by a finger
  kGlare,        // a burnt-out spot over a digit
  kPointElsewhere,
};
inline constexpr int kDisplayTroubles = 7;
[[nodiscard]] const char* to_string(DisplayTrouble trouble);

// What is true of a scene, known before it is drawn.
struct DisplayCase {
  std::uint64_t seed = 0, number = 0;
  int display = 0, light = 0;
  DisplayTrouble trouble = DisplayTrouble::kNone;
  cv::Size frame{640, 480};
  DisplayField field;       // digits, decimals and sign; places follow when it is drawn
  std::string text, after;  // the number; the one it changes to
  // Of a dead segment: what is left is another character, which no single picture can tell.
  bool looks_legal = false;
  std::string looks_like;  // the number that is left to see
};

struct DisplayScene {
  DisplayCase truth;
  Frame frame;
  Check check;  // as taught, with the camera in its place
};

// Half of the cases are good ones; displays, lights and troubles take turns.
[[nodiscard]] DisplayCase display_case(std::uint64_t seed, std::uint64_t number);
[[nodiscard]] DisplayScene draw_display(const DisplayCase& truth);

}  // namespace batchwright::vision::challenge

// Frames of panels with four lamps, each in a known state.
#pragma once

#include <array>
#include <string>

#include "vision/challenge/sheet.h"
#include "vision/check.h"

namespace batchwright::vision::challenge {

inline constexpr int kLamps = 4;

enum class LampTrouble : std::uint8_t { kNone, kOtherState, kCovered, kGlare };
[[nodiscard]] const char* to_string(LampTrouble trouble);

struct LampCase {
  std::uint64_t seed = 0, number = 0;
  int light = 0;
  LampTrouble trouble = LampTrouble::kNone;
  int troubled = 0;  // the lamp that is covered or shows another state than expected
  std::array<int, kLamps> lens{}, shown{}, expected{};  // state 0 is not lit
  std::array<int, kLamps> states{};                     // how many each has, 2 or 3
};

struct LampScene {
  LampCase truth;
  Frame frame;
  Check check;
};

[[nodiscard]] LampCase lamp_case(std::uint64_t seed, std::uint64_t number);
[[nodiscard]] LampScene draw_lamps(const LampCase& truth);

}  // namespace batchwright::vision::challenge

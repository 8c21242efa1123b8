// Frames of dials with known values, and of dials that can't be read. Thirty dials, always the same
// ones: arcs, ticks, numbers and needles of their own.
#pragma once

#include <string>

#include "vision/challenge/sheet.h"
#include "vision/check.h"

namespace batchwright::vision::challenge {

inline constexpr int kDials = 30;

enum class NeedleShape : std::uint8_t { kTapered, kBar, kWithTail };

struct DialLook {
  std::string name;  // "dark-3"
  NeedleColour needle = NeedleColour::kDark;
  NeedleShape shape = NeedleShape::kTapered;
  double radius_px = 0;
  double low_deg = 0, high_deg = 0, high = 0;  // low is 0
  int decimals = 0, major = 0, minor = 0;      // ticks
  bool numbers = true;
  double width = 0, length = 0, tail = 0;  // of the needle, in parts of the radius
  double shadow = 0;                       // of the needle, 0..1
  Colour face, ink, hand;                  // reflected
};
[[nodiscard]] DialLook dial_number(int number);

enum class GaugeTrouble : std::uint8_t { kNone, kNoNeedle, kOffScale, kCovered, kGlare, kMoving };
[[nodiscard]] const char* to_string(GaugeTrouble trouble);

struct GaugeCase {
  std::uint64_t seed = 0, number = 0;
  int dial = 0, light = 0;
  GaugeTrouble trouble = GaugeTrouble::kNone;
  cv::Size frame{640, 480};
  double deg = 0, value = 0;
  // A reading this far from the value is right: 2 % of the scale, between the classes 1.6 and 2.5
  // of usual gauges (EN 837-1), and half a unit of its last place. A camera that is turned by one
  // degree reads a scale of 90 degrees wrong by 1.1 % already.
  double allowed = 0;
};

struct GaugeScene {
  GaugeCase truth;
  Frame frame;
  Check check;
};

[[nodiscard]] GaugeCase gauge_case(std::uint64_t seed, std::uint64_t number);
[[nodiscard]] GaugeScene draw_gauge(const GaugeCase& truth);

}  // namespace batchwright::vision::challenge

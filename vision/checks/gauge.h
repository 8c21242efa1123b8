// Reading of a dial (row E1): the needle's angle between two taught marks. A gauge check never
// fails: it passes with a reading or is undecided.
#pragma once

#include <cstdint>
#include <string>

namespace batchwright::vision {

enum class NeedleColour : std::uint8_t { kDark, kLight, kRed };

// Angles are clockwise from twelve o'clock; the scale runs clockwise from `low_deg` to `high_deg`,
// so a usual dial is -135 to 135. Codes: ok, no_needle, off_scale (beyond the marks by more than a
// hundredth of the scale), glare, too_close_to_call. Score: how much clearer the needle is than
// the next best direction, 0..1.
struct GaugeCheck {
  std::string name;  // of the reading
  std::string region;
  double centre_x = 0, centre_y = 0;          // pixels of the plane
  double radius_px = 0;                       // of the scale
  double needle_from = 0.3, needle_to = 0.7;  // where the needle is looked for, parts of the radius
  double low_deg = 0, high_deg = 0;
  std::string low, high;  // the marks' values, as decimals
  int decimals = 0;       // of the reading
  NeedleColour needle = NeedleColour::kDark;
  double margin_min = 0.3;
};

}  // namespace batchwright::vision

// Reading of a dial (row E1): the needle's angle between two taught marks.
#pragma once

#include <string>

namespace batchwright::vision {

// Codes: ok, no_needle, off_scale, too_close_to_call.
struct GaugeCheck {
  std::string name;  // of the reading
  std::string region;
  double centre_x = 0, centre_y = 0;  // pixels of the plane
  double radius_px = 0;               // of the scale
  double low_deg = 0, high_deg = 0;   // angles of the two marks, clockwise from twelve o'clock
  std::string low, high;              // their values, as decimals
  int decimals = 0;                   // of the reading
  std::string needle;                 // "dark", "light", "red"
  double margin_min = 0.1;            // of the needle's ray over the next best one
};

}  // namespace batchwright::vision

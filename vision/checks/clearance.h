// Line clearance: nothing is left in any region, compared with the cleared station (row E10;
// 21 CFR 211.130(e)).
#pragma once

#include <string>

namespace batchwright::vision {

// Every region of the check is judged. Codes: ok, leftover (corners name where; seen has its width
// and height in millimetres), too_close_to_call, hidden (a hand, or out of the picture). Needs a
// station.
struct ClearanceCheck {
  std::string cleared_reference;  // the whole plane
  int object_px_min = 20;         // side of the smallest object that must be reported, on the plane
  // Grey levels of the reference's light by which an object differs from what lies under it: from
  // here on it is found. Half of it is too close to call.
  double contrast_min = 25;
};

}  // namespace batchwright::vision

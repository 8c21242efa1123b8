// Line clearance: nothing is left in any region, compared with the cleared station (row E10;
// 21 CFR 211.130(e)).
#pragma once

#include <string>

namespace batchwright::vision {

// Every region of the check is judged. Codes: ok, leftover (corners name where), too_close_to_call,
// hidden.
struct ClearanceCheck {
  std::string cleared_reference;
  int object_px_min = 20;    // side of the smallest object that must be reported, on the plane
  double change_max = 0.02;  // share of a region that may differ
};

}  // namespace batchwright::vision

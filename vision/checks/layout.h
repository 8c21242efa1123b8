// Layout check: which taught part lies in which region, how it is turned, and nothing besides
// (rows E1, E6). Presence, count, colour, orientation, position and order are one rule: every
// region is compared with every taught part in every allowed turn.
#pragma once

#include <string>
#include <vector>

namespace batchwright::vision {

// A kind of part, by the reference pictures it was taught with.
struct PartKind {
  std::string id;
  std::vector<std::string> references;
};

struct Slot {
  std::string region;
  std::string part;  // PartKind::id; empty = nothing may lie here
};

// Codes: ok, missing, extra, swapped (seen names the part that lies there), turned, moved,
// wrong_colour, too_close_to_call, hidden.
struct LayoutCheck {
  std::vector<PartKind> parts;
  std::vector<Slot> slots;
  std::string empty_reference;   // the station without parts
  double score_min = 0.8;        // of the expected part
  double margin_min = 0.1;       // between the best assignment and the second best
  double position_max_mm = 5;    // from the taught place
  double rotation_max_deg = 10;  // from the taught turn
  double colour_max = 20;        // mean distance in Lab
};

}  // namespace batchwright::vision

// Layout check: which taught part lies in which region, how it is turned, and nothing besides
// (rows E1, E6). Presence, count, colour, orientation, position and order are one rule: every
// region is compared with every taught part in every quarter turn.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace batchwright::vision {

inline constexpr std::size_t kPartKindsMax = 40;
inline constexpr std::size_t kReferencesPerPartMax = 12;

// A kind of part, by the reference pictures it was taught with: each shows `taught_in`, of that
// region's size on the plane, with the part in its place and in the light of the empty reference.
// What differs between the references of a part is allowed to differ.
struct PartKind {
  std::string id;
  std::string taught_in;  // a region of the check
  std::vector<std::string> references;
  // How often the part looks the same in one full turn: 1, 2 or 4. A part that can't be told from
  // its own turn without saying so is refused when the check is made ready.
  int symmetry = 1;
};

struct Slot {
  std::string region;
  std::string part;  // PartKind::id; empty = nothing may lie here
};

// Codes of a slot: ok, missing, extra (something lies where nothing may), swapped (seen names the
// part that lies there), turned (seen has the degrees), moved (seen has millimetres and degrees),
// wrong_colour, other (something else than any taught part), too_close_to_call, hidden.
// Besides the slots: region "board" with extra (something lies between the slots), hidden (a hand
// or sleeve reaches into the picture) or too_close_to_call (it burns out where it should not).
// Needs a station.
struct LayoutCheck {
  std::vector<PartKind> parts;
  std::vector<Slot> slots;
  std::string empty_reference;  // the whole plane without parts
  // A score is 1 - d / 100, d being the largest deviation, in grey levels of the reference, that a
  // patch of 9 x 9 plane pixels shows from the best placing of the part. Print whose tint (red or
  // blue against green) none of the taught pieces has there, or that is paler, deviates too.
  double score_min = 0.8;        // of the expected part
  double margin_min = 0.1;       // to the best other part or turn, and between assignments
  double position_max_mm = 5;    // from the middle of the taught places
  double rotation_max_deg = 10;  // from that of the taught turns
  // Distance in CIE 1976 L*a*b* that at most a third of the part may exceed, the paper of the
  // station's tags taken for white.
  double colour_max = 20;
};

}  // namespace batchwright::vision

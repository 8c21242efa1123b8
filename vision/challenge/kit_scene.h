// Shadow boards with kits of parts, in every way they can be right or wrong, as pictures with known
// answers. Rendered: figures from them are about these scenes, not about photographs.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "vision/challenge/dice.h"
#include "vision/challenge/part_style.h"
#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

enum class KitCase {
  kGood,
  kSwapped,  // two parts in each other's place
  kMissing,
  kExtra,        // something of 12 mm or more lies on the board besides
  kTurned,       // by a half turn, or a quarter where it fits
  kNeighbour,    // neighbour_of
  kWrongColour,  // recoloured
  kMoved,        // 3 mm or 6 degrees beyond the tolerance, or more
  kHand,         // a hand over a part
};
inline constexpr std::array kKitCases{KitCase::kGood,        KitCase::kSwapped, KitCase::kMissing,
                                      KitCase::kExtra,       KitCase::kTurned,  KitCase::kNeighbour,
                                      KitCase::kWrongColour, KitCase::kMoved,   KitCase::kHand};
// "good", "swapped" ...
[[nodiscard]] const char* to_string(KitCase kind);

struct KitSlot {
  std::string id;
  cv::Rect2d box_mm;
  std::size_t style = 0;  // of Kit::styles
};

// One station with its parts. Never changes once it is made.
struct Kit {
  Station station;
  cv::Scalar board_colour;
  cv::Mat board;  // picture without parts, kDraw_px_per_mm
  std::vector<KitSlot> slots;
  std::vector<PartStyle> styles;
};

// The shipped recipe's filter assembly: tubing, gauge, filter, bag, bag.
[[nodiscard]] Kit filter_kit();
// Four to six articles of any kind on any board.
[[nodiscard]] Kit any_kit(Dice& dice);

// The check that a trainer would make of it, from frames of its own dice. Fails when two articles
// happened to look the same.
[[nodiscard]] Result<Check> teach(const Kit& kit, Dice& dice);

struct KitScene {
  Frame frame;
  KitCase kind = KitCase::kGood;
  std::string slot;  // that is wrong; empty for good ones and things beside
};
// The same kit, kind and dice give the same bytes.
[[nodiscard]] KitScene kit_scene(const Kit& kit, KitCase kind, Dice& dice);

}  // namespace batchwright::vision::challenge

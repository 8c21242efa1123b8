// Challenge cards to print and cut out: what the site shows its cameras every day and at their
// qualification, with the outcome that each must have (row E8). Sizes are true at 100 %.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "vision/challenge_manifest.h"
#include "vision/check_result.h"
#include "vision/label.h"

namespace batchwright::vision::challenge {

enum class CardHarm {
  kNone,
  kHalfGone,  // more of it than error correction can bring back
  kGlossy,    // to be taped over and held into a lamp's reflection
  kEmpty,     // no symbol
};

struct KitCard {
  std::string number;  // "1"
  std::string name;    // "Good label"
  Symbology symbology = Symbology::kDataMatrix;
  std::string source;         // as the encoder takes it
  std::string shown;          // in letters below the symbol
  double x_dimension_mm = 0;  // of one module
  CardHarm harm = CardHarm::kNone;
  std::vector<Verdict> allowed;  // one of these must come out
  std::string outcome;           // the same in words
};

// What the check is told to expect of every card.
[[nodiscard]] ExpectedValues kit_values();
[[nodiscard]] std::vector<KitCard> kit_cards();
// The cards that must pass and those that must fail, as the challenge set of a label check: its
// manifest asks for them in words, as they are printed on them.
[[nodiscard]] ChallengeManifest kit_challenge(const std::string& date);

// Where a card is on the pages after the first, in millimetres from the page's top left.
struct CardPlace {
  std::size_t page = 0;  // from 0
  double x_mm = 0, y_mm = 0, width_mm = 0, height_mm = 0;
};
[[nodiscard]] CardPlace place_of_card(std::size_t index);

inline constexpr int kKitTags = 4;  // ids 0..3 of apriltag_36h11
inline constexpr double kKitTagSideMm = 30;

// The PDF's bytes: how to use it, the cards, the station tags. `date` YYYY-MM-DD.
[[nodiscard]] Result<std::string> site_kit_pdf(const std::string& date);
// With `manifest_path`, also the manifest of kit_challenge.
[[nodiscard]] Result<void> write_site_kit(const std::string& path, const std::string& date,
                                          const std::string& manifest_path);

}  // namespace batchwright::vision::challenge

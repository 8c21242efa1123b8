// Label check: the symbols in the region say exactly what this batch's object must say (rows E2,
// E7).
#pragma once

#include <string>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision {

// Passes when one symbol of `symbologies` is confirmed, its GS1 element strings are valid, hold
// every AI of `required`, and equal the expected values of the batch, character for character.
// Codes: ok, missing (nothing read), other_text (a value differs), not_gs1, incomplete, ambiguous
// (two symbols that say different things), unreadable.
struct LabelCheck {
  Symbologies symbologies = Symbologies::all();
  // "gtin", "lot", "expiry", "serial": must be on the label; their values become readings.
  std::vector<std::string> required;
  bool plain_text = false;  // not GS1: the whole text is the reading "text" and is compared
  std::string region;       // id; empty = the whole frame
};

}  // namespace batchwright::vision

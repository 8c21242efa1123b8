// Label check: the symbols in the region say exactly what this batch's object must say (rows E2,
// E7).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision {

// What a GS1 label says by name, and the application identifier of each.
struct LabelValue {
  const char* name;
  const char* ai;
};
inline constexpr std::array kLabelValues{LabelValue{"gtin", "01"}, LabelValue{"lot", "10"},
                                         LabelValue{"expiry", "17"}, LabelValue{"serial", "21"}};

// Passes when a symbol of `symbologies` is confirmed, its GS1 element strings are valid, hold every
// value of `required`, and equal the expected values of the batch, character for character: GTIN as
// 14 digits (shorter ones get leading zeros), expiry as YYMMDD.
//
// One result for each value that is required or expected, under its name ("gtin", "lot", "expiry",
// "serial", "text"); one under "symbol" when nothing can be compared. Codes:
//   ok            equal, or required and there                               pass
//   other_text    a confirmed symbol says another value                      fail
//   incomplete    a confirmed symbol doesn't say this value                  undecided
//   not_gs1       what was read is no valid GS1 element string               undecided
//   ambiguous     two symbols say different things, or are no one label      undecided
//   unreadable    modules are below module_px_min, or can't be measured      undecided
//   missing       nothing was read                                           undecided
//   not_expected  nothing is required or expected, or by an unknown name     undecided
// Only another text fails: a symbol beside the right one, or half of it, is not the wrong label.
struct LabelCheck {
  Symbologies symbologies = Symbologies::all();
  // "gtin", "lot", "expiry", "serial": must be on the label; their values become readings.
  std::vector<std::string> required;
  bool plain_text = false;  // not GS1: the whole text is the reading "text" and is compared
  std::string region;       // id; empty = the whole frame
};

}  // namespace batchwright::vision

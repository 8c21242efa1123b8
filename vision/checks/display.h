// Display reading: digits of seven segments or of a dot matrix fill an entry and wait for a
// person's word (row E1). A display check never fails: it passes with readings or is undecided.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace batchwright::vision {

inline constexpr std::size_t kDisplayFieldsMax = 16;

enum class DisplayStyle : std::uint8_t {
  kSevenSegment,  // LED and LCD; the decimal point stands between two digits
  kDotMatrix,     // characters of 5 x 7 dots; the decimal point is a character
};

// Where the places of a number are, as taught: upright, in pixels of the plane. The reader finds
// shifts of some pixels, a few hundredths of scale and two degrees of turn by itself.
struct DigitRow {
  double x = 0, y = 0;           // top left of the first place, over the outline of its segments
  double width = 0, height = 0;  // of a place: outline of the segments, or of the 5 x 7 dots
  double pitch = 0;              // from one place to the next
  double slant_deg = 0;          // of seven segments, leaning right
  double stroke = 0;             // thickness of a segment; of dots, the diameter
};

// One number on the display; the reading has its name.
struct DisplayField {
  std::string name;  // "ph"
  std::string region;
  int digits = 0;      // places of digits, leading blanks included
  int decimals = 0;    // where the point is: a point that is seen elsewhere is no reading
  int digits_min = 0;  // fewer shown is no reading: a dead or hidden first digit looks like a blank
  bool sign = false;   // one more place in front, blank or minus
  DigitRow row;
};

// Passes when every field was read with its margin. A field that isn't ok is undecided and has no
// reading. Codes:
//   ok, blank (nothing is lit), changing (two digits in one exposure), not_a_digit,
//   point_elsewhere, covered, glare, too_close_to_call
// Score: the smallest distance of what decides from half of the contrast, 0..0.5.
struct DisplayCheck {
  DisplayStyle style = DisplayStyle::kSevenSegment;
  bool light_on_dark = false;
  std::vector<DisplayField> fields;
  double margin_min = 0.2;    // in parts of the contrast between shown and not shown
  double contrast_min = 0.1;  // of shown against its surroundings, in parts of white
};

// Places that `field` has in a row: digits, sign and, of a dot matrix, the point.
[[nodiscard]] int places_of(const DisplayField& field, DisplayStyle style);

}  // namespace batchwright::vision

// Display reading: digits of seven segments or of an LCD's own font fill an entry and wait for a
// person's word (row E1).
#pragma once

#include <string>
#include <vector>

namespace batchwright::vision {

// One number on the display; the reading has its name.
struct DisplayField {
  std::string name;  // "ph"
  std::string region;
  int digits = 0;     // places, leading blanks included
  int decimals = 0;   // where the point is: part of the display, not read
  bool sign = false;  // a minus may stand in front
};

// Passes when every field was read with its margin. Codes: ok, blank, changing, not_a_digit,
// too_close_to_call. A field that isn't ok has no reading.
struct DisplayCheck {
  std::string style = "seven_segment";  // seven_segment, dot_matrix
  bool light_on_dark = false;
  std::vector<DisplayField> fields;
  double margin_min = 0.1;  // of each segment, in parts of the contrast
};

}  // namespace batchwright::vision

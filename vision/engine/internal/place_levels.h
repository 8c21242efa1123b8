// How strongly each element of a row of digits shows, measured against the display around it.
#pragma once

#include <vector>

#include "vision/engine/internal/row_fit.h"

namespace batchwright::vision {

// In parts of the contrast between shown and not shown, 0 and 1 being those two.
struct ElementLevel {
  double mean = 0, low = 0, high = 0;  // over the places of looking
};

struct RowLevels {
  std::vector<std::vector<ElementLevel>> places;  // [place][element]
  std::vector<double> points;                     // of the decimal point behind each place
  double contrast = 0;     // of what is shown, in parts of white (dark digits: of the display)
  double ground_high = 0;  // how far the display's own light is off at most, in parts of the
  double ground_low = 0;   // contrast: towards shown (high) and away from it (low)
  double lightest = 0;     // grey levels, of the elements that are shown
};

[[nodiscard]] RowLevels levels_of(const LightPicture& picture, const Typeface& face,
                                  const DigitRow& row, int places, const RowFit& fit,
                                  const DisplayCheck& rule);

}  // namespace batchwright::vision

#include "ui/display.h"

#include <cmath>

namespace batchwright::ui {

Display Display::from_diagonal(int width_px, int height_px, double diagonal_inch) {
  const double diagonal_px = std::hypot(width_px, height_px);
  return {width_px, height_px, diagonal_px / diagonal_inch};
}

int Display::px(double mm) const {
  // The small term keeps a size that is whole in exact arithmetic from becoming one pixel more.
  return static_cast<int>(std::ceil(mm * dpi / 25.4 - 1e-6));
}

}  // namespace batchwright::ui

#include "ui/display.h"

#include <algorithm>
#include <cmath>

namespace batchwright::ui {

Display Display::from_diagonal(int width_px, int height_px, double diagonal_inch) {
  const double diagonal_px = std::hypot(width_px, height_px);
  return {width_px, height_px, diagonal_px / diagonal_inch};
}

Display Display::fitted(int width_px_max, int height_px_max) const {
  const double share = std::min(static_cast<double>(width_px_max) / width_px,
                                static_cast<double>(height_px_max) / height_px);
  if (share >= 1 || share <= 0) return *this;
  return {static_cast<int>(width_px * share), static_cast<int>(height_px * share), dpi * share};
}

int Display::px(double mm) const {
  // The small term keeps a size that is whole in exact arithmetic from becoming one pixel more.
  return static_cast<int>(std::ceil(mm * dpi / 25.4 - 1e-6));
}

}  // namespace batchwright::ui

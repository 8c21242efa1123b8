#include "vision/tags.h"

#include <cmath>

namespace batchwright::vision {

double side_px(const Tag& tag) {
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto &from = tag.corners[i], &to = tag.corners[(i + 1) % 4];
    sum += std::hypot(to.x - from.x, to.y - from.y);
  }
  return sum / 4;
}

}  // namespace batchwright::vision

// Where in a frame symbols may be: places with many edges. zxing's own finders lose a Data Matrix
// among other things; on a crop they don't.
#pragma once

#include <vector>

#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

struct Spot {
  Picture picture;    // the crop; of bars turned so that they stand upright
  bool bars = false;  // edges of one direction only
  double weight = 0;  // likeliest first
};

inline constexpr int kSpotsMax = 24;

// Most promising first. Empty for a picture that is hardly larger than a symbol: look at it whole.
[[nodiscard]] std::vector<Spot> find_spots(const cv::Mat& grey);

}  // namespace batchwright::vision

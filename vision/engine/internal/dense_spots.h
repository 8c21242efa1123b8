// Where in a camera's frame symbols may be, found in a few milliseconds: places where light and
// dark change nearly everywhere, whatever their contrast.
#pragma once

#include <vector>

#include "vision/engine/internal/spots.h"

namespace batchwright::vision {

inline constexpr int kDenseSpotsMax = 20;

// Densest and largest first. All arithmetic that decides is on whole numbers of the grey levels or
// on single cells, so every build finds the same.
[[nodiscard]] std::vector<Spot> find_dense_spots(const cv::Mat& grey);

}  // namespace batchwright::vision

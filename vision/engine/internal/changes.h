// Places where a plane shows something else than its reference.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "vision/check.h"

namespace batchwright::vision {

struct Change {
  Box box;
  int area_px = 0;
  double peak = 0;  // largest deviation, grey levels
};

// Connected places where `deviation` is at least `level`, of at least `area_min_px`, largest first.
[[nodiscard]] std::vector<Change> changes_in(const cv::Mat& deviation, double level,
                                             int area_min_px);

// A hand or sleeve: after small gaps are closed, something large reaches in from the border.
[[nodiscard]] bool hand_reaches_in(const cv::Mat& deviation, double level);

}  // namespace batchwright::vision

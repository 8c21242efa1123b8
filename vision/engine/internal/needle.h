// Finds the needle of a dial.
#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "vision/checks/gauge.h"

namespace batchwright::vision {

struct NeedleReading {
  std::string code = "no_needle";  // as GaugeCheck lists them, off_scale excepted
  double deg = 0;                  // clockwise from twelve o'clock, -180..180
  double score = 0;                // 0..1
};

// The dial may lie up to kCentreOff pixels off its taught centre: the needle's direction is told
// from how its angle about the taught centre changes with the radius.
inline constexpr double kCentreOffPx = 6;
[[nodiscard]] NeedleReading find_needle(const cv::Mat& bgr, const GaugeCheck& gauge);

}  // namespace batchwright::vision

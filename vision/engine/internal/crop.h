// Parts of a frame, each with its place.
#pragma once

#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

inline constexpr int kMarginPx = 40;  // of the frame, around a crop: a quiet zone of six modules

// What of `box` is inside.
[[nodiscard]] Picture crop(const cv::Mat& grey, const cv::Rect& box);

// The box turned so that `direction` (radians, of the gradient) lies along x: bars stand upright.
[[nodiscard]] Picture turned_crop(const cv::Mat& grey, const cv::RotatedRect& box,
                                  double direction);

}  // namespace batchwright::vision

// Leaves in a frame what a check looks at and makes the rest black, because a camera at a bench
// also sees people. The masked frame is what is judged and what is stored as evidence.
#pragma once

#include <opencv2/core.hpp>

#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision {

// The part of the frame that a check keeps: the smallest upright rectangle around its regions, or
// around its station as the tags show it, an eighth of its longer side wider on every side and
// rounded outwards to multiples of kMaskGrid. A check with neither keeps everything. Nothing when
// the station is not in sight.
inline constexpr int kMaskGrid = 16;  // pixels
[[nodiscard]] std::optional<cv::Rect> kept_part(const Check& check, const Frame& frame);

// The frame with everything outside `part` black.
[[nodiscard]] Frame masked(const Frame& frame, const cv::Rect& part);

// The smallest rectangle on the same grid with everything in it that isn't black; all of a black
// picture. What the quality of a masked frame is measured on.
[[nodiscard]] cv::Rect unmasked_part(const cv::Mat& picture);

}  // namespace batchwright::vision

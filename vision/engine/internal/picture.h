// Pictures inside the engine: OpenCV's matrix beside where its pixels are in the frame.
#pragma once

#include <opencv2/core.hpp>

#include "vision/frame.h"
#include "vision/label.h"

namespace batchwright::vision {

// A grey picture and the affine map from its pixels to the frame's.
struct Picture {
  cv::Mat grey;
  cv::Matx23d to_frame{1, 0, 0, 0, 1, 0};
};

// The frame's grey levels; shares its bytes when it is grey, so it must not outlive it.
[[nodiscard]] cv::Mat grey_of(const Frame& frame);

// The frame in colour; shares its bytes when it is, so it must not outlive it.
[[nodiscard]] cv::Mat bgr_of(const Frame& frame);

// A copy of the pixels. kMalformed when they aren't 8-bit grey or BGR, or more than a frame may
// have.
[[nodiscard]] Result<Frame> frame_of(const cv::Mat& picture);

// First `inner`, then `outer`.
[[nodiscard]] cv::Matx23d chain(const cv::Matx23d& outer, const cv::Matx23d& inner);
[[nodiscard]] Point mapped(const cv::Matx23d& map, Point at);
[[nodiscard]] Corners mapped(const cv::Matx23d& map, const Corners& corners);

}  // namespace batchwright::vision

// How much lighter or darker a scene is than its reference, from place to place: so that a picture
// can be compared in its own light.
#pragma once

#include <opencv2/core.hpp>
#include <span>

namespace batchwright::vision {

// Both 8-bit BGR of one size. Per colour a surface of second order in the logarithm of the light,
// fitted to blocks with Tukey's weights, so that what differs in content counts little; then slow
// shadows that are the same for all colours. In `loose` boxes, where content may differ over the
// whole area, the light is carried over from around them. A field of gains, 32-bit, three channels,
// one value for each pixel of `taught`.
[[nodiscard]] cv::Mat lighting_between(const cv::Mat& seen, const cv::Mat& taught,
                                       std::span<const cv::Rect> loose);

// `taught` in that light, 8 bits, burnt out where the scene must be.
[[nodiscard]] cv::Mat lit(const cv::Mat& taught, const cv::Mat& gains);

}  // namespace batchwright::vision

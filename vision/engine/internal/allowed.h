// What a picture may show at each pixel, and by how much it shows something else.
#pragma once

#include <opencv2/core.hpp>

namespace batchwright::vision {

inline constexpr int kShift_px = 5;  // any shift within such a patch is allowed

// At every pixel the lowest and highest value of each channel.
struct Allowed {
  cv::Mat low, high;
};

// So that `picture`, of the same kind, is allowed too.
[[nodiscard]] Allowed widened(const Allowed& allowed, const cv::Mat& picture);

// By how much `seen` lies outside at each pixel, the largest of its channels, 32-bit.
[[nodiscard]] cv::Mat outside(const cv::Mat& seen, const Allowed& allowed);

// The same of patches with sides of `patch_px`.
[[nodiscard]] cv::Mat patches_outside(const cv::Mat& seen, const Allowed& allowed, int patch_px);

}  // namespace batchwright::vision

// How far a picture is from what is allowed at each pixel.
#pragma once

#include <opencv2/core.hpp>

namespace batchwright::vision {

inline constexpr int kPatch_px = 9;  // a deviation counts by its mean over such a patch

// What may be seen: at every pixel the lowest and highest value of each colour, 8-bit BGR, in the
// light of the reference.
struct Allowed {
  cv::Mat low, high;
};

// Grey levels of the reference's light by which the mean over a patch lies outside of what is
// allowed, the largest of the three colours, 32-bit. A shift by up to two pixels costs nothing.
// Where `tolerant` (8-bit mask) is set, slow neutral darkening and brightening are taken for light;
// within a few pixels of where it is not set, also the sharp shadow of what stands there.
// `gains` as of lighting_between.
[[nodiscard]] cv::Mat deviation_of(const cv::Mat& seen, const Allowed& allowed,
                                   const cv::Mat& gains, const cv::Mat& tolerant);

}  // namespace batchwright::vision

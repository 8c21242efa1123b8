// How far a picture is from what is allowed at each pixel, in its own light.
#pragma once

#include <opencv2/core.hpp>

#include "vision/engine/internal/allowed.h"

namespace batchwright::vision {

inline constexpr int kPatch_px = 9;  // a deviation counts by its mean over such a patch

// Grey levels of the reference's light by which the mean over a patch lies outside of what is
// allowed (8-bit BGR in the light of the reference), the largest of the three colours, 32-bit. A
// shift by up to two pixels costs nothing.
// Where `tolerant` (8-bit mask) is set, slow neutral darkening and brightening are taken for light;
// within a few pixels of where it is not set, also the sharp shadow of what stands there.
// Where `others` (8-bit mask, or none) is set, something may lie that `allowed` doesn't know: it
// tells nothing of the light, and the less is seen around it, the less is taken for light.
// `gains` as of lighting_between. What changes over more than `slow_px` is light; neutral objects
// lose the more of their contrast the nearer they come to that size.
inline constexpr int kSlowLight_px = 61;
[[nodiscard]] cv::Mat deviation_of(const cv::Mat& seen, const Allowed& allowed,
                                   const cv::Mat& gains, const cv::Mat& tolerant,
                                   int slow_px = kSlowLight_px, const cv::Mat& others = {});

}  // namespace batchwright::vision

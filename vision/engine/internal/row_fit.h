// Finds where the row of digits is in this frame: near where it was taught, a little shifted,
// turned, stretched or leaning.
#pragma once

#include <opencv2/core.hpp>

#include "vision/engine/internal/typeface.h"

namespace batchwright::vision {

// The light of a part of the picture; one channel, averaged over the spot that is looked at.
struct LightPicture {
  cv::Mat_<float> light;
  cv::Point origin;  // of `light` in the plane

  [[nodiscard]] double at(cv::Point2d plane) const;  // between pixels; at the edge, the edge's
};

// Of light digits the brightest channel, so that a red LED is bright; of dark ones grey.
[[nodiscard]] LightPicture light_of(const cv::Mat& bgr, cv::Rect part, bool light_on_dark,
                                    double spot_px);

struct RowFit {
  cv::Matx23d to_plane{1, 0, 0, 0, 1, 0};  // from pixels as taught

  [[nodiscard]] cv::Point2d operator()(cv::Point2d taught) const;
};

// How far the row may be from its taught place, in parts of the digits' height.
inline constexpr double kRowReach = 0.2;

[[nodiscard]] RowFit fit_row(const LightPicture& picture, const Typeface& face, const DigitRow& row,
                             int places, bool light_on_dark);

}  // namespace batchwright::vision

// Light on a part that was placed on the plane. `gains` as of lighting_between in the same window,
// `even` the window in the light of the reference.
#pragma once

#include <opencv2/core.hpp>

#include "vision/engine/internal/part_model.h"

namespace batchwright::vision {

// The gains on the part: a little other than on the plane under it, slowly or by a shadow's edge.
[[nodiscard]] cv::Mat light_on(const cv::Mat& gains, const cv::Mat& even, const Placed& placed);

// `even` as it would be in light of the reference's colour: how one piece's material, or the light
// on it, is tinted as a whole says nothing about its print.
[[nodiscard]] cv::Mat evenly_lit(const cv::Mat& even, const Placed& placed);

// `taught`, with what must be burnt out in this light as it then looks in the reference's.
[[nodiscard]] cv::Mat as_burnt(const cv::Mat& taught, const cv::Mat& gains);
// 255 where that is so.
[[nodiscard]] cv::Mat burnt_places(const cv::Mat& taught, const cv::Mat& gains);

// Of the part: so light in this frame that its colour can't be told. Another of its kind would burn
// out as it does, or it burns out in `seen` where it should not.
[[nodiscard]] double burnt_share(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& gains,
                                 const cv::Mat& mask);

}  // namespace batchwright::vision

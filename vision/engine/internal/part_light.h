// Light on a part that was placed on the plane. `gains` as of lighting_between in the same window,
// `even` the window in the light of the reference.
#pragma once

#include <opencv2/core.hpp>

namespace batchwright::vision {

// The gains on the part: a little other than on the plane under it, slowly or by a shadow's edge.
// `base` is what the plane looks like with the part on it, `mask` where the part is.
[[nodiscard]] cv::Mat light_on(const cv::Mat& gains, const cv::Mat& even, const cv::Mat& base,
                               const cv::Mat& mask);

// `even` as it would be in light of the reference's colour: how one piece's material, or the light
// on it, is tinted as a whole says nothing about its print.
[[nodiscard]] cv::Mat evenly_lit(const cv::Mat& even, const cv::Mat& base, const cv::Mat& mask);

// `taught`, with what must be burnt out in this light as it then looks in the reference's.
[[nodiscard]] cv::Mat as_burnt(const cv::Mat& taught, const cv::Mat& gains);
// Only the colours that are burnt out in `seen`, too: one that is not hides nothing.
[[nodiscard]] cv::Mat as_burnt_in(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& gains);
// 255 where a colour of it must be.
[[nodiscard]] cv::Mat burnt_places(const cv::Mat& taught, const cv::Mat& gains);

// What `deviation` may be where `seen` is burnt out: it is lighter there than it looks, and nobody
// knows by how much. Three quarters more is reason to doubt, and no proof. 0 elsewhere; 32-bit.
[[nodiscard]] cv::Mat in_doubt(const cv::Mat& deviation, const cv::Mat& seen);

// Of the part: so light in this frame that its colour can't be told. Another of its kind would burn
// out as it does, or it burns out in `seen` where it should not.
[[nodiscard]] double burnt_share(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& gains,
                                 const cv::Mat& mask);

}  // namespace batchwright::vision

// What the pieces of a part look like: grey levels at each pixel, and what those can't tell of thin
// print. A shift of its strokes makes them anything between ink and paper, so that print of another
// colour, or paler, lies within; its tint and its contrast do not.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "vision/engine/internal/allowed.h"

namespace batchwright::vision {

struct PartLook {
  Allowed levels;  // 8-bit BGR
  Allowed tints;   // how much redder, and how much bluer, than green: 16-bit, two channels
  // The least standard deviation of the grey levels around a pixel: 32-bit. More of it than the
  // pieces have is seen in the levels: a fold, a line that should not be there.
  cv::Mat contrast;
};

// `pieces` in one place and one light; `mask` (8-bit) is set where the part is.
[[nodiscard]] PartLook look_of(const std::vector<cv::Mat>& pieces, const cv::Mat& mask);
[[nodiscard]] PartLook look_of_ground(const cv::Mat& ground);

// Also the print of `piece`, where `changed` (8-bit) says that it is another one.
[[nodiscard]] PartLook with_print_of(const cv::Mat& piece, PartLook look, const cv::Mat& mask,
                                     const cv::Mat& changed);

// By how much `even`, seen in the light of the pieces, differs from them: weighed so that it
// compares with grey levels of deviation_of. 0 outside of the mask.
[[nodiscard]] cv::Mat tint_deviation_of(const cv::Mat& even, const PartLook& look,
                                        const cv::Mat& mask);
// A part out of focus is paler, too: this alone never proves that it is another one.
[[nodiscard]] cv::Mat paleness_of(const cv::Mat& even, const PartLook& look, const cv::Mat& mask);

}  // namespace batchwright::vision

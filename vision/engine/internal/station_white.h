// What is white at a station: the paper of its tags, whatever else lies there and shines.
#pragma once

#include <opencv2/core.hpp>

#include "vision/check.h"

namespace batchwright::vision {

// The factor that brings the paper around the tags to the grey level `white`, so that limits in
// grey levels mean the same whatever the exposure of the picture was. `plane`: 8-bit BGR of the
// station's plane. kMalformed when no tag's paper is in it, or it is too dark to tell.
[[nodiscard]] Result<double> factor_to_white(const cv::Mat& plane, const Station& station,
                                             double white);

}  // namespace batchwright::vision

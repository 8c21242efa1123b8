// Puts a frame on the plane of its station, by the tags in sight.
#pragma once

#include <opencv2/core.hpp>

#include "base/error.h"
#include "vision/check.h"

namespace batchwright::vision {

struct Plane {
  cv::Mat bgr;
  cv::Matx33d to_frame{cv::Matx33d::eye()};
  int tags_seen = 0;
};

// kRefused, with words for the operator, when fewer than tags_min tags are in sight or they don't
// lie as the station has them.
[[nodiscard]] Result<Plane> put_on_plane(const cv::Mat& bgr, const Station& station);

}  // namespace batchwright::vision

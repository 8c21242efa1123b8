// Puts a frame on the plane of its station, by the tags in sight.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "vision/check.h"
#include "vision/tags.h"

namespace batchwright::vision {

// A corner may lie this far from where the station has it: what remains of the lens, the print and
// the gluing once the homography is found. A tag that was moved by more is not the taught station.
inline constexpr double kTagResidualMax_mm = 1.5;
inline constexpr double kTagResidualMax_px = 1.5;  // of the frame; the larger of both counts
// Frame pixels per plane pixel; below, the camera is too far away for what was taught.
inline constexpr double kPlaneScaleMin = 0.5;

struct Plane {
  cv::Mat bgr;
  cv::Matx33d to_frame{cv::Matx33d::eye()};
  std::vector<Tag> tags;  // that the plane rests on
};

// kRefused, with words for the operator, when fewer than tags_min tags are in sight or they don't
// lie as the station has them.
[[nodiscard]] Result<Plane> put_on_plane(const cv::Mat& bgr, const Station& station);

// "0 3 7": ids of the tags, for results.
[[nodiscard]] std::string ids_of(const std::vector<Tag>& tags);

}  // namespace batchwright::vision

// A taught part in its four quarter turns, and where it lies in a picture.
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "vision/engine/internal/part_look.h"

namespace batchwright::vision {

// One turn of a part: pictures of one size, the place of the first reference in the middle.
struct PartView {
  cv::Mat base;    // the first reference
  PartLook look;   // of all references
  cv::Mat mask;    // 255 where the part is
  cv::Mat relief;  // what the part changes on the empty plane; 32-bit BGR, a quarter of the size
};

// From the place of the first reference: pixels of the plane and degrees clockwise.
struct Placing {
  double dx = 0, dy = 0, deg = 0;
};

struct PartModel {
  std::string id;
  int symmetry = 1;
  std::array<PartView, 4> turns;  // clockwise by 0, 90, 180, 270 degrees
  Placing taught;                 // the middle of all references: the first may lie off
};

// `references` show the part, `empty` the same place without it; all of one size and in one light.
// kMalformed when no part can be told from the empty place.
[[nodiscard]] Result<PartModel> model_of(std::string id, int symmetry,
                                         const std::vector<cv::Mat>& references,
                                         const cv::Mat& empty);

// What the plane looks like with the part on it.
struct Placed {
  PartLook look;
  cv::Mat base;
  cv::Mat mask;
};
// On `ground` (a window of the empty plane), that of the first reference in the window's `middle`.
[[nodiscard]] Placed place(const PartView& view, const Placing& placing, const cv::Mat& ground,
                           cv::Point2d middle);

// Search of `view` in `seen`, a window of the plane in the light of the reference.
struct Found {
  Placing placing;
  double likeness = 0;  // -1..1, of the relief
};
// Coarse: every fourth pixel up to `reach_px` and each of `degrees`.
[[nodiscard]] Found find_part(const PartView& view, const cv::Mat& relief_seen, cv::Point2d middle,
                              double reach_px, const std::vector<double>& degrees);
// Improves a placing by small steps until no step makes the pictures more alike.
[[nodiscard]] Placing refined(const PartView& view, const Placing& from, const cv::Mat& seen,
                              const cv::Mat& ground, cv::Point2d middle);

// seen - empty, 32-bit BGR, a quarter of the size.
[[nodiscard]] cv::Mat relief_of(const cv::Mat& seen, const cv::Mat& empty);

}  // namespace batchwright::vision

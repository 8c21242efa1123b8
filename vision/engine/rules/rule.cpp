#include "vision/engine/rules/rule.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <span>

#include "vision/engine/internal/picture.h"
#include "vision/engine/load_image.h"

namespace batchwright::vision {

Result<cv::Mat> reference_picture(const Check& check, std::string_view id) {
  const auto* reference = check.reference(id);
  if (reference == nullptr)
    return fail(ErrorCode::kMalformed, "The check has no such reference.", std::string(id));
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(reference->png.data()),
                        reference->png.size());
  auto frame = load_image(bytes);
  if (!frame) return fail(ErrorCode::kMalformed, frame.error().message, std::string(id));
  return bgr_of(*frame).clone();
}

Corners corners_in_frame(const View& view, const Box& box) {
  const auto right = box.x + box.width, bottom = box.y + box.height;
  const std::array<cv::Point, 4> plane{cv::Point(box.x, box.y), cv::Point(right, box.y),
                                       cv::Point(right, bottom), cv::Point(box.x, bottom)};
  Corners corners{};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const cv::Vec3d at = view.to_frame * cv::Vec3d(plane[i].x, plane[i].y, 1);
    const double w = std::abs(at[2]) < 1e-9 ? 1e-9 : at[2];
    corners[i] = {static_cast<int>(std::lround(std::clamp(at[0] / w, -30'000.0, 30'000.0))),
                  static_cast<int>(std::lround(std::clamp(at[1] / w, -30'000.0, 30'000.0)))};
  }
  return corners;
}

bool is_in_frame(const View& view, const Box& box) {
  return std::ranges::all_of(corners_in_frame(view, box), [&](const auto& corner) {
    return corner.x >= 0 && corner.y >= 0 && corner.x <= view.frame.width &&
           corner.y <= view.frame.height;
  });
}

void conclude(CheckResult& result) {
  const RegionResult* decides = nullptr;
  for (const auto& region : result.regions) {
    if (decides == nullptr) {
      decides = &region;
      continue;
    }
    const bool worse = worst(region.verdict, decides->verdict) == region.verdict;
    const bool tighter = region.verdict == decides->verdict &&
                         region.score - region.threshold < decides->score - decides->threshold;
    if ((worse && region.verdict != decides->verdict) || tighter) decides = &region;
  }
  if (decides == nullptr) return;
  result.verdict = decides->verdict;
  result.score = decides->score;
  result.threshold = decides->threshold;
}

}  // namespace batchwright::vision

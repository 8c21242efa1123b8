#include "vision/engine/internal/plane.h"

#include <algorithm>
#include <cmath>
#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/find_tags.h"

namespace batchwright::vision {

namespace {

using Points = std::vector<cv::Point2d>;

std::unexpected<Error> refuse(const char* words, const std::vector<Tag>& tags) {
  return fail(ErrorCode::kRefused, words, ids_of(tags));
}

// The tag's black square on the plane, in the order of Tag::corners.
Points corners_on_plane(const StationTag& tag, double px_per_mm) {
  Points corners;
  for (const auto& [x, y] : {std::pair(-0.5, -0.5), {0.5, -0.5}, {0.5, 0.5}, {-0.5, 0.5}})
    // Millimetres are edges, whole pixel numbers are middles.
    corners.emplace_back((tag.x_mm + x * tag.side_mm) * px_per_mm - 0.5,
                         (tag.y_mm + y * tag.side_mm) * px_per_mm - 0.5);
  return corners;
}

std::optional<cv::Point2d> mapped(const cv::Matx33d& map, const cv::Point2d& at) {
  const cv::Vec3d to = map * cv::Vec3d(at.x, at.y, 1);
  if (!(to[2] > 1e-6)) return std::nullopt;
  return cv::Point2d(to[0] / to[2], to[1] / to[2]);
}

// The map lies within what a camera in front of the station can give: the plane is neither turned
// over nor seen edge on, and large enough.
bool is_sound(const cv::Matx33d& to_frame, const cv::Size& plane, double& scale) {
  const auto a = mapped(to_frame, {0, 0});
  const auto b = mapped(to_frame, {static_cast<double>(plane.width), 0});
  const auto c = mapped(to_frame, {static_cast<double>(plane.width), double(plane.height)});
  const auto d = mapped(to_frame, {0, static_cast<double>(plane.height)});
  if (!a || !b || !c || !d) return false;
  const double area = ((*c - *a).cross(*d - *b)) / 2;
  if (!(area > 0)) return false;
  scale = std::sqrt(area / (static_cast<double>(plane.width) * plane.height));
  return scale < 50;
}

bool lie_as_taught(const cv::Matx33d& to_frame, const Points& plane, const Points& frame,
                   double frame_px_per_mm) {
  const double most = std::max(kTagResidualMax_px, kTagResidualMax_mm * frame_px_per_mm);
  for (std::size_t i = 0; i < plane.size(); ++i) {
    const auto at = mapped(to_frame, plane[i]);
    if (!at || cv::norm(*at - frame[i]) > most) return false;
  }
  return true;
}

// Of a tag's middle, as the others have it: less is the noise of small tags.
constexpr double kTagMovedMax_mm = 9;

// A moved tag bends the map over all of them and hardly shows in what is left over. Where the
// others say that it must be, it isn't.
bool each_lies_where_the_others_say(const Points& plane, const Points& frame,
                                    double frame_px_per_mm) {
  constexpr std::size_t kCorners = 4, kOthersMin = 3;
  const std::size_t tags = plane.size() / kCorners;
  if (tags <= kOthersMin) return true;
  for (std::size_t out = 0; out < tags; ++out) {
    Points others_plane, others_frame;
    for (std::size_t i = 0; i < plane.size(); ++i) {
      if (i / kCorners == out) continue;
      others_plane.push_back(plane[i]);
      others_frame.push_back(frame[i]);
    }
    const cv::Mat map = cv::findHomography(others_plane, others_frame, 0);
    if (map.empty()) return false;
    cv::Point2d error;
    for (std::size_t i = out * kCorners; i < (out + 1) * kCorners; ++i) {
      const auto at = mapped(cv::Matx33d(map), plane[i]);
      if (!at) return false;
      error += (*at - frame[i]) / static_cast<double>(kCorners);
    }
    if (cv::norm(error) > kTagMovedMax_mm * frame_px_per_mm) return false;
  }
  return true;
}

}  // namespace

std::string ids_of(const std::vector<Tag>& tags) {
  std::string text;
  for (const auto& tag : tags) text += (text.empty() ? "" : " ") + std::to_string(tag.id);
  return text;
}

Result<Plane> put_on_plane(const cv::Mat& bgr, const Station& station) {
  cv::Mat grey;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  std::vector<int> wanted;
  for (const auto& tag : station.tags) wanted.push_back(tag.id);
  Plane plane;
  plane.tags = find_tags(grey, station.dictionary, wanted);
  if (std::ranges::adjacent_find(plane.tags, {}, &Tag::id) != plane.tags.end())
    return refuse("A tag of the station is in sight twice. Cover or remove one.", plane.tags);
  if (std::ssize(plane.tags) < station.tags_min)
    return refuse("Too few tags of the station are in sight. Uncover them, or aim the camera.",
                  plane.tags);
  Points on_plane, in_frame;
  for (const auto& tag : plane.tags) {
    const auto taught = std::ranges::find(station.tags, tag.id, &StationTag::id);
    for (const auto& at : corners_on_plane(*taught, station.px_per_mm)) on_plane.push_back(at);
    for (const auto& at : tag.corners) in_frame.emplace_back(at.x, at.y);
  }
  const cv::Mat map = cv::findHomography(on_plane, in_frame, 0);
  const cv::Size size(static_cast<int>(std::lround(station.width_mm * station.px_per_mm)),
                      static_cast<int>(std::lround(station.height_mm * station.px_per_mm)));
  double scale = 0;
  if (map.empty() || size.empty() || !is_sound(plane.to_frame = map, size, scale) ||
      !lie_as_taught(plane.to_frame, on_plane, in_frame, scale * station.px_per_mm) ||
      !each_lies_where_the_others_say(on_plane, in_frame, scale * station.px_per_mm))
    return refuse("The tags don't lie as the station has them. Check that none was moved.",
                  plane.tags);
  if (scale < kPlaneScaleMin)
    return refuse("The station is too small in the picture. Bring the camera closer.", plane.tags);
  cv::warpPerspective(bgr, plane.bgr, plane.to_frame, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                      cv::BORDER_CONSTANT);
  return plane;
}

}  // namespace batchwright::vision

#include "vision/engine/camera/mask.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

#include "vision/engine/internal/picture.h"
#include "vision/engine/internal/plane.h"

namespace batchwright::vision {

namespace {

// `part` on the grid, inside a picture of this size.
cv::Rect on_grid(const cv::Rect& part, cv::Size size) {
  const auto down = [](int value) { return value / kMaskGrid * kMaskGrid; };
  const auto up = [](int value) { return (value + kMaskGrid - 1) / kMaskGrid * kMaskGrid; };
  const int left = down(std::clamp(part.x, 0, size.width)),
            top = down(std::clamp(part.y, 0, size.height));
  const int right = std::min(size.width, up(std::clamp(part.br().x, 0, size.width))),
            bottom = std::min(size.height, up(std::clamp(part.br().y, 0, size.height)));
  return {left, top, right - left, bottom - top};
}

cv::Rect with_surroundings(const cv::Rect& part, cv::Size size) {
  const int margin = std::max(part.width, part.height) / 8;
  return on_grid(
      {part.x - margin, part.y - margin, part.width + 2 * margin, part.height + 2 * margin}, size);
}

std::optional<cv::Rect> around_station(const Station& station, const Frame& frame) {
  const auto plane = put_on_plane(bgr_of(frame), station);
  if (!plane) return std::nullopt;
  const double right = station.width_mm * station.px_per_mm,
               bottom = station.height_mm * station.px_per_mm;
  std::vector<cv::Point2f> corners;
  for (const auto& [x, y] : {std::pair{0.0, 0.0}, {right, 0.0}, {right, bottom}, {0.0, bottom}}) {
    const cv::Vec3d at = plane->to_frame * cv::Vec3d(x, y, 1);
    if (at[2] < 1e-9) return std::nullopt;
    corners.emplace_back(
        static_cast<float>(std::clamp(at[0] / at[2], -1.0 * kSideMax, 2.0 * kSideMax)),
        static_cast<float>(std::clamp(at[1] / at[2], -1.0 * kSideMax, 2.0 * kSideMax)));
  }
  const auto [left, far_right] = std::ranges::minmax(corners, {}, &cv::Point2f::x);
  const auto [top, far_bottom] = std::ranges::minmax(corners, {}, &cv::Point2f::y);
  const cv::Point first(static_cast<int>(std::floor(left.x)), static_cast<int>(std::floor(top.y)));
  const cv::Point last(static_cast<int>(std::ceil(far_right.x)),
                       static_cast<int>(std::ceil(far_bottom.y)));
  return cv::Rect(first, last);
}

bool any(std::span<const std::uint8_t> bytes) {
  return std::ranges::any_of(bytes, [](std::uint8_t byte) { return byte != 0; });
}

}  // namespace

std::optional<cv::Rect> kept_part(const Check& check, const Frame& frame) {
  const cv::Size size(frame.width, frame.height);
  std::optional<cv::Rect> part;
  if (check.station) {
    part = around_station(*check.station, frame);
    if (!part) return std::nullopt;
  }
  if (!check.station)
    for (const auto& region : check.regions) {
      const cv::Rect box(region.box.x, region.box.y, region.box.width, region.box.height);
      part = part ? *part | box : box;
    }
  const cv::Rect kept = part ? with_surroundings(*part, size) : cv::Rect({0, 0}, size);
  // Regions beyond the frame: there is nothing to keep, and nothing can be concluded.
  return kept.empty() ? cv::Rect({0, 0}, size) : kept;
}

Frame masked(const Frame& frame, const cv::Rect& part) {
  Frame kept{frame.format, frame.width, frame.height, frame.stride, {}};
  kept.bytes.assign(frame.bytes.size(), 0);
  const auto pixel = bytes_per_pixel(frame.format);
  for (int y = part.y; y < part.br().y; ++y) {
    const auto at =
        static_cast<std::size_t>(y) * frame.stride + static_cast<std::size_t>(part.x) * pixel;
    std::memcpy(kept.bytes.data() + at, frame.bytes.data() + at,
                static_cast<std::size_t>(part.width) * pixel);
  }
  return kept;
}

cv::Rect unmasked_part(const cv::Mat& picture) {
  const auto pixel = picture.elemSize();
  const auto row = [&](int y, int from, int to) {
    return std::span(picture.ptr<std::uint8_t>(y) + static_cast<std::size_t>(from) * pixel,
                     static_cast<std::size_t>(to - from) * pixel);
  };
  int top = 0, bottom = picture.rows, right = 0;
  int left = (picture.cols + kMaskGrid - 1) / kMaskGrid * kMaskGrid;
  while (top < bottom && !any(row(top, 0, picture.cols))) ++top;
  if (top == bottom) return {0, 0, picture.cols, picture.rows};
  while (!any(row(bottom - 1, 0, picture.cols))) --bottom;
  for (int y = top; y < bottom; ++y) {
    while (left > 0 && any(row(y, 0, std::min(left, picture.cols)))) left -= kMaskGrid;
    while (right < picture.cols && any(row(y, right, picture.cols)))
      right = std::min(picture.cols, right + kMaskGrid);
  }
  return on_grid({left, top, std::max(0, right - left), bottom - top}, picture.size());
}

}  // namespace batchwright::vision

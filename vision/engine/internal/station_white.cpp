#include "vision/engine/internal/station_white.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

constexpr double kMarginShare = 1.0 / 16;  // of a tag's side: the middle of its white margin
constexpr double kDarkest = 20;            // grey level of paper that still tells something

// Half a module of paper at the middle of each side.
void add_paper(const cv::Mat& plane, const Station& station, const StationTag& tag,
               std::vector<double>& levels) {
  constexpr std::array<std::array<int, 2>, 4> kSides{{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}};
  const double reach_mm = tag.side_mm * (0.5 + kMarginShare);
  const int size = std::max(2, static_cast<int>(tag.side_mm * kMarginShare * station.px_per_mm));
  for (const auto& side : kSides) {
    const cv::Point middle(static_cast<int>((tag.x_mm + side[0] * reach_mm) * station.px_per_mm),
                           static_cast<int>((tag.y_mm + side[1] * reach_mm) * station.px_per_mm));
    const cv::Rect at = cv::Rect(middle.x - size / 2, middle.y - size / 2, size, size) &
                        cv::Rect({0, 0}, plane.size());
    if (at.empty()) continue;
    const auto mean = cv::mean(plane(at));
    levels.push_back(0.114 * mean[0] + 0.587 * mean[1] + 0.299 * mean[2]);
  }
}

}  // namespace

Result<double> factor_to_white(const cv::Mat& plane, const Station& station, double white) {
  std::vector<double> levels;
  for (const auto& tag : station.tags) add_paper(plane, station, tag, levels);
  if (!levels.empty()) {
    // Some lie in a shadow, and some of a tag's paper was cut away.
    const auto middle = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 2);
    std::ranges::nth_element(levels, middle);
    if (*middle >= kDarkest) return white / *middle;
  }
  return fail(ErrorCode::kMalformed,
              "The paper of the station's tags can't be seen in its reference, or it is too dark. "
              "Take it again with more light.");
}

}  // namespace batchwright::vision

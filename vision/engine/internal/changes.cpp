#include "vision/engine/internal/changes.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

constexpr double kHandShare = 0.012;  // of the plane

}  // namespace

std::vector<Change> changes_in(const cv::Mat& deviation, double level, int area_min_px) {
  const cv::Mat changed = deviation >= level;
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(changed, labels, stats, centres, 8, CV_32S);
  std::vector<Change> changes;
  for (int i = 1; i < count; ++i) {
    const auto* row = stats.ptr<int>(i);
    const Change change{{row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
                         row[cv::CC_STAT_HEIGHT]},
                        row[cv::CC_STAT_AREA],
                        0};
    if (change.area_px < area_min_px) continue;
    changes.push_back(change);
  }
  std::ranges::stable_sort(changes, std::greater{}, &Change::area_px);
  for (auto& change : changes) {
    const cv::Rect box(change.box.x, change.box.y, change.box.width, change.box.height);
    cv::minMaxLoc(deviation(box), nullptr, &change.peak);
  }
  return changes;
}

bool hand_reaches_in(const cv::Mat& deviation, double level) {
  // An even sleeve shows at its edges only: they are joined at a quarter of the size.
  cv::Mat small, joined;
  cv::resize(deviation >= level, small, {}, 0.25, 0.25, cv::INTER_AREA);
  cv::copyMakeBorder(small > 60, small, 16, 16, 16, 16, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::morphologyEx(small, joined, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_RECT, {15, 15}));
  joined = joined({16, 16, joined.cols - 32, joined.rows - 32}).clone();
  cv::Mat labels, stats, centres;
  const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    const auto* row = stats.ptr<int>(i);
    const int x = row[cv::CC_STAT_LEFT], y = row[cv::CC_STAT_TOP];
    const bool at_border = x <= 1 || y <= 1 || x + row[cv::CC_STAT_WIDTH] >= joined.cols - 1 ||
                           y + row[cv::CC_STAT_HEIGHT] >= joined.rows - 1;
    if (at_border && row[cv::CC_STAT_AREA] >= kHandShare * static_cast<double>(joined.total()))
      return true;
  }
  return false;
}

}  // namespace batchwright::vision

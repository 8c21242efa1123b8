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
    Change change{{row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
                   row[cv::CC_STAT_HEIGHT]},
                  row[cv::CC_STAT_AREA],
                  0,
                  false};
    if (change.area_px < area_min_px) continue;
    const auto& box = change.box;
    change.at_border = box.x <= 2 || box.y <= 2 || box.x + box.width >= deviation.cols - 2 ||
                       box.y + box.height >= deviation.rows - 2;
    changes.push_back(change);
  }
  std::ranges::stable_sort(changes, std::greater{}, &Change::area_px);
  if (changes.size() > kRegionsMax) changes.resize(kRegionsMax);
  for (auto& change : changes) {
    const cv::Rect box(change.box.x, change.box.y, change.box.width, change.box.height);
    cv::minMaxLoc(deviation(box), nullptr, &change.peak);
  }
  return changes;
}

bool reaches_in(const Change& change, cv::Size plane) {
  return change.at_border && static_cast<double>(change.box.width) * change.box.height >=
                                 kHandShare * static_cast<double>(plane.area());
}

}  // namespace batchwright::vision

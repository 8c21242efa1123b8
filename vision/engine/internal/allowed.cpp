#include "vision/engine/internal/allowed.h"

#include <opencv2/imgproc.hpp>
#include <vector>

namespace batchwright::vision {

namespace {

cv::Mat largest_channel(const cv::Mat& picture) {
  std::vector<cv::Mat> channels;
  cv::split(picture, channels);
  cv::Mat largest = channels.front();
  for (std::size_t i = 1; i < channels.size(); ++i) cv::max(largest, channels[i], largest);
  return largest;
}

cv::Mat patch_mean(const cv::Mat& picture, int side_px) {
  cv::Mat mean;
  cv::boxFilter(picture, mean, -1, {side_px, side_px}, {-1, -1}, true, cv::BORDER_REFLECT);
  return mean;
}

}  // namespace

Allowed widened(const Allowed& allowed, const cv::Mat& picture) {
  return {cv::min(allowed.low, picture), cv::max(allowed.high, picture)};
}

cv::Mat outside(const cv::Mat& seen, const Allowed& allowed) {
  const cv::Mat shift = cv::getStructuringElement(cv::MORPH_RECT, {kShift_px, kShift_px});
  cv::Mat least, most, above, below, worst;
  cv::erode(allowed.low, least, shift);
  cv::dilate(allowed.high, most, shift);
  cv::subtract(seen, most, above);
  cv::subtract(least, seen, below);
  largest_channel(cv::max(above, below)).convertTo(worst, CV_32F);
  return cv::max(worst, 0);  // signed values lie below 0 when they are within
}

// Strokes thinner than the shift that is allowed leave no trace in single pixels; print that is
// missing or elsewhere does in the means.
cv::Mat patches_outside(const cv::Mat& seen, const Allowed& allowed, int patch_px) {
  const Allowed means{patch_mean(allowed.low, patch_px), patch_mean(allowed.high, patch_px)};
  return cv::max(patch_mean(outside(seen, allowed), patch_px),
                 outside(patch_mean(seen, patch_px), means));
}

}  // namespace batchwright::vision

#include "vision/engine/internal/deviation.h"

#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/lighting.h"

namespace batchwright::vision {

namespace {

constexpr int kLightPatch_px = 41;  // light changes over more than that; objects over less
constexpr int kShadowReach_px = 25;
constexpr double kShadowDepth = 0.55;  // what remains of the light in a part's own shadow
constexpr double kDarkest = 0.5, kBrightest = 1.15;

cv::Mat luminance_of(const cv::Mat& bgr) {
  cv::Mat grey, result;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  grey.convertTo(result, CV_32F);
  return result;
}

// Mean ratio of seen to expected light around each tolerant pixel; 1 elsewhere.
cv::Mat slow_light(const cv::Mat& seen, const cv::Mat& expected, const cv::Mat& tolerant) {
  cv::Mat a = luminance_of(seen), b = luminance_of(expected);
  cv::Mat fixed;
  cv::bitwise_not(tolerant, fixed);
  a.setTo(0, fixed);
  b.setTo(0, fixed);
  const cv::Size patch(kLightPatch_px, kLightPatch_px);
  cv::boxFilter(a, a, -1, patch, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::boxFilter(b, b, -1, patch, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::Mat ratio = (a + 1) / (b + 1);
  cv::min(ratio, kBrightest, ratio);
  cv::max(ratio, kDarkest, ratio);
  ratio.setTo(1, fixed);
  return ratio;
}

cv::Mat scaled(const cv::Mat& bgr, const cv::Mat& factor) {
  cv::Mat three, result;
  cv::merge(std::vector<cv::Mat>{factor, factor, factor}, three);
  cv::multiply(bgr, three, result, 1, CV_8U);
  return result;
}

cv::Mat largest_channel(const cv::Mat& bgr) {
  std::vector<cv::Mat> channels;
  cv::split(bgr, channels);
  cv::Mat result = cv::max(channels[0], channels[1]);
  return cv::max(result, channels[2]);
}

}  // namespace

cv::Mat deviation_of(const cv::Mat& seen, const Allowed& allowed, const cv::Mat& gains,
                     const cv::Mat& tolerant) {
  cv::Mat low = lit(allowed.low, gains), high = lit(allowed.high, gains);
  const cv::Mat light = slow_light(seen, low, tolerant);
  low = scaled(low, light);
  high = scaled(high, light);
  const cv::Mat shift = cv::getStructuringElement(cv::MORPH_RECT, {5, 5});
  cv::erode(low, low, shift);
  cv::dilate(high, high, shift);
  // Beside something that stands on the plane.
  cv::Mat fixed, near;
  cv::bitwise_not(tolerant, fixed);
  cv::dilate(fixed, near,
             cv::getStructuringElement(cv::MORPH_RECT, {kShadowReach_px, kShadowReach_px}));
  cv::bitwise_and(near, tolerant, near);
  cv::Mat darker;
  low.convertTo(darker, CV_8U, kShadowDepth);
  darker.copyTo(low, near);

  cv::Mat above, below;
  cv::subtract(seen, high, above);
  cv::subtract(low, seen, below);
  cv::max(above, below, above);
  cv::Mat worst;
  largest_channel(above).convertTo(worst, CV_32F);
  cv::boxFilter(worst, worst, -1, {kPatch_px, kPatch_px}, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::Mat gain;
  cv::transform(gains, gain, cv::Matx13f(0.114F, 0.587F, 0.299F));
  return worst / gain;
}

}  // namespace batchwright::vision

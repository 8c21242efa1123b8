#include "vision/engine/internal/deviation.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/lighting.h"

namespace batchwright::vision {

namespace {

constexpr int kShadowReach_px = 25;
constexpr double kShadowDepth = 0.55;  // what remains of the light in a part's own shadow
constexpr double kDarkest = 0.5, kBrightest = 1.15;

// A quarter of the size: slow light has no detail.
cv::Mat coarse_luminance(const cv::Mat& bgr, cv::Size size) {
  cv::Mat small, grey, result;
  cv::resize(bgr, small, size, 0, 0, cv::INTER_AREA);
  cv::cvtColor(small, grey, cv::COLOR_BGR2GRAY);
  grey.convertTo(result, CV_32F);
  return result;
}

// Mean ratio of seen to expected light around each tolerant pixel; 1 elsewhere.
cv::Mat slow_light(const cv::Mat& seen, const cv::Mat& expected, const cv::Mat& tolerant,
                   int slow_px, const cv::Mat& others) {
  const cv::Size size(std::max(1, seen.cols / 4), std::max(1, seen.rows / 4));
  cv::Mat a = coarse_luminance(seen, size), b = coarse_luminance(expected, size);
  cv::Mat counts, fixed, asked, told;
  cv::resize(tolerant, counts, size, 0, 0, cv::INTER_AREA);
  cv::Mat known = counts >= 255;
  known.convertTo(asked, CV_32F, 1.0 / 255);
  if (!others.empty()) {
    cv::resize(others, counts, size, 0, 0, cv::INTER_AREA);
    known.setTo(0, counts > 0);
  }
  known.convertTo(told, CV_32F, 1.0 / 255);
  a = a.mul(told);
  b = b.mul(told);
  const cv::Size patch(slow_px / 4 | 1, slow_px / 4 | 1);
  const auto around = [&](cv::Mat& picture) {
    cv::boxFilter(picture, picture, -1, patch, {-1, -1}, true, cv::BORDER_REFLECT);
  };
  for (cv::Mat* picture : {&a, &b, &asked, &told}) around(*picture);
  cv::Mat ratio = (a + 1) / (b + 1);
  // Of little that tells, an object would be the most: it must not be taken for light.
  if (!others.empty()) ratio = 1 + (ratio - 1).mul(told / (asked + 1e-6));
  cv::min(ratio, kBrightest, ratio);
  cv::max(ratio, kDarkest, ratio);
  cv::resize(ratio, ratio, seen.size(), 0, 0, cv::INTER_LINEAR);
  cv::bitwise_not(tolerant, fixed);
  ratio.setTo(1, fixed);
  return ratio;
}

}  // namespace

cv::Mat deviation_of(const cv::Mat& seen, const Allowed& allowed, const cv::Mat& gains,
                     const cv::Mat& tolerant, int slow_px, const cv::Mat& others) {
  cv::Mat ratio, light;
  const cv::Mat even_light = lit(allowed.low, gains);
  cv::merge(std::vector<cv::Mat>(3, slow_light(seen, even_light, tolerant, slow_px, others)),
            ratio);
  cv::multiply(gains, ratio, light);
  cv::Mat low = lit(allowed.low, light);
  const cv::Mat high =
      allowed.high.data == allowed.low.data ? low.clone() : lit(allowed.high, light);
  // Beside something that stands on the plane.
  cv::Mat fixed, near;
  cv::bitwise_not(tolerant, fixed);
  cv::dilate(fixed, near,
             cv::getStructuringElement(cv::MORPH_RECT, {kShadowReach_px, kShadowReach_px}));
  cv::bitwise_and(near, tolerant, near);
  cv::Mat darker;
  low.convertTo(darker, CV_8U, kShadowDepth);
  darker.copyTo(low, near);

  cv::Mat gain;
  cv::transform(gains, gain, cv::Matx13f(0.114F, 0.587F, 0.299F));
  return patches_outside(seen, {low, high}, kPatch_px) / gain;
}

}  // namespace batchwright::vision

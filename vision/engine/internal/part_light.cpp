#include "vision/engine/internal/part_light.h"

#include <opencv2/imgproc.hpp>
#include <vector>

#include "vision/engine/internal/deviation.h"
#include "vision/engine/internal/lighting.h"

namespace batchwright::vision {

namespace {

constexpr double kBurnt = 250;

// A burnt place has darker pixels, of noise.
cv::Mat without_noise(const cv::Mat& seen) {
  constexpr int kNoise_px = 5;
  cv::Mat result;
  cv::dilate(seen, result, cv::getStructuringElement(cv::MORPH_RECT, {kNoise_px, kNoise_px}));
  return result;
}

cv::Mat lightest_channel(const cv::Mat& bgr) {
  std::vector<cv::Mat> channels;
  cv::split(bgr, channels);
  return cv::max(cv::max(channels[0], channels[1]), channels[2]);
}

// How much lighter `seen` is than `taught` around each pixel of the mask, by at most `most`; 1
// elsewhere. One channel.
cv::Mat slow_ratio(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& mask, int slow_px,
                   double most) {
  const auto around = [&](const cv::Mat& picture) {
    cv::Mat inside, sum;
    cv::bitwise_and(picture, mask, inside);
    cv::boxFilter(inside, sum, CV_32F, {slow_px, slow_px}, {-1, -1}, true, cv::BORDER_CONSTANT);
    return sum;
  };
  cv::Mat ratio = (around(seen) + 1) / (around(taught) + 1), outside;
  cv::min(ratio, 1 + most, ratio);
  cv::max(ratio, 1 - most, ratio);
  cv::bitwise_not(mask, outside);
  ratio.setTo(1, outside);
  return ratio;
}

// What the slow ratio leaves where more than half of what is around has it: the edge of a shadow
// that lies over the part. Print is less than half; a panel of another grey is not, and could not
// be told from a shadow: so little is made up for.
cv::Mat edge_of_shadow(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& slow,
                       const cv::Mat& mask) {
  constexpr int kGrain_px = 5, kAround_px = 35;
  constexpr double kMost = 0.06, kSteps = 127 / kMost;
  const auto smooth = [&](const cv::Mat& grey) {
    cv::Mat result;
    cv::boxFilter(grey, result, CV_32F, {kGrain_px, kGrain_px});
    return result;
  };
  cv::Mat rest = (smooth(seen) + 1) / (smooth(taught).mul(slow) + 1), outside, steps, result;
  cv::bitwise_not(mask, outside);
  rest.setTo(1, outside);
  rest.convertTo(steps, CV_8U, kSteps, 128 - kSteps);
  cv::medianBlur(steps, steps, kAround_px);
  steps.convertTo(result, CV_32F, 1 / kSteps, 1 - 128 / kSteps);
  result.setTo(1, outside);
  return result;
}

}  // namespace

cv::Mat burnt_places(const cv::Mat& taught, const cv::Mat& gains) {
  return lightest_channel(lit(taught, gains)) >= kBurnt;
}

double burnt_share(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& gains,
                   const cv::Mat& mask) {
  constexpr double kDeeply = 1.22 * kBurnt, kFarFromIt = 0.85 * kBurnt;
  cv::Mat light, deeply;
  cv::multiply(taught, gains, light, 1, CV_32F);
  cv::inRange(light, cv::Scalar::all(kDeeply), cv::Scalar::all(1e9), deeply);
  const cv::Mat wrongly =
      (lightest_channel(seen) >= kBurnt) & (lightest_channel(lit(taught, gains)) < kFarFromIt);
  const cv::Mat burnt = mask & (deeply | wrongly);
  const int part = cv::countNonZero(mask);
  return part == 0 ? 0 : static_cast<double>(cv::countNonZero(burnt)) / part;
}

cv::Mat light_on(const cv::Mat& gains, const cv::Mat& even, const cv::Mat& base,
                 const cv::Mat& mask) {
  constexpr int kSlow_px = 91;
  constexpr double kMost = 0.15;
  cv::Mat seen, taught, three, result;
  cv::cvtColor(even, seen, cv::COLOR_BGR2GRAY);
  cv::cvtColor(base, taught, cv::COLOR_BGR2GRAY);
  cv::Mat ratio = slow_ratio(seen, taught, mask, kSlow_px, kMost);
  cv::multiply(ratio, edge_of_shadow(seen, taught, ratio, mask), ratio);
  cv::merge(std::vector<cv::Mat>{ratio, ratio, ratio}, three);
  cv::multiply(gains, three, result);
  return result;
}

cv::Mat evenly_lit(const cv::Mat& even, const cv::Mat& base, const cv::Mat& mask) {
  constexpr int kSlow_px = 61;
  constexpr double kMost = 0.2;
  std::vector<cv::Mat> seen, taught;
  cv::split(even, seen);
  cv::split(base, taught);
  for (std::size_t i = 0; i < seen.size(); ++i)
    cv::divide(seen[i], slow_ratio(seen[i], taught[i], mask, kSlow_px, kMost), seen[i], 1, CV_8U);
  cv::Mat result;
  cv::merge(seen, result);
  return result;
}

cv::Mat as_burnt(const cv::Mat& taught, const cv::Mat& gains) {
  cv::Mat result;
  cv::divide(lit(taught, gains), gains, result, 1, CV_8U);
  return result;
}

cv::Mat as_burnt_in(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& gains) {
  cv::Mat result = taught.clone(), colours = result.reshape(1);
  as_burnt(taught, gains).reshape(1).copyTo(colours, without_noise(seen).reshape(1) >= kBurnt);
  return result;
}

cv::Mat in_doubt(const cv::Mat& deviation, const cv::Mat& seen) {
  constexpr double kTimes = 1.75, kOfAPatch = 0.75;
  cv::Mat burnt = lightest_channel(without_noise(seen)) >= kBurnt, around;
  cv::blur(burnt, around, {kPatch_px, kPatch_px});
  cv::Mat result = cv::Mat::zeros(deviation.size(), CV_32F);
  cv::Mat(kTimes * deviation).copyTo(result, around >= kOfAPatch * 255);
  return result;
}

}  // namespace batchwright::vision

#include "vision/engine/internal/part_look.h"

#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

// Light moves tints and contrasts less than grey levels: what they deviate by counts more.
constexpr double kTintWeight = 1.5, kContrastWeight = 2;
constexpr double kMostContrast = 255;
constexpr int kStrokes_px = 5, kAround_px = 15;  // a stroke or two; a few letters

// Without the rim, where a piece may be missed by the shift that is allowed. What lies at the end
// of the picture is rim: it was cut there, or ends there.
cv::Mat within(const cv::Mat& mask, int rim_px) {
  cv::Mat inside;
  cv::erode(mask, inside,
            cv::getStructuringElement(cv::MORPH_RECT, {2 * rim_px + 1, 2 * rim_px + 1}), {-1, -1},
            1, cv::BORDER_CONSTANT, cv::Scalar(0));
  return inside;
}

void clear_outside(cv::Mat& picture, const cv::Mat& mask) {
  cv::Mat around;
  cv::bitwise_not(mask, around);
  picture.setTo(0, around);
}

cv::Mat tints_of(const cv::Mat& bgr) {
  cv::Mat wide, tints;
  bgr.convertTo(wide, CV_16S);
  cv::transform(wide, tints, cv::Matx23f(0, -1, 1, 1, -1, 0));
  return tints;
}

// Of what lies on the part alone.
cv::Mat contrast_of(const cv::Mat& bgr, const cv::Mat& mask) {
  const auto sum = [](const cv::Mat& picture) {
    cv::Mat result;
    cv::boxFilter(picture, result, CV_32F, {kAround_px, kAround_px}, {-1, -1}, false,
                  cv::BORDER_CONSTANT);
    return result;
  };
  const cv::Mat part = within(mask, kShift_px / 2);
  cv::Mat grey, levels, ones;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  grey.convertTo(levels, CV_32F);
  clear_outside(levels, part);
  part.convertTo(ones, CV_32F, 1.0 / 255);
  const cv::Mat count = cv::max(sum(ones), 1);
  const cv::Mat mean = sum(levels) / count;
  cv::Mat variance = sum(levels.mul(levels)) / count - mean.mul(mean), contrast;
  cv::sqrt(cv::max(variance, 0), contrast);
  clear_outside(contrast, part);
  return contrast;
}

}  // namespace

PartLook look_of(const std::vector<cv::Mat>& pieces, const cv::Mat& mask) {
  const auto& first = pieces.front();
  const cv::Mat tints = tints_of(first);
  PartLook look{{first, first}, {tints, tints}, contrast_of(first, mask)};
  for (const auto& piece : pieces) {
    look.levels = widened(look.levels, piece);
    look.tints = widened(look.tints, tints_of(piece));
    look.contrast = cv::min(look.contrast, contrast_of(piece, mask));
  }
  return look;
}

PartLook look_of_ground(const cv::Mat& ground) {
  const cv::Mat tints = tints_of(ground);
  return {{ground.clone(), ground.clone()},
          {tints.clone(), tints.clone()},
          cv::Mat::zeros(ground.size(), CV_32F)};
}

PartLook with_print_of(const cv::Mat& piece, PartLook look, const cv::Mat& mask,
                       const cv::Mat& changed) {
  cv::Mat around, tints = tints_of(piece), contrast = contrast_of(piece, mask);
  const auto widen_where = [](const cv::Mat& by, const cv::Mat& where, const cv::Mat& old) {
    cv::Mat result = old.clone();
    by.copyTo(result, where);
    return result;
  };
  look.tints = {widen_where(cv::min(look.tints.low, tints), changed, look.tints.low),
                widen_where(cv::max(look.tints.high, tints), changed, look.tints.high)};
  cv::dilate(changed, around, cv::getStructuringElement(cv::MORPH_RECT, {kAround_px, kAround_px}));
  look.contrast = widen_where(cv::min(look.contrast, contrast), around, look.contrast);
  return look;
}

cv::Mat tint_deviation_of(const cv::Mat& even, const PartLook& look, const cv::Mat& mask) {
  cv::Mat deviation = kTintWeight * patches_outside(tints_of(even), look.tints, kStrokes_px);
  clear_outside(deviation, within(mask, kShift_px / 2));
  return deviation;
}

cv::Mat paleness_of(const cv::Mat& even, const PartLook& look, const cv::Mat& mask) {
  const Allowed allowed{look.contrast, cv::Mat(look.contrast.size(), CV_32F, kMostContrast)};
  cv::Mat deviation = kContrastWeight * outside(contrast_of(even, mask), allowed);
  // What lies beyond the part's rim has none.
  clear_outside(deviation, within(mask, kShift_px - 1));
  return deviation;
}

}  // namespace batchwright::vision

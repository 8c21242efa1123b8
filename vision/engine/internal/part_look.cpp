#include "vision/engine/internal/part_look.h"

#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

// Light moves tints and contrasts less than grey levels: what they deviate by counts more.
constexpr double kTintWeight = 1.5, kContrastWeight = 2;
constexpr int kStrokes_px = 5, kAround_px = 15;  // a stroke or two; a few letters

// Without the rim, where a piece may be missed by the shift that is allowed.
cv::Mat within(const cv::Mat& mask, int rim_px) {
  cv::Mat inside;
  cv::erode(mask, inside,
            cv::getStructuringElement(cv::MORPH_RECT, {2 * rim_px + 1, 2 * rim_px + 1}));
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
cv::Mat contrasts_of(const cv::Mat& bgr, const cv::Mat& mask) {
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
  cv::Mat variance = sum(levels.mul(levels)) / count - mean.mul(mean), contrasts;
  cv::sqrt(cv::max(variance, 0), contrasts);
  clear_outside(contrasts, part);
  return contrasts;
}

}  // namespace

PartLook look_of(const std::vector<cv::Mat>& pieces, const cv::Mat& mask) {
  const auto& first = pieces.front();
  const cv::Mat tints = tints_of(first), contrasts = contrasts_of(first, mask);
  PartLook look{{first, first}, {tints, tints}, {contrasts, contrasts}};
  for (const auto& piece : pieces) {
    look = with_print_of(piece, std::move(look), mask);
    look.levels = widened(look.levels, piece);
  }
  return look;
}

PartLook with_print_of(const cv::Mat& piece, PartLook look, const cv::Mat& mask) {
  look.tints = widened(look.tints, tints_of(piece));
  look.contrasts = widened(look.contrasts, contrasts_of(piece, mask));
  return look;
}

cv::Mat print_deviation_of(const cv::Mat& even, const PartLook& look, const cv::Mat& mask) {
  cv::Mat tints = kTintWeight * patches_outside(tints_of(even), look.tints, kStrokes_px);
  clear_outside(tints, within(mask, kShift_px / 2));
  cv::Mat contrasts = kContrastWeight * outside(contrasts_of(even, mask), look.contrasts);
  // What lies beyond the part's rim has none.
  clear_outside(contrasts, within(mask, kShift_px - 1));
  return cv::max(tints, contrasts);
}

}  // namespace batchwright::vision

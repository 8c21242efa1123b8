#include "vision/engine/measure_quality.h"

#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/picture.h"

namespace batchwright::vision {

namespace {

constexpr int kDark = 5, kBright = 250;
constexpr double kContrastMin = 25;  // grey levels
constexpr double kExtremeShareMax = 0.97;
constexpr double kGlareShareMax = 0.1;
// A step blurred by sigma pixels rises by 0.4 / sigma of its height per pixel.
constexpr double kSharpnessMin = 0.4 / 5;

using Histogram = std::array<double, 256>;  // shares, sum 1

Histogram histogram_of(const cv::Mat& grey) {
  Histogram shares{};
  std::array<std::size_t, 256> counts{};
  for (int y = 0; y < grey.rows; ++y) {
    const auto* row = grey.ptr<std::uint8_t>(y);
    for (int x = 0; x < grey.cols; ++x) ++counts[row[x]];
  }
  for (std::size_t i = 0; i < counts.size(); ++i)
    shares[i] = static_cast<double>(counts[i]) / static_cast<double>(grey.total());
  return shares;
}

// The grey level below which `share` of the pixels are.
int percentile(const Histogram& shares, double share) {
  double sum = 0;
  for (int level = 0; level < 256; ++level) {
    sum += shares[static_cast<std::size_t>(level)];
    if (sum >= share) return level;
  }
  return 255;
}

double share_between(const Histogram& shares, int from, int to) {
  double sum = 0;
  for (int level = from; level <= to; ++level) sum += shares[static_cast<std::size_t>(level)];
  return sum;
}

// Grey levels per pixel that the steepest hundredth of the places reaches: few places of a label
// are edges, and noise is not steep over two pixels.
double steepness_of(const cv::Mat& grey) {
  if (grey.cols < 3 || grey.rows < 3) return 0;
  cv::Mat dx, dy, size;
  cv::Sobel(grey, dx, CV_16S, 1, 0, 3, 0.25);
  cv::Sobel(grey, dy, CV_16S, 0, 1, 3, 0.25);
  cv::Mat ax = cv::abs(dx), ay = cv::abs(dy);
  cv::max(ax, ay, size);
  cv::Mat bytes;
  size.convertTo(bytes, CV_8U);
  return percentile(histogram_of(bytes), 0.99) / 2.0;
}

Advice advice_for(const Quality& quality, int median) {
  if (quality.dark_share > kExtremeShareMax) return Advice::kMoreLight;
  if (quality.contrast < kContrastMin) {
    if (quality.bright_share > kExtremeShareMax) return Advice::kLessLight;
    return median < 40 ? Advice::kMoreLight : Advice::kShowLabel;
  }
  if (quality.glare_share > kGlareShareMax) return Advice::kLessGlare;
  if (quality.sharpness < kSharpnessMin) return Advice::kHoldStill;
  return Advice::kNone;
}

}  // namespace

Quality measure_quality(const Frame& frame) {
  const cv::Mat grey = grey_of(frame);
  const auto shares = histogram_of(grey);
  Quality quality;
  quality.contrast = percentile(shares, 0.98) - percentile(shares, 0.02);
  quality.dark_share = share_between(shares, 0, kDark);
  quality.bright_share = share_between(shares, kBright, 255);
  // Paper that is white all over is no glare; spots far brighter than most of the bright part are.
  quality.glare_share = percentile(shares, 0.75) < 225 ? quality.bright_share : 0;
  quality.sharpness =
      quality.contrast > 0 ? std::min(1.0, steepness_of(grey) / quality.contrast) : 0;
  quality.advice = advice_for(quality, percentile(shares, 0.5));
  quality.good = quality.advice == Advice::kNone;
  return quality;
}

}  // namespace batchwright::vision

#include "vision/engine/internal/lamp_colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

constexpr double kCore = 0.35, kAround = 0.93;  // in parts of half the region
constexpr double kDarkest = 30;                 // grey levels: below these noise is uneven, too

double median(std::vector<std::uint8_t>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

using Pixels = std::array<std::vector<std::uint8_t>, 3>;

void add(Pixels& pixels, const cv::Vec3b& pixel) {
  for (std::size_t c = 0; c < pixels.size(); ++c) pixels[c].push_back(pixel[static_cast<int>(c)]);
}

cv::Vec3d median(Pixels& pixels) {
  return {median(pixels[0]), median(pixels[1]), median(pixels[2])};
}

using Sides = std::array<Pixels, 4>;

double uneven(Sides& sides, const cv::Vec3d& whole) {
  double most = 0;
  for (auto& side : sides) {
    const auto off = median(side) - whole;
    for (int c = 0; c < 3; ++c) most = std::max(most, std::abs(off[c]) / (whole[c] + kDarkest));
  }
  return most;
}

cv::Vec3d lab_of(const cv::Vec3d& bgr) {
  cv::Mat3f pixel(1, 1);
  for (int c = 0; c < 3; ++c)
    pixel(0, 0)[c] = static_cast<float>(std::clamp(bgr[c], 0.0, 255.0) / 255);
  cv::cvtColor(pixel, pixel, cv::COLOR_BGR2Lab);
  return {pixel(0, 0)[0], pixel(0, 0)[1], pixel(0, 0)[2]};
}

}  // namespace

LampColour lamp_colour(const cv::Mat& bgr) {
  Pixels core, around;
  Sides core_sides, around_sides;
  for (int y = 0; y < bgr.rows; ++y)
    for (int x = 0; x < bgr.cols; ++x) {
      const double dx = (2.0 * x + 1) / bgr.cols - 1, dy = (2.0 * y + 1) / bgr.rows - 1;
      const double far = std::hypot(dx, dy);
      if (far > kCore && far < kAround) continue;
      const auto& pixel = bgr.at<cv::Vec3b>(y, x);
      const auto side = (dx > 0 ? 1u : 0u) + (dy > 0 ? 2u : 0u);
      add(far <= kCore ? core : around, pixel);
      add(far <= kCore ? core_sides[side] : around_sides[side], pixel);
    }
  LampColour colour{median(core), median(around)};
  colour.uneven_core = uneven(core_sides, colour.core);
  colour.uneven_around = uneven(around_sides, colour.around);
  return colour;
}

LampModel::LampModel(const LampColour& unlit, const LampColour& taught, bool lit) : lit_(lit) {
  for (int c = 0; c < 3; ++c) {
    share_[c] = std::min(20.0, unlit.core[c] / std::max(4.0, unlit.around[c]));
    emits_[c] = lit ? taught.core[c] - share_[c] * taught.around[c] : 0;
  }
}

double LampModel::distance(const LampColour& seen) const {
  const auto lab = lab_of(seen.core);
  // The camera's exposure is held, but a lamp ages and the lens opens by hand.
  constexpr std::array kGains{1.0, 0.5, 0.6, 0.75, 1.2, 1.4};
  double nearest = 1e9;
  for (const double gain : kGains) {
    nearest = std::min(nearest, cv::norm(lab - lab_of(seen.around.mul(share_) + gain * emits_)));
    if (!lit_) break;
  }
  return nearest;
}

}  // namespace batchwright::vision

#include "vision/engine/internal/likeness.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

constexpr int kSide = 32;
constexpr double kDeviationMin = 1;  // grey levels; a picture with less shows nothing

cv::Size small_size(cv::Size size) {
  const double scale =
      std::min(1.0, static_cast<double>(kSide) / std::max(size.width, size.height));
  return {std::max(1, static_cast<int>(std::lround(size.width * scale))),
          std::max(1, static_cast<int>(std::lround(size.height * scale)))};
}

double product(const std::vector<float>& a, const std::vector<float>& b) {
  return std::transform_reduce(a.begin(), a.end(), b.begin(), 0.0, std::plus<>(),
                               [](float x, float y) { return static_cast<double>(x) * y; });
}

}  // namespace

Look32 Look32::of(const cv::Mat& bgr) {
  Look32 look;
  if (bgr.empty()) return look;
  cv::Mat small;
  cv::resize(bgr, small, small_size(bgr.size()), 0, 0, cv::INTER_AREA);
  std::vector<float> values;
  values.reserve(small.total() * 3);
  double sum = 0;
  for (int y = 0; y < small.rows; ++y) {
    const auto* row = small.ptr<std::uint8_t>(y);
    for (int i = 0; i < small.cols * 3; ++i) {
      values.push_back(row[i]);
      sum += row[i];
    }
  }
  const auto mean = static_cast<float>(sum / static_cast<double>(values.size()));
  for (auto& value : values) value -= mean;
  const double length = std::sqrt(product(values, values));
  if (length < kDeviationMin * std::sqrt(static_cast<double>(values.size()))) return look;
  for (auto& value : values) value = static_cast<float>(value / length);
  look.values_ = std::move(values);
  return look;
}

double Look32::likeness(const Look32& other) const {
  if (empty() || values_.size() != other.values_.size()) return 0;
  return std::clamp(product(values_, other.values_), -1.0, 1.0);
}

double Look32::between(const Look32& from, const Look32& to) const {
  const double apart = 1 - from.likeness(to);
  if (empty() || apart < 1e-6 || values_.size() != from.values_.size() ||
      values_.size() != to.values_.size())
    return 0;
  // 2 t - 1 of the projection t of (this - from) on (to - from); all three have length 1.
  return std::clamp((likeness(to) - likeness(from)) / apart, -1.0, 1.0);
}

}  // namespace batchwright::vision

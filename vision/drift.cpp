#include "vision/drift.h"

#include <algorithm>
#include <cmath>

namespace batchwright::vision {

namespace {

constexpr double kDeviations = 3;

struct Measure {
  const char* name;
  double Quality::* value;
  double least;  // a change that matters: of the mean, or of the share itself
  bool is_relative;
};

constexpr std::array kAll{
    Measure{"contrast", &Quality::contrast, 0.2, true},
    Measure{"sharpness", &Quality::sharpness, 0.2, true},
    Measure{"dark_share", &Quality::dark_share, 0.05, false},
    Measure{"bright_share", &Quality::bright_share, 0.05, false},
    Measure{"glare_share", &Quality::glare_share, 0.03, false},
};

}  // namespace

std::optional<Drift> DriftWatch::add(const Quality& quality) {
  static_assert(kAll.size() == kMeasures);
  Measures now{};
  for (std::size_t i = 0; i < kMeasures; ++i) now[i] = quality.*kAll[i].value;
  if (baseline_ < kDriftBaseline) {
    ++baseline_;
    for (std::size_t i = 0; i < kMeasures; ++i) {
      sum_[i] += now[i];
      squares_[i] += now[i] * now[i];
    }
    return std::nullopt;
  }
  recent_.push_back(now);
  if (recent_.size() > kDriftRecent) recent_.pop_front();
  if (recent_.size() < kDriftRecent) return std::nullopt;
  std::optional<Drift> found;
  for (std::size_t i = 0; i < kMeasures; ++i) {
    const double count = static_cast<double>(kDriftBaseline);
    const double was = sum_[i] / count;
    const double deviation = std::sqrt(std::max(0.0, squares_[i] / count - was * was));
    double is = 0;
    for (const auto& one : recent_) is += one[i] / static_cast<double>(kDriftRecent);
    const double least = kAll[i].is_relative ? kAll[i].least * std::abs(was) : kAll[i].least;
    const bool drifted = std::abs(is - was) > std::max(kDeviations * deviation, least);
    if (drifted && !is_told_[i] && !found) {
      found = Drift{kAll[i].name, was, is};
      is_told_[i] = true;
    } else if (!drifted) {
      is_told_[i] = false;
    }
  }
  return found;
}

}  // namespace batchwright::vision

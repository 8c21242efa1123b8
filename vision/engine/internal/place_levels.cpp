#include "vision/engine/internal/place_levels.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace batchwright::vision {

namespace {

struct Sample {
  cv::Point2d at;
  double light = 0;
};

// The display's own light as a tilted plane: lamps stand to one side.
class Ground {
 public:
  explicit Ground(const std::vector<Sample>& samples) {
    std::vector<double> weights(samples.size(), 1);
    constexpr int kRounds = 4;
    for (int round = 0; round < kRounds; ++round) {
      if (!solve(samples, weights)) return;
      // Spots of glare and fingers must not tilt the plane (Huber's weights).
      std::vector<double> off;
      for (const auto& sample : samples) off.push_back(std::abs(sample.light - at(sample.at)));
      auto sorted = off;
      std::ranges::nth_element(sorted, sorted.begin() + static_cast<long>(sorted.size() / 2));
      const double usual = std::max(1.0, 1.5 * sorted[sorted.size() / 2]);
      for (std::size_t i = 0; i < off.size(); ++i)
        weights[i] = std::min(1.0, usual / (off[i] + 1e-9));
    }
  }

  [[nodiscard]] double at(cv::Point2d where) const {
    return plane_[0] + plane_[1] * (where.x - middle_.x) + plane_[2] * (where.y - middle_.y);
  }

 private:
  bool solve(const std::vector<Sample>& samples, const std::vector<double>& weights) {
    middle_ = {};
    for (const auto& sample : samples) middle_ += sample.at;
    middle_ /= static_cast<double>(samples.size());
    cv::Matx33d normal = cv::Matx33d::zeros();
    cv::Vec3d right;
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const cv::Vec3d v(1, samples[i].at.x - middle_.x, samples[i].at.y - middle_.y);
      normal += weights[i] * (v * v.t());
      right += weights[i] * samples[i].light * v;
    }
    if (std::abs(cv::determinant(normal)) < 1e-6) return false;
    plane_ = normal.solve(right, cv::DECOMP_CHOLESKY);
    return true;
  }

  cv::Point2d middle_;
  cv::Vec3d plane_;
};

// Shown elements are all about equally strong; the strongest may be a spot of light.
double strength_of_shown(const RowLevels& levels) {
  std::vector<double> all;
  for (const auto& place : levels.places)
    for (const auto& element : place) all.push_back(element.mean);
  std::ranges::sort(all, std::greater{});
  constexpr double kOfStrongest = 0.6;
  const auto end =
      std::ranges::find_if(all, [&](double one) { return one < kOfStrongest * all[0]; });
  return all[static_cast<std::size_t>(end - all.begin()) / 2];
}

void scale(RowLevels& levels, double by) {
  for (auto& place : levels.places)
    for (auto& element : place) element = {element.mean / by, element.low / by, element.high / by};
  for (auto& point : levels.points) point /= by;
  levels.ground_high /= by;
  levels.ground_low /= by;
}

}  // namespace

RowLevels levels_of(const LightPicture& picture, const Typeface& face, const DigitRow& row,
                    int places, const RowFit& fit, const DisplayCheck& rule) {
  const auto corner = [&](int place) { return cv::Point2d(row.x + place * row.pitch, row.y); };
  std::vector<Sample> samples;
  for (int i = 0; i < places; ++i)
    for (const auto& point : face.background) {
      const auto at = fit(corner(i) + point);
      samples.push_back({at, picture.at(at)});
    }
  const Ground ground(samples);
  // Light digits add to the display's light, dark ones take a share of it.
  const auto strength = [&](cv::Point2d at, double light) {
    const double around = ground.at(at);
    return rule.light_on_dark ? (light - around) / 255 : 1 - light / std::max(8.0, around);
  };
  RowLevels levels;
  for (const auto& sample : samples) {
    const double off = strength(sample.at, sample.light);
    levels.ground_high = std::max(levels.ground_high, off);
    levels.ground_low = std::min(levels.ground_low, off);
  }
  for (int i = 0; i < places; ++i) {
    auto& place = levels.places.emplace_back();
    for (const auto& element : face.elements) {
      ElementLevel level{0, 1e9, -1e9};
      for (const auto& point : element) {
        const auto at = fit(corner(i) + point);
        const double light = picture.at(at), one = strength(at, light);
        level.mean += one / static_cast<double>(element.size());
        level.low = std::min(level.low, one);
        level.high = std::max(level.high, one);
        levels.lightest = std::max(levels.lightest, light);
      }
      place.push_back(level);
    }
    for (const auto& point : face.point) {
      const auto at = fit(corner(i) + point);
      levels.points.push_back(strength(at, picture.at(at)));
    }
  }
  levels.contrast = strength_of_shown(levels);
  scale(levels, std::max(levels.contrast, rule.contrast_min));
  return levels;
}

}  // namespace batchwright::vision

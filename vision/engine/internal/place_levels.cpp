#include "vision/engine/internal/place_levels.h"

#include <algorithm>
#include <cmath>

namespace batchwright::vision {

namespace {

double middle_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

struct Sample {
  cv::Point2d at;
  double light = 0;
};

// The display's own light: of dark digits a tilted plane, as lamps stand to one side; what is
// around light digits is black and the same everywhere.
class Ground {
 public:
  Ground(const std::vector<Sample>& samples, bool tilted) {
    std::vector<double> lights;
    for (const auto& sample : samples) lights.push_back(sample.light);
    plane_[0] = middle_of(lights);
    constexpr int kRounds = 6;
    for (int round = 0; tilted && round < kRounds; ++round) {
      // Spots of glare and fingers must not tilt the plane (Cauchy's weights).
      std::vector<double> off, weights;
      for (const auto& sample : samples) off.push_back(std::abs(sample.light - at(sample.at)));
      const double usual = std::max(1.0, 2.0 * middle_of(off));
      for (const double one : off) weights.push_back(1 / (1 + one * one / (usual * usual)));
      if (!solve(samples, weights)) return;
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

struct Strengths {
  double hidden = 0, shown = 0;
};

// Of what is shown the stronger ones count: what is shown half of the time is weaker than they are.
// Hidden elements are seen a little, too: as ghosts.
Strengths strengths_of(const RowLevels& levels) {
  std::vector<double> all, shown, hidden;
  for (const auto& place : levels.places)
    for (const auto& element : place) all.push_back(element.mean);
  const double strongest = std::ranges::max(all);
  for (const double one : all) {
    if (one >= 0.6 * strongest) shown.push_back(one);
    if (one < 0.35 * strongest) hidden.push_back(one);
  }
  const auto strong = shown.begin() + static_cast<std::ptrdiff_t>(shown.size() * 4 / 5);
  std::ranges::nth_element(shown, strong);
  return {hidden.empty() ? 0 : std::clamp(middle_of(hidden), 0.0, 0.3 * strongest), *strong};
}

void scale(RowLevels& levels, double zero, double by) {
  const auto scaled = [&](double one) { return (one - zero) / by; };
  for (auto& place : levels.places)
    for (auto& element : place)
      element = {scaled(element.mean), scaled(element.low), scaled(element.high)};
  for (auto& point : levels.points) point = scaled(point);
  levels.ground_high /= by;
  levels.ground_low /= by;
}

// How much redder or bluer a part of the display is than the rest: a finger may be as light as the
// display, but has not its colour. 0 = everywhere the same.
double tint_of(const LightPicture& picture, const std::vector<Sample>& samples) {
  std::vector<double> red, blue;
  for (const auto& sample : samples) {
    const auto colour = picture.colour_at(sample.at);
    const double all = colour[0] + colour[1] + colour[2] + 12;
    red.push_back(colour[2] / all);
    blue.push_back(colour[0] / all);
  }
  const double usual_red = middle_of(red), usual_blue = middle_of(blue);
  double off = 0;
  for (std::size_t i = 0; i < red.size(); ++i)
    off = std::max({off, std::abs(red[i] - usual_red), std::abs(blue[i] - usual_blue)});
  return off;
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
  const Ground ground(samples, !rule.light_on_dark);
  RowLevels levels;
  if (!rule.light_on_dark) levels.tint = tint_of(picture, samples);
  // Light digits add to the display's light, dark ones take a share of it.
  const auto strength = [&](cv::Point2d at, double light) {
    const double around = ground.at(at);
    return rule.light_on_dark ? (light - around) / 255 : 1 - light / std::max(8.0, around);
  };
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
  const auto strengths = strengths_of(levels);
  levels.contrast = strengths.shown - strengths.hidden;
  scale(levels, strengths.hidden, std::max(levels.contrast, rule.contrast_min));
  return levels;
}

}  // namespace batchwright::vision

#include "vision/engine/internal/needle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace batchwright::vision {

namespace {

constexpr int kAngles = 720, kRings = 32;
constexpr double kDegPerStep = 360.0 / kAngles;
constexpr double kNeedleMin = 0.08;    // weaker is none, in parts of white (dark: of the dial)
constexpr double kOtherFromDeg = 14;   // nearer directions are the needle itself
constexpr double kStraightMaxDeg = 1;  // deviation of the rings from one straight needle
constexpr double kWideMaxDeg = 7;      // a needle that moved while it was taken is a fan
constexpr double kBurntShareMax = 0.02;

using Ring = std::array<double, kAngles>;
using Rings = std::array<Ring, kRings>;

double radius_of(const GaugeCheck& gauge, int ring) {
  const double share = (ring + 0.5) / kRings;
  return gauge.radius_px * (gauge.needle_from + share * (gauge.needle_to - gauge.needle_from));
}

int wrapped(int angle) {
  return (angle % kAngles + kAngles) % kAngles;
}

cv::Mat_<float> light_for(const cv::Mat& bgr, NeedleColour colour) {
  cv::Mat grey;
  if (colour == NeedleColour::kRed) {
    std::array<cv::Mat, 3> channels;
    cv::split(bgr, channels.data());
    cv::subtract(channels[2], cv::max(channels[0], channels[1]), grey);
  } else {
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  }
  cv::GaussianBlur(grey, grey, {3, 3}, 0);
  return cv::Mat_<float>(grey);
}

// The dial's own light at a ring and angle: the middle of what is within 20 degrees, so that
// neither the needle nor light from one side counts.
Ring dial_of(const Ring& light) {
  constexpr int kBin = 10, kReach = 40;
  Ring dial{};
  std::array<double, 2 * kReach> near{};
  std::array<double, kAngles / kBin> bins{};
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    for (int i = 0; i < 2 * kReach; ++i)
      near[static_cast<std::size_t>(i)] =
          light[static_cast<std::size_t>(wrapped(static_cast<int>(bin) * kBin + i - kReach))];
    std::ranges::nth_element(near, near.begin() + kReach);
    bins[bin] = near[kReach];
  }
  for (std::size_t i = 0; i < dial.size(); ++i) {
    const double part = static_cast<double>(i % kBin) / kBin;
    dial[i] = (1 - part) * bins[i / kBin] + part * bins[(i / kBin + 1) % bins.size()];
  }
  return dial;
}

// How much each place differs from the dial in the needle's way.
Rings strengths(const cv::Mat& bgr, const GaugeCheck& gauge) {
  const int reach = static_cast<int>(std::ceil(gauge.radius_px * gauge.needle_to)) + 4;
  const cv::Point corner(static_cast<int>(gauge.centre_x) - reach,
                         static_cast<int>(gauge.centre_y) - reach);
  const auto part = cv::Rect(corner, cv::Size(2 * reach, 2 * reach)) & cv::Rect({}, bgr.size());
  const auto light = light_for(bgr(part), gauge.needle);
  Rings rings{};
  for (int ring = 0; ring < kRings; ++ring) {
    auto& strength = rings[static_cast<std::size_t>(ring)];
    const double radius = radius_of(gauge, ring);
    for (int i = 0; i < kAngles; ++i) {
      const double turn = i * kDegPerStep * std::numbers::pi / 180;
      const double x = gauge.centre_x + radius * std::sin(turn) - part.x;
      const double y = gauge.centre_y - radius * std::cos(turn) - part.y;
      const double at_x = std::clamp(x, 0.0, light.cols - 1.001);
      const double at_y = std::clamp(y, 0.0, light.rows - 1.001);
      const int column = static_cast<int>(at_x), line = static_cast<int>(at_y);
      const double dx = at_x - column, dy = at_y - line;
      const float* above = light[line] + column;
      const float* below = light[line + 1] + column;
      strength[static_cast<std::size_t>(i)] = (1 - dy) * ((1 - dx) * above[0] + dx * above[1]) +
                                              dy * ((1 - dx) * below[0] + dx * below[1]);
    }
    const auto dial = dial_of(strength);
    for (std::size_t i = 0; i < strength.size(); ++i) {
      const double off = strength[i] - dial[i];
      strength[i] =
          gauge.needle == NeedleColour::kDark ? -off / std::max(16.0, dial[i]) : off / 255;
    }
  }
  return rings;
}

int reach_of(const GaugeCheck& gauge, int ring) {
  const double deg = kCentreOffPx / radius_of(gauge, ring) * 180 / std::numbers::pi;
  return static_cast<int>(std::ceil(deg / kDegPerStep));
}

// Of each direction: what at least seven tenths of the rings reach, wherever within the reach of a
// centre that is a little off.
Ring ray_scores(const Rings& rings, const GaugeCheck& gauge) {
  Rings widest{};
  for (int ring = 0; ring < kRings; ++ring) {
    const auto& strength = rings[static_cast<std::size_t>(ring)];
    const int reach = reach_of(gauge, ring);
    for (int i = 0; i < kAngles; ++i) {
      double best = -1;
      for (int j = -reach; j <= reach; ++j)
        best = std::max(best, strength[static_cast<std::size_t>(wrapped(i + j))]);
      widest[static_cast<std::size_t>(ring)][static_cast<std::size_t>(i)] = best;
    }
  }
  Ring scores{};
  std::array<double, kRings> along{};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    for (std::size_t ring = 0; ring < kRings; ++ring) along[ring] = widest[ring][i];
    std::ranges::nth_element(along, along.begin() + kRings * 3 / 10);
    scores[i] = along[kRings * 3 / 10];
  }
  return scores;
}

// Middle of the best stretch: within the reach of the centre all directions score alike.
int best_direction(const Ring& scores) {
  const auto best = std::ranges::max_element(scores);
  int first = static_cast<int>(best - scores.begin()), last = first;
  const double nearly = 0.9 * *best;
  for (int i = 0; i < kAngles / 2 && scores[static_cast<std::size_t>(wrapped(first - 1))] > nearly;
       ++i)
    --first;
  for (int i = 0; i < kAngles / 2 && scores[static_cast<std::size_t>(wrapped(last + 1))] > nearly;
       ++i)
    ++last;
  return (first + last) / 2;
}

struct Track {
  bool straight = false;
  double deg = 0;
};

// Ring by ring the needle's angle a is the direction plus offset / radius; both by least squares.
Track follow(const Rings& rings, const GaugeCheck& gauge, int direction, double strength) {
  std::vector<cv::Vec2d> seen;  // 1 / radius, angle
  double widest = 0;
  for (int ring = 0; ring < kRings; ++ring) {
    const auto& level = rings[static_cast<std::size_t>(ring)];
    const int reach = 2 * reach_of(gauge, ring) + 4;
    double peak = 0;
    for (int j = -reach; j <= reach; ++j)
      peak = std::max(peak, level[static_cast<std::size_t>(wrapped(direction + j))]);
    if (peak < 0.6 * strength) continue;
    double sum = 0, weighted = 0, wide = 0;
    for (int j = -reach; j <= reach; ++j) {
      const double over = level[static_cast<std::size_t>(wrapped(direction + j))] - 0.6 * peak;
      if (over <= 0) continue;
      sum += over;
      weighted += over * j;
      wide += kDegPerStep;
    }
    widest += wide * radius_of(gauge, ring) / gauge.radius_px;
    seen.emplace_back(1 / radius_of(gauge, ring), (direction + weighted / sum) * kDegPerStep);
  }
  if (seen.size() < kRings * 6 / 10) return {};
  const auto n = static_cast<double>(seen.size());
  cv::Vec2d mean;
  for (const auto& one : seen) mean += one / n;
  double across = 0, along = 0;
  for (const auto& one : seen) {
    across += (one[0] - mean[0]) * (one[1] - mean[1]);
    along += (one[0] - mean[0]) * (one[0] - mean[0]);
  }
  const double slope = across / along;
  double off = 0;
  for (const auto& one : seen) {
    const double miss = one[1] - mean[1] - slope * (one[0] - mean[0]);
    off += miss * miss / n;
  }
  const double offset_px = std::abs(slope) * std::numbers::pi / 180;
  const bool straight = std::sqrt(off) <= kStraightMaxDeg && offset_px <= 1.5 * kCentreOffPx &&
                        widest / n <= kWideMaxDeg;
  return {straight, mean[1] - slope * mean[0]};
}

double burnt_share(const cv::Mat& bgr, const GaugeCheck& gauge) {
  int burnt = 0;
  for (int ring = 0; ring < kRings; ++ring)
    for (int i = 0; i < kAngles; ++i) {
      const double turn = i * kDegPerStep * std::numbers::pi / 180;
      const int x = static_cast<int>(gauge.centre_x + radius_of(gauge, ring) * std::sin(turn));
      const int y = static_cast<int>(gauge.centre_y - radius_of(gauge, ring) * std::cos(turn));
      if (x < 0 || y < 0 || x >= bgr.cols || y >= bgr.rows) continue;
      const auto& pixel = bgr.at<cv::Vec3b>(y, x);
      burnt += std::min({pixel[0], pixel[1], pixel[2]}) >= 250 ? 1 : 0;
    }
  return static_cast<double>(burnt) / (kRings * kAngles);
}

}  // namespace

NeedleReading find_needle(const cv::Mat& bgr, const GaugeCheck& gauge) {
  const auto rings = strengths(bgr, gauge);
  const auto scores = ray_scores(rings, gauge);
  const int direction = best_direction(scores);
  const double best = scores[static_cast<std::size_t>(wrapped(direction))];
  NeedleReading reading;
  if (best >= kNeedleMin) {
    double next = 0;
    const int from = static_cast<int>(kOtherFromDeg / kDegPerStep) + 2 * reach_of(gauge, 0);
    for (int j = from; j <= kAngles - from; ++j)
      next = std::max(next, scores[static_cast<std::size_t>(wrapped(direction + j))]);
    reading.score = std::max(0.0, 1 - next / best);
    const auto track = follow(rings, gauge, direction, best);
    reading.deg = std::remainder(track.deg, 360.0);
    reading.code = track.straight && reading.score >= gauge.margin_min ? "ok" : "too_close_to_call";
  }
  if (reading.code != "ok" && burnt_share(bgr, gauge) > kBurntShareMax) reading.code = "glare";
  return reading;
}

}  // namespace batchwright::vision

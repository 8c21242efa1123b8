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
// A needle that moved while it was taken is a fan: so wide is none in the outer half of its rings.
constexpr double kFanDeg = 13, kFanWithinDeg = 25;
constexpr double kBurntShareMax = 0.02;
// A reflection on the needle bends it. A dial that is white all over hides none.
constexpr double kBurntNearMax = 0.03, kBurntFaceMin = 0.85;
constexpr int kNear = 30;  // steps of an angle

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

// The dial's own light at a ring and angle: the middle of what is within 45 degrees, so that
// neither the needle, were it a fan, nor light from one side counts.
Ring dial_of(const Ring& light) {
  constexpr int kBin = 10, kReach = 90;
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

// What is about as strong as the needle, near it.
bool is_fan(const Rings& rings, int direction, double strength) {
  const int within = static_cast<int>(kFanWithinDeg / kDegPerStep);
  int over = 0;
  for (std::size_t ring = kRings / 2; ring < kRings; ++ring)
    for (int j = -within; j <= within; ++j)
      over += rings[ring][static_cast<std::size_t>(wrapped(direction + j))] > strength / 2 ? 1 : 0;
  return over * kDegPerStep > kFanDeg * kRings / 2;
}

struct RingAngle {
  double per_radius = 0, deg = 0;
};

// Where the needle is on each ring that shows it.
std::vector<RingAngle> angles_of(const Rings& rings, const GaugeCheck& gauge, int direction,
                                 double strength) {
  std::vector<RingAngle> seen;
  for (int ring = 0; ring < kRings; ++ring) {
    const auto& level = rings[static_cast<std::size_t>(ring)];
    const int reach = 2 * reach_of(gauge, ring) + 4;
    double peak = 0;
    for (int j = -reach; j <= reach; ++j)
      peak = std::max(peak, level[static_cast<std::size_t>(wrapped(direction + j))]);
    if (peak < 0.6 * strength) continue;
    double sum = 0, weighted = 0;
    for (int j = -reach; j <= reach; ++j) {
      const double over = level[static_cast<std::size_t>(wrapped(direction + j))] - 0.6 * peak;
      if (over <= 0) continue;
      sum += over;
      weighted += over * j;
    }
    seen.push_back({1 / radius_of(gauge, ring), (direction + weighted / sum) * kDegPerStep});
  }
  return seen;
}

// The angle on a ring is the direction plus offset / radius.
struct Line {
  double deg = 0, slope = 0;
  [[nodiscard]] double miss(const RingAngle& one) const {
    return std::abs(one.deg - deg - slope * one.per_radius);
  }
};

Line least_squares(const std::vector<RingAngle>& seen) {
  const auto n = static_cast<double>(seen.size());
  double mean_x = 0, mean_y = 0, across = 0, along = 0;
  for (const auto& one : seen) {
    mean_x += one.per_radius / n;
    mean_y += one.deg / n;
  }
  for (const auto& one : seen) {
    across += (one.per_radius - mean_x) * (one.deg - mean_y);
    along += (one.per_radius - mean_x) * (one.per_radius - mean_x);
  }
  const double slope = along > 0 ? across / along : 0;
  return {mean_y - slope * mean_x, slope};
}

struct Track {
  bool straight = false;
  double deg = 0;
};

Track follow(const Rings& rings, const GaugeCheck& gauge, int direction, double strength) {
  auto seen = angles_of(rings, gauge, direction, strength);
  constexpr std::size_t kRingsMin = kRings * 6 / 10;
  Line line;
  // A number or a shadow beside the needle pulls some rings aside: they are left out.
  constexpr int kRounds = 3;
  for (int round = 0; round < kRounds; ++round) {
    if (seen.size() < kRingsMin) return {};
    line = least_squares(seen);
    std::vector<double> misses;
    for (const auto& one : seen) misses.push_back(line.miss(one));
    std::ranges::nth_element(misses, misses.begin() + static_cast<std::ptrdiff_t>(seen.size() / 2));
    const double far = std::max(0.4, 2.5 * misses[seen.size() / 2]);
    if (round + 1 < kRounds)
      std::erase_if(seen, [&](const RingAngle& one) { return line.miss(one) > far; });
  }
  // What is left must span the needle: a short piece says little of where the rest points.
  const double inner = 1 / radius_of(gauge, kRings / 3),
               outer = 1 / radius_of(gauge, 2 * kRings / 3);
  constexpr std::ptrdiff_t kAtEachEndMin = 3;
  const auto near = [&](const RingAngle& one) { return one.per_radius > inner; };
  const auto far_out = [&](const RingAngle& one) { return one.per_radius < outer; };
  if (std::ranges::count_if(seen, near) < kAtEachEndMin ||
      std::ranges::count_if(seen, far_out) < kAtEachEndMin)
    return {};
  double off = 0;
  for (const auto& one : seen)
    off += line.miss(one) * line.miss(one) / static_cast<double>(seen.size());
  const double offset_px = std::abs(line.slope) * std::numbers::pi / 180;
  return {std::sqrt(off) <= kStraightMaxDeg && offset_px <= 1.5 * kCentreOffPx, line.deg};
}

// Of the places within `reach` of a direction, in steps of an angle.
double burnt_share(const cv::Mat& bgr, const GaugeCheck& gauge, int direction, int reach) {
  int burnt = 0;
  for (int ring = 0; ring < kRings; ++ring)
    for (int i = direction - reach; i < direction + reach; ++i) {
      const double turn = i * kDegPerStep * std::numbers::pi / 180;
      const int x = static_cast<int>(gauge.centre_x + radius_of(gauge, ring) * std::sin(turn));
      const int y = static_cast<int>(gauge.centre_y - radius_of(gauge, ring) * std::cos(turn));
      if (x < 0 || y < 0 || x >= bgr.cols || y >= bgr.rows) continue;
      const auto& pixel = bgr.at<cv::Vec3b>(y, x);
      burnt += std::min({pixel[0], pixel[1], pixel[2]}) >= 250 ? 1 : 0;
    }
  return static_cast<double>(burnt) / (kRings * 2 * reach);
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
    const bool clear = track.straight && !is_fan(rings, direction, best);
    reading.code = clear && reading.score >= gauge.margin_min ? "ok" : "too_close_to_call";
  }
  const double burnt = burnt_share(bgr, gauge, 0, kAngles / 2);
  const bool on_needle =
      burnt < kBurntFaceMin && burnt_share(bgr, gauge, direction, kNear) > kBurntNearMax;
  if (on_needle || (reading.code != "ok" && burnt > kBurntShareMax)) reading.code = "glare";
  return reading;
}

}  // namespace batchwright::vision

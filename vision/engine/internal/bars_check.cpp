#include "vision/engine/internal/bars_check.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "vision/engine/internal/bar_likelihood.h"

namespace batchwright::vision {

namespace {

constexpr int kLinesMax = 15;
constexpr double kStraight = 0.9;  // a fit from which on nothing is folded
constexpr double kModulePxMin = 0.7, kModulePxMax = 30;
constexpr std::array kSigmas{0.15, 0.35, 0.55, 0.75, 0.95, 1.2, 1.5};  // modules

struct Vec {
  double x = 0, y = 0;
};

Vec mid(Point a, Point b) {
  return {(a.x + b.x) / 2.0, (a.y + b.y) / 2.0};
}

double level(const cv::Mat& grey, double x, double y) {
  x = std::clamp(x, 0.0, grey.cols - 1.001);
  y = std::clamp(y, 0.0, grey.rows - 1.001);
  const int left = static_cast<int>(x), top = static_cast<int>(y);
  const double fx = x - left, fy = y - top;
  const int right = std::min(left + 1, grey.cols - 1), below = std::min(top + 1, grey.rows - 1);
  const auto at = [&](int row, int column) {
    return static_cast<double>(grey.at<std::uint8_t>(row, column));
  };
  return (1 - fy) * ((1 - fx) * at(top, left) + fx * at(top, right)) +
         fy * ((1 - fx) * at(below, left) + fx * at(below, right));
}

constexpr std::size_t kKnots = 9;

// Where the bars lie along a line: module t of the symbol is at pixel start + t * module + bend *
// t * (all - t), which a curved or tilted label needs, and of one with folds beside that by what
// the knots say, straight from one to the next.
struct Fit {
  double start = 0, module = 1, bend = 0;  // pixels; bend per module squared
  double r = -1;
  double sigma = 0.5;                  // modules
  std::array<double, kKnots> knots{};  // modules
};

double pixel_of(const Fit& fit, double t, int modules) {
  const double along = std::clamp(t / modules, 0.0, 1.0) * (kKnots - 1);
  const auto left = std::min(static_cast<std::size_t>(along), kKnots - 2);
  const double part = along - static_cast<double>(left);
  const double drift = (1 - part) * fit.knots[left] + part * fit.knots[left + 1];
  return fit.start + (t + drift) * fit.module + fit.bend * t * (modules - t);
}

struct Line {
  Vec from, along;  // `along` is a unit vector
};

Profile sample(const cv::Mat& grey, const Line& line, const Fit& fit, int modules) {
  Profile profile;
  const int count = (modules + 2 * kMarginModules) * kSamplesPerModule;
  profile.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const double t = (i + 0.5) / kSamplesPerModule - kMarginModules;
    const double at = pixel_of(fit, t, modules);
    profile.push_back(
        255 - level(grey, line.from.x + at * line.along.x, line.from.y + at * line.along.y));
  }
  return profile;
}

double fit_of(const cv::Mat& grey, const Line& line, const Fit& fit, int modules,
              const Profile& drawn) {
  const auto seen = sample(grey, line, fit, modules);
  return correlation(seen.data(), drawn.data(), seen.size());
}

Fit by(double start, double module, double bend) {
  Fit step;
  step.start = start;
  step.module = module;
  step.bend = bend;
  return step;
}

// Improves `fit` one parameter after the other, with smaller and smaller steps.
Fit refine(const cv::Mat& grey, const Line& line, Fit fit, const Modules& modules, int rounds) {
  const int count = static_cast<int>(modules.size());
  double step = 1.5;
  for (int round = 0; round < rounds; ++round, step *= 0.6) {
    const auto drawn = draw_profile(modules, fit.sigma);
    const double px = fit.module;
    const std::array<Fit, 3> steps{by(step * px, 0, 0), by(0, 1.5 * step * px / count, 0),
                                   by(0, 0, 2 * step * px / (count * count))};
    // Changing the width moves the far end; start goes half of it back so that the middle stays.
    for (const auto& each : steps) {
      for (const double sign : {-1.0, 1.0}) {
        for (int i = 0; i < 4; ++i) {
          Fit tried = fit;
          tried.module += sign * each.module;
          tried.start += sign * (each.start - each.module * count / 2.0);
          tried.bend += sign * each.bend;
          tried.r = fit_of(grey, line, tried, count, drawn);
          if (tried.r <= fit.r) break;
          fit = tried;
        }
      }
    }
    for (const double sigma : kSigmas) {
      Fit tried = fit;
      tried.sigma = sigma;
      tried.r = fit_of(grey, line, tried, count, draw_profile(modules, sigma));
      if (tried.r > fit.r) fit = tried;
    }
  }
  return fit;
}

// Follows folds: each knot moves to where the picture fits best, never by so much that a digit
// could become another.
Fit follow(const cv::Mat& grey, const Line& line, Fit fit, const Modules& modules) {
  constexpr double kDriftMax = 2.5;  // modules
  const int count = static_cast<int>(modules.size());
  const auto drawn = draw_profile(modules, fit.sigma);
  for (const double step : {0.6, 0.3, 0.3, 0.15}) {
    for (std::size_t knot = 0; knot < kKnots; ++knot) {
      for (const double sign : {-1.0, 1.0}) {
        for (int i = 0; i < 3; ++i) {
          Fit tried = fit;
          tried.knots[knot] += sign * step;
          if (std::abs(tried.knots[knot]) > kDriftMax) break;
          tried.r = fit_of(grey, line, tried, count, drawn);
          if (tried.r <= fit.r) break;
          fit = tried;
        }
      }
    }
  }
  return fit;
}

// The best of a coarse grid around what the decoder said, on one line.
Fit coarse(const cv::Mat& grey, const Line& line, double start, double length,
           const Modules& modules) {
  const int count = static_cast<int>(modules.size());
  Fit best;
  const auto drawn = draw_profile(modules, best.sigma);
  for (int wide = -5; wide <= 5; ++wide) {
    const double module = length * (1 + 0.015 * wide) / count;
    for (int shift = -6; shift <= 6; ++shift) {
      Fit tried;
      tried.start = start + (length - module * count) / 2 + shift * 0.7 * module;
      tried.module = module;
      tried.r = fit_of(grey, line, tried, count, drawn);
      if (tried.r > best.r) best = tried;
    }
  }
  return best;
}

struct Measured {
  Line line;
  Fit fit;
};

std::vector<Line> lines_of(const Candidate& candidate, const cv::Mat& grey, double* length) {
  const Vec left = mid(candidate.corners[0], candidate.corners[3]);
  const Vec right = mid(candidate.corners[1], candidate.corners[2]);
  const double dx = right.x - left.x, dy = right.y - left.y;
  *length = std::hypot(dx, dy);
  if (*length < 20) return {};
  const Vec along{dx / *length, dy / *length}, across{-along.y, along.x};
  const double tall = std::hypot(candidate.corners[3].x - candidate.corners[0].x,
                                 candidate.corners[3].y - candidate.corners[0].y);
  const double reach = std::max(tall / 2, *length * 0.12);
  std::vector<Line> lines;
  for (int i = 0; i < kLinesMax; ++i) {
    const double off = reach * (2.0 * i / (kLinesMax - 1) - 1);
    const Vec from{left.x + off * across.x, left.y + off * across.y};
    if (from.x < 0 || from.y < 0 || from.x >= grey.cols || from.y >= grey.rows) continue;
    lines.push_back({from, along});
  }
  return lines;
}

Corners corners_of(const std::vector<Measured>& measured, int modules) {
  const auto end = [&](const Measured& one, double t) {
    const double at = one.fit.start + t * one.fit.module;
    return Point{static_cast<int>(std::lround(one.line.from.x + at * one.line.along.x)),
                 static_cast<int>(std::lround(one.line.from.y + at * one.line.along.y))};
  };
  const auto& top = measured.front();
  const auto& bottom = measured.back();
  return {end(top, 0), end(top, modules), end(bottom, modules), end(bottom, 0)};
}

}  // namespace

std::optional<BarsCheck> check_bars(const cv::Mat& grey, const Candidate& candidate) {
  const auto* layout = retail_layout(candidate.symbology);
  const auto word = retail_word(candidate.symbology, candidate.text);
  if (layout == nullptr || !word || grey.empty()) return std::nullopt;
  const auto modules = retail_modules(*layout, *word);
  double length = 0;
  std::vector<Measured> measured;
  for (const auto& line : lines_of(candidate, grey, &length)) {
    const double module_px = length / layout->modules;
    if (module_px < kModulePxMin || module_px > kModulePxMax) return std::nullopt;
    measured.push_back({line, coarse(grey, line, 0, length, modules)});
  }
  if (measured.empty()) return std::nullopt;
  // The lines that look most like the number, in the order in which they lie.
  auto best = measured;
  std::ranges::sort(best, std::greater{}, [](const Measured& one) { return one.fit.r; });
  best.resize(std::min<std::size_t>(best.size(), 4));
  BarsCheck check;
  std::vector<Profile> profiles;
  double sigma = 0;
  for (auto& one : best) {
    one.fit = refine(grey, one.line, one.fit, modules, 5);
    if (one.fit.r < kStraight) {
      one.fit = follow(grey, one.line, one.fit, modules);
      one.fit = refine(grey, one.line, one.fit, modules, 2);
    }
    check.fit += one.fit.r / static_cast<double>(best.size());
    check.module_px += one.fit.module / static_cast<double>(best.size());
    sigma += one.fit.sigma / static_cast<double>(best.size());
    profiles.push_back(sample(grey, one.line, one.fit, layout->modules));
  }
  const auto likely = most_likely_word(*layout, *word, profiles, sigma, candidate.symbology);
  check.margin = likely.margin;
  check.agrees = likely.best == *word;
  check.corners = corners_of(best, layout->modules);
  return check;
}

}  // namespace batchwright::vision

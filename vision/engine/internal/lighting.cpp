#include "vision/engine/internal/lighting.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace batchwright::vision {

namespace {

constexpr int kBlock_px = 16;
constexpr double kTooDark = 10, kTooBright = 243;  // block means that say nothing about light
constexpr double kLooseWeight = 0.02;

using Terms = cv::Vec<double, 6>;

Terms terms_at(double x, double y) {
  return {1, x, y, x * x, x * y, y * y};
}

// What one block tells: the logarithm of the light per colour.
struct Block {
  int column = 0, row = 0;
  Terms terms;
  cv::Vec3d log_gain;
  double weight = 1;
};

struct Blocks {
  std::vector<Block> list;
  cv::Size grid;
};

Blocks compare(const cv::Mat& seen, const cv::Mat& taught, std::span<const cv::Rect> loose) {
  Blocks blocks;
  blocks.grid = {std::max(1, taught.cols / kBlock_px), std::max(1, taught.rows / kBlock_px)};
  cv::Mat a, b;
  cv::resize(seen, a, blocks.grid, 0, 0, cv::INTER_AREA);
  cv::resize(taught, b, blocks.grid, 0, 0, cv::INTER_AREA);
  const double sx = static_cast<double>(taught.cols) / blocks.grid.width;
  const double sy = static_cast<double>(taught.rows) / blocks.grid.height;
  for (int y = 0; y < blocks.grid.height; ++y)
    for (int x = 0; x < blocks.grid.width; ++x) {
      Block block{x,
                  y,
                  terms_at(2.0 * (x + 0.5) / blocks.grid.width - 1,
                           2.0 * (y + 0.5) / blocks.grid.height - 1),
                  {},
                  1};
      const auto &p = a.at<cv::Vec3b>(y, x), &q = b.at<cv::Vec3b>(y, x);
      bool tells = true;
      for (int c = 0; c < 3; ++c) {
        tells =
            tells && p[c] > kTooDark && p[c] < kTooBright && q[c] > kTooDark && q[c] < kTooBright;
        block.log_gain[c] = std::log((p[c] + 1.0) / (q[c] + 1.0));
      }
      if (!tells) continue;
      const cv::Point middle(static_cast<int>((x + 0.5) * sx), static_cast<int>((y + 0.5) * sy));
      for (const auto& box : loose)
        if (box.contains(middle)) block.weight = kLooseWeight;
      blocks.list.push_back(block);
    }
  return blocks;
}

double weighted_median(const std::vector<Block>& blocks, int channel) {
  std::vector<std::pair<double, double>> values;
  double total = 0;
  for (const auto& block : blocks) {
    values.emplace_back(block.log_gain[channel], block.weight);
    total += block.weight;
  }
  std::ranges::sort(values);
  double sum = 0;
  for (const auto& [value, weight] : values)
    if ((sum += weight) >= total / 2) return value;
  return 0;
}

using Surface = std::array<Terms, 3>;

cv::Vec3d at(const Surface& surface, const Terms& terms) {
  return {surface[0].dot(terms), surface[1].dot(terms), surface[2].dot(terms)};
}

// Weighted least squares with a touch of ridge, so that few blocks give a flat surface.
Surface solve(const std::vector<Block>& blocks, const std::vector<double>& weights,
              const Surface& before) {
  cv::Matx66d left = cv::Matx66d::zeros();
  std::array<Terms, 3> right{};
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    left += weights[i] * (blocks[i].terms * blocks[i].terms.t());
    for (int c = 0; c < 3; ++c)
      right[static_cast<std::size_t>(c)] += weights[i] * blocks[i].log_gain[c] * blocks[i].terms;
  }
  for (int i = 0; i < 6; ++i) left(i, i) += i == 0 ? 1e-6 : 1.0;
  Surface surface = before;
  for (std::size_t c = 0; c < 3; ++c) {
    cv::Vec<double, 6> solved;
    if (cv::solve(left, right[c], solved, cv::DECOMP_CHOLESKY)) surface[c] = solved;
  }
  return surface;
}

double tukey(double value, double limit) {
  const double part = value / limit;
  return part * part >= 1 ? 0 : (1 - part * part) * (1 - part * part);
}

Surface fit(const std::vector<Block>& blocks) {
  Surface surface{};
  for (int c = 0; c < 3; ++c) surface[static_cast<std::size_t>(c)][0] = weighted_median(blocks, c);
  std::vector<double> weights(blocks.size());
  for (const double limit : {0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.2}) {
    for (std::size_t i = 0; i < blocks.size(); ++i)
      weights[i] =
          blocks[i].weight *
          tukey(cv::norm(blocks[i].log_gain - at(surface, blocks[i].terms), cv::NORM_INF), limit);
    surface = solve(blocks, weights, surface);
  }
  return surface;
}

// What the surface leaves, where it is the same for all colours: the edge of a slow shadow.
cv::Mat shadows(const Blocks& blocks, const Surface& surface) {
  cv::Mat sum = cv::Mat::zeros(blocks.grid, CV_32F), weight = cv::Mat::zeros(blocks.grid, CV_32F);
  for (const auto& block : blocks.list) {
    const cv::Vec3d rest = block.log_gain - at(surface, block.terms);
    const double mean = (rest[0] + rest[1] + rest[2]) / 3;
    const double colour = cv::norm(rest - cv::Vec3d::all(mean), cv::NORM_INF);
    const double trust = block.weight * tukey(colour, 0.08) * (std::abs(mean) < 0.6 ? 1 : 0);
    sum.at<float>(block.row, block.column) = static_cast<float>(trust * mean);
    weight.at<float>(block.row, block.column) = static_cast<float>(trust);
  }
  cv::GaussianBlur(sum, sum, {}, 2.5, 0, cv::BORDER_CONSTANT);
  cv::GaussianBlur(weight, weight, {}, 2.5, 0, cv::BORDER_CONSTANT);
  // Little weight around: no correction.
  return sum / (weight + 0.02);
}

}  // namespace

cv::Mat lighting_between(const cv::Mat& seen, const cv::Mat& taught,
                         std::span<const cv::Rect> loose) {
  const auto blocks = compare(seen, taught, loose);
  const auto surface = fit(blocks.list);
  const cv::Mat rest = shadows(blocks, surface);
  cv::Mat gains(blocks.grid, CV_32FC3);
  for (int y = 0; y < gains.rows; ++y)
    for (int x = 0; x < gains.cols; ++x) {
      const auto logs =
          at(surface, terms_at(2.0 * (x + 0.5) / gains.cols - 1, 2.0 * (y + 0.5) / gains.rows - 1));
      for (int c = 0; c < 3; ++c)
        gains.at<cv::Vec3f>(y, x)[c] =
            static_cast<float>(std::exp(std::clamp(logs[c] + rest.at<float>(y, x), -3.0, 3.0)));
    }
  cv::resize(gains, gains, taught.size(), 0, 0, cv::INTER_LINEAR);
  return gains;
}

cv::Mat lit(const cv::Mat& taught, const cv::Mat& gains) {
  cv::Mat result;
  cv::multiply(taught, gains, result, 1, CV_8U);
  return result;
}

}  // namespace batchwright::vision

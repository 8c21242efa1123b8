#include "vision/engine/internal/spots.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/crop.h"

namespace batchwright::vision {

namespace {

constexpr int kWorkingSide = 960;  // pixels of the longer side the edges are looked for in
constexpr int kAtATimeMax = 24;    // components of one threshold

// Edges of a neighbourhood: how strong, how much of one direction (0 any, 1 all alike), and that
// direction as a vector of twice its angle, so that left and right are the same.
struct Edges {
  cv::Mat strength, alike, along, across;
};

Edges edges_of(const cv::Mat& small, int around) {
  cv::Mat dx, dy;
  cv::Sobel(small, dx, CV_32F, 1, 0);
  cv::Sobel(small, dy, CV_32F, 0, 1);
  cv::Mat xx = dx.mul(dx), yy = dy.mul(dy), xy = dx.mul(dy);
  for (auto* part : {&xx, &yy, &xy}) cv::boxFilter(*part, *part, -1, {around, around});
  Edges edges;
  const cv::Mat sum = xx + yy;
  edges.along = xx - yy;
  edges.across = 2 * xy;
  cv::magnitude(edges.along, edges.across, edges.alike);
  edges.alike = edges.alike / (sum + 1);
  cv::sqrt(sum, edges.strength);
  return edges;
}

struct Found {
  cv::Rect box;
  Spot spot;
};

double overlap(const cv::Rect& a, const cv::Rect& b) {
  return static_cast<double>((a & b).area()) / std::max(1, (a | b).area());
}

void add_components(const cv::Mat& grey, const cv::Mat& mask, const Edges& edges, double scale,
                    bool bars, std::vector<Found>& found) {
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(mask, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
  std::ranges::sort(outlines, std::greater{},
                    [](const auto& outline) { return cv::contourArea(outline); });
  if (outlines.size() > kAtATimeMax) outlines.resize(kAtATimeMax);
  for (const auto& outline : outlines) {
    const double area = cv::contourArea(outline);
    auto box = cv::minAreaRect(outline);
    const double filled = area / std::max(1.0f, box.size.area());
    const double longer = std::max(box.size.width, box.size.height);
    const double shorter = std::min(box.size.width, box.size.height);
    if (shorter < 8 || filled < (bars ? 0.4 : 0.5) || (!bars && longer > 4.5 * shorter)) continue;
    const cv::Rect small = cv::boundingRect(outline);
    cv::Mat inside = cv::Mat::zeros(small.size(), CV_8U);
    cv::fillPoly(inside, std::vector<std::vector<cv::Point>>{outline}, cv::Scalar(255), cv::LINE_8,
                 0, -small.tl());
    const double strength = cv::mean(edges.strength(small), inside)[0];
    const cv::Rect large(static_cast<int>(small.x / scale) - kMarginPx,
                         static_cast<int>(small.y / scale) - kMarginPx,
                         static_cast<int>(small.width / scale) + 2 * kMarginPx,
                         static_cast<int>(small.height / scale) + 2 * kMarginPx);
    if (std::ranges::any_of(found, [&](const Found& other) {
          return other.spot.bars == bars && overlap(other.box, large) > 0.8;
        }))
      continue;
    Found one{large, {{}, bars, strength * filled * std::sqrt(area)}};
    if (bars) {
      const double direction = std::atan2(cv::mean(edges.across(small), inside)[0],
                                          cv::mean(edges.along(small), inside)[0]) /
                               2;
      box.center /= static_cast<float>(scale);
      box.size.width /= static_cast<float>(scale);
      box.size.height /= static_cast<float>(scale);
      one.spot.picture = turned_crop(grey, box, direction);
    } else {
      one.spot.picture = crop(grey, large);
    }
    found.push_back(std::move(one));
  }
}

}  // namespace

std::vector<Spot> find_spots(const cv::Mat& grey) {
  std::vector<Found> found;
  const int side = std::max(grey.cols, grey.rows);
  if (side < 160 || std::min(grey.cols, grey.rows) < 40) return {};
  const double scale = std::min(1.0, static_cast<double>(kWorkingSide) / side);
  cv::Mat small;
  cv::resize(grey, small, {}, scale, scale, cv::INTER_AREA);
  for (const int around : {11, 23}) {
    const auto edges = edges_of(small, around);
    double strongest = 0;
    cv::minMaxLoc(edges.strength, nullptr, &strongest);
    for (const double part : {0.5, 0.3}) {
      const cv::Mat strong = edges.strength > std::max(40.0, part * strongest);
      const cv::Mat lined = edges.alike > 0.75;
      add_components(grey, strong & lined, edges, scale, true, found);
      add_components(grey, strong & ~lined, edges, scale, false, found);
      if (part == 0.5) add_components(grey, strong, edges, scale, false, found);
    }
  }
  std::ranges::stable_sort(found, std::greater{}, [](const Found& one) { return one.spot.weight; });
  std::vector<Spot> spots;
  for (auto& one : found) {
    if (spots.size() == kSpotsMax) break;
    spots.push_back(std::move(one.spot));
  }
  return spots;
}

}  // namespace batchwright::vision

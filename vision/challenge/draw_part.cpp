#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "vision/challenge/part_style.h"

namespace batchwright::vision::challenge {

namespace {

constexpr int kShift = 4;  // OpenCV draws to 1/16 pixel

cv::Point fixed_point(const cv::Point2d& px) {
  return {static_cast<int>(std::lround(px.x * (1 << kShift))),
          static_cast<int>(std::lround(px.y * (1 << kShift)))};
}

std::vector<cv::Point> polygon(const std::vector<cv::Point2d>& px) {
  std::vector<cv::Point> points;
  for (const auto& at : px) points.push_back(fixed_point(at));
  return points;
}

// The outline of a mark in pixels.
std::vector<cv::Point2d> outline_of(const Mark& mark, const cv::Point2d& at) {
  const double w = mark.size.width * kDraw_px_per_mm / 2,
               h = mark.size.height * kDraw_px_per_mm / 2;
  std::vector<cv::Point2d> points;
  if (mark.form == Mark::Form::kArrow) {
    // Points to the right.
    for (const auto& [x, y] : {std::pair(-1.0, -0.35),
                               {0.2, -0.35},
                               {0.2, -1.0},
                               {1.0, 0.0},
                               {0.2, 1.0},
                               {0.2, 0.35},
                               {-1.0, 0.35}})
      points.emplace_back(at.x + x * w, at.y + y * h);
    return points;
  }
  const bool round = mark.form == Mark::Form::kEllipse || mark.form == Mark::Form::kRing;
  const double r = std::min({mark.radius_mm * kDraw_px_per_mm, w, h});
  for (int i = 0; i < 64; ++i) {
    const double turn = 2 * std::numbers::pi * (i + 0.5) / 64;
    const double c = std::cos(turn), s = std::sin(turn);
    if (round)
      points.emplace_back(at.x + w * c, at.y + h * s);
    else
      points.emplace_back(at.x + std::copysign(w - r, c) + r * c,
                          at.y + std::copysign(h - r, s) + r * s);
  }
  return points;
}

void draw(cv::Mat& picture, const Mark& mark, const cv::Point2d& middle, const cv::Scalar& colour) {
  const cv::Point2d at = middle + mark.at * kDraw_px_per_mm;
  if (mark.form == Mark::Form::kText) {
    const double scale = mark.size.height * kDraw_px_per_mm / 22;
    const int thickness = std::max(1, static_cast<int>(std::lround(mark.size.height * 0.45)));
    int below = 0;
    const auto size =
        cv::getTextSize(mark.text, cv::FONT_HERSHEY_SIMPLEX, scale, thickness, &below);
    cv::putText(picture, mark.text,
                {static_cast<int>(at.x) - size.width / 2, static_cast<int>(at.y) + size.height / 2},
                cv::FONT_HERSHEY_SIMPLEX, scale, colour, thickness, cv::LINE_AA);
    return;
  }
  if (mark.form == Mark::Form::kPath) {
    std::vector<cv::Point2d> points;
    for (const auto& point : mark.path) points.push_back(at + point * kDraw_px_per_mm);
    cv::polylines(picture, std::vector<std::vector<cv::Point>>{polygon(points)}, false, colour,
                  std::max(1, static_cast<int>(std::lround(mark.size.height * kDraw_px_per_mm))),
                  cv::LINE_AA, kShift);
    return;
  }
  const std::vector<std::vector<cv::Point>> outline{polygon(outline_of(mark, at))};
  if (mark.form == Mark::Form::kRing)
    cv::polylines(picture, outline, true, colour,
                  std::max(1, static_cast<int>(mark.radius_mm * kDraw_px_per_mm)), cv::LINE_AA,
                  kShift);
  else
    cv::fillPoly(picture, outline, colour, cv::LINE_AA, kShift);
}

void fold(cv::Mat& bgr, const cv::Mat& cover, int count, Dice& dice) {
  cv::Mat relief = cv::Mat::zeros(bgr.size(), CV_32F);
  for (int i = 0; i < count; ++i) {
    const cv::Point from(dice.whole(0, bgr.cols), dice.whole(0, bgr.rows));
    const double turn = dice.between(0, 2 * std::numbers::pi);
    const double length = dice.between(20, 60) * kDraw_px_per_mm;
    const cv::Point to(from.x + static_cast<int>(length * std::cos(turn)),
                       from.y + static_cast<int>(length * std::sin(turn)));
    cv::line(relief, from, to, cv::Scalar(dice.between(-14, 14)), 7);
  }
  cv::GaussianBlur(relief, relief, {}, 4);
  cv::Mat three;
  cv::merge(std::vector<cv::Mat>{relief, relief, relief}, three);
  cv::Mat folded;
  cv::add(bgr, three, folded, cv::noArray(), CV_8U);
  folded.copyTo(bgr, cover > 128);
}

// A colour of the same article from another batch.
cv::Scalar piece_colour(const cv::Scalar& bgr, double share, Dice& dice) {
  const double tone = 1 + share * dice.between(-1, 1);
  cv::Scalar result;
  for (int c = 0; c < 3; ++c)
    result[c] = std::clamp(bgr[c] * tone + dice.between(-2, 2), 0.0, 255.0);
  return result;
}

}  // namespace

DrawnPart draw_part(const PartStyle& style, Dice& dice) {
  const double side = std::hypot(style.size_mm.width, style.size_mm.height) + 6;
  const int px = static_cast<int>(std::ceil(side * kDraw_px_per_mm));
  DrawnPart part{cv::Mat(px, px, CV_8UC3, cv::Scalar::all(128)), cv::Mat::zeros(px, px, CV_8U),
                 cv::Mat::zeros(px, px, CV_8U)};
  const cv::Point2d middle((px - 1) / 2.0, (px - 1) / 2.0);
  const double body_tone = 0.03;
  const cv::Point2d print_off(dice.between(-0.35, 0.35), dice.between(-0.35, 0.35));
  for (const auto& mark : style.marks) {
    Mark piece = mark;
    if (!mark.solid) piece.at += print_off;
    draw(part.bgr, piece, middle, piece_colour(mark.bgr, mark.solid ? body_tone : 0.06, dice));
    if (!mark.solid) continue;
    draw(part.cover, piece, middle, cv::Scalar(255));
    draw(part.height, piece, middle, cv::Scalar(255));
  }
  if (style.folds > 0) fold(part.bgr, part.cover, style.folds, dice);
  cv::GaussianBlur(part.height, part.height, {}, 3);
  return part;
}

}  // namespace batchwright::vision::challenge

#include "vision/challenge/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision::challenge {

namespace {

constexpr std::uint64_t kLightSeed = 30'001;
constexpr int kFiner = 2;  // drawn twice as large, then averaged
constexpr int kShift = 4;  // sub-pixel bits of OpenCV's outlines

cv::Scalar scalar(const Colour& colour) {
  return {std::clamp(colour[0], 0.0, 1.0) * 255, std::clamp(colour[1], 0.0, 1.0) * 255,
          std::clamp(colour[2], 0.0, 1.0) * 255};
}

void side(Light& light, Dice& dice) {
  light.slope_x = dice.between(0.25, 0.55) * (dice.chance(0.5) ? 1 : -1);
  light.slope_y = dice.between(-0.25, 0.25);
}

}  // namespace

Light light_number(int number) {
  constexpr std::array kFamilies{"even", "dark_room", "bright", "side", "cast", "glare"};
  auto dice = Dice::of_case(kLightSeed, static_cast<std::uint64_t>(number % kLights));
  Light light;
  light.family = kFamilies[static_cast<std::size_t>(number) % kFamilies.size()];
  double level = dice.between(0.55, 0.75);
  if (light.family == "dark_room") level = dice.between(0.16, 0.3);
  if (light.family == "bright") level = dice.between(0.85, 1.0);
  light.slope_x = dice.between(-0.1, 0.1);
  light.slope_y = dice.between(-0.1, 0.1);
  if (light.family == "side") side(light, dice);
  light.lamp = light.family == "glare";
  light.colour = {level, level, level};
  const double cast = light.family == "cast" ? 0.35 : 0.06;
  const double warm = dice.between(-cast, cast);
  light.colour[0] *= 1 - std::max(0.0, warm);
  light.colour[2] *= 1 + std::min(0.0, warm);
  light.colour[1] *= 1 - dice.between(0, cast / 4);
  return light;
}

cv::Matx33d nudged(cv::Size frame, Dice& dice) {
  const double cx = frame.width / 2.0, cy = frame.height / 2.0;
  const double turn = dice.between(-1, 1) * std::numbers::pi / 180;
  const double grown = 1 + dice.between(-0.015, 0.015);
  const double dx = dice.between(-4, 4), dy = dice.between(-4, 4);
  const cv::Matx33d to_middle(1, 0, -cx, 0, 1, -cy, 0, 0, 1);
  const cv::Matx33d back(1, 0, cx + dx, 0, 1, cy + dy, 0, 0, 1);
  const double c = grown * std::cos(turn), s = grown * std::sin(turn);
  // The last row: a tilt of about three degrees before a lens of usual width.
  const double tilt = 0.05 / frame.width;
  const cv::Matx33d moved(c, -s, 0, s, c, 0, dice.between(-tilt, tilt), dice.between(-tilt, tilt),
                          1);
  return back * moved * to_middle;
}

Sheet::Sheet(cv::Size frame, const cv::Matx33d& to_frame, const Colour& reflects)
    : frame_(frame),
      to_frame_(to_frame),
      reflects_(frame * kFiner, CV_8UC3, scalar(reflects)),
      emits_(frame * kFiner, CV_8UC3, cv::Scalar::all(0)) {}

cv::Point2d Sheet::in_frame(cv::Point2d plane) const {
  const cv::Vec3d at = to_frame_ * cv::Vec3d(plane.x, plane.y, 1);
  return {at[0] / at[2], at[1] / at[2]};
}

std::vector<cv::Point> Sheet::drawn(const Outline& outline) const {
  std::vector<cv::Point> points;
  constexpr double kScale = kFiner * (1 << kShift);
  for (const auto& point : outline) {
    const auto at = in_frame(point);
    // A pixel's middle is half a pixel from its corner, in both sizes.
    points.emplace_back(static_cast<int>(std::lround(at.x * kScale + (kFiner - 1) * 8)),
                        static_cast<int>(std::lround(at.y * kScale + (kFiner - 1) * 8)));
  }
  return points;
}

void Sheet::paint(const Outline& outline, const Colour& reflects) {
  cv::fillPoly(reflects_, std::vector{drawn(outline)}, scalar(reflects), cv::LINE_AA, kShift);
  cv::fillPoly(emits_, std::vector{drawn(outline)}, cv::Scalar::all(0), cv::LINE_AA, kShift);
}

void Sheet::light(const Outline& outline, const Colour& emits) {
  cv::fillPoly(emits_, std::vector{drawn(outline)}, scalar(emits), cv::LINE_AA, kShift);
}

void Sheet::tint(const Outline& outline, const Colour& share) {
  cv::Mat mask(reflects_.size(), CV_8UC3, cv::Scalar::all(255));
  cv::fillPoly(mask, std::vector{drawn(outline)}, scalar(share), cv::LINE_AA, kShift);
  if (soft_px_ > 0) cv::GaussianBlur(mask, mask, {}, soft_px_ * kFiner);
  cv::multiply(reflects_, mask, reflects_, 1.0 / 255);
}

cv::Mat Sheet::under(const Light& light) const {
  cv::Mat reflects, emits;
  cv::resize(reflects_, reflects, frame_, 0, 0, cv::INTER_AREA);
  cv::resize(emits_, emits, frame_, 0, 0, cv::INTER_AREA);
  for (int y = 0; y < reflects.rows; ++y) {
    auto* row = reflects.ptr<cv::Vec3b>(y);
    const auto* own = emits.ptr<cv::Vec3b>(y);
    const double along_y = light.slope_y * (2.0 * y / reflects.rows - 1);
    for (int x = 0; x < reflects.cols; ++x) {
      const double level = 1 + along_y + light.slope_x * (2.0 * x / reflects.cols - 1);
      for (int c = 0; c < 3; ++c)
        row[x][c] =
            cv::saturate_cast<std::uint8_t>(row[x][c] * level * light.colour[c] + own[x][c]);
    }
  }
  return reflects;
}

Outline bar(cv::Point2d from, cv::Point2d to, double width) {
  const cv::Point2d along = to - from;
  const double length = std::max(1e-9, std::hypot(along.x, along.y));
  const cv::Point2d across(-along.y / length * width / 2, along.x / length * width / 2);
  return {from + across, to + across, to - across, from - across};
}

Outline ellipse(cv::Point2d centre, double radius_x, double radius_y) {
  Outline outline;
  constexpr int kCorners = 32;
  for (int i = 0; i < kCorners; ++i) {
    const double at = 2 * std::numbers::pi * i / kCorners;
    outline.emplace_back(centre.x + radius_x * std::cos(at), centre.y + radius_y * std::sin(at));
  }
  return outline;
}

Outline rectangle(double x, double y, double width, double height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

Frame frame_of_picture(const cv::Mat& bgr) {
  Frame frame{PixelFormat::kBgr, bgr.cols, bgr.rows, static_cast<std::size_t>(bgr.cols) * 3, {}};
  frame.bytes.resize(frame.stride * static_cast<std::size_t>(bgr.rows));
  for (int y = 0; y < bgr.rows; ++y)
    std::memcpy(frame.bytes.data() + static_cast<std::size_t>(y) * frame.stride, bgr.ptr(y),
                frame.stride);
  return frame;
}

}  // namespace batchwright::vision::challenge

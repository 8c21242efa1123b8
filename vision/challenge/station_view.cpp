#include "vision/challenge/station_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/aruco.hpp>
#include <opencv2/imgproc.hpp>

#include "vision/challenge/part_style.h"

namespace batchwright::vision::challenge {

namespace {

constexpr double kRadian = CV_PI / 180;

cv::Matx33d turn(double x, double y, double z) {
  const double cx = std::cos(x), sx = std::sin(x), cy = std::cos(y), sy = std::sin(y);
  const double cz = std::cos(z), sz = std::sin(z);
  return cv::Matx33d(cz, -sz, 0, sz, cz, 0, 0, 0, 1) * cv::Matx33d(cy, 0, sy, 0, 1, 0, -sy, 0, cy) *
         cv::Matx33d(1, 0, 0, 0, cx, -sx, 0, sx, cx);
}

bool all_in_view(const cv::Matx33d& map, cv::Size board, cv::Size frame) {
  for (const auto& [x, y] : {std::pair(0, 0), {1, 0}, {1, 1}, {0, 1}}) {
    const cv::Vec3d at = map * cv::Vec3d(x * board.width, y * board.height, 1);
    const double px = at[0] / at[2], py = at[1] / at[2];
    if (px < 8 || py < 8 || px > frame.width - 8 || py > frame.height - 8) return false;
  }
  return true;
}

// A pinhole camera, 1.2 frame widths of focal length, in front of the board's middle.
cv::Matx33d pose(Dice& dice, cv::Size board, cv::Size frame) {
  const double focal = 1.2 * frame.width;
  const auto turned = turn(dice.between(-11, 11) * kRadian, dice.between(-11, 11) * kRadian,
                           dice.between(-7, 7) * kRadian);
  double away = focal *
                std::max(static_cast<double>(board.width) / frame.width,
                         static_cast<double>(board.height) / frame.height) /
                dice.between(0.88, 0.96);
  const double dx = dice.between(-0.02, 0.02), dy = dice.between(-0.02, 0.02);
  cv::Matx33d map;
  for (int tries = 0; tries < 60; ++tries, away *= 1.02) {
    const cv::Matx33d camera(focal, 0, frame.width * (0.5 + dx), 0, focal,
                             frame.height * (0.5 + dy), 0, 0, 1);
    const cv::Matx33d plane(turned(0, 0), turned(0, 1), 0, turned(1, 0), turned(1, 1), 0,
                            turned(2, 0), turned(2, 1), away);
    map =
        camera * plane * cv::Matx33d(1, 0, -board.width / 2.0, 0, 1, -board.height / 2.0, 0, 0, 1);
    if (all_in_view(map, board, frame)) break;
  }
  return map;
}

// A table top: a colour, slow clouds and some edges of what else lies there.
cv::Mat table(const Shot& shot, Dice& dice) {
  cv::Mat clouds(6, 8, CV_8UC3);
  for (auto& pixel : cv::Mat_<cv::Vec3b>(clouds))
    for (int c = 0; c < 3; ++c)
      pixel[c] = cv::saturate_cast<std::uint8_t>(shot.table[c] + dice.between(-14, 14));
  cv::Mat picture;
  cv::resize(clouds, picture, shot.size, 0, 0, cv::INTER_LINEAR);
  const int things = dice.whole(0, 4);
  for (int i = 0; i < things; ++i) {
    const cv::Point at(dice.whole(0, shot.size.width), dice.whole(0, shot.size.height));
    cv::rectangle(picture, {at.x, at.y, dice.whole(20, 300), dice.whole(20, 300)}, any_colour(dice),
                  cv::FILLED);
  }
  return picture;
}

}  // namespace

cv::Mat draw_tag(std::string_view dictionary, int id, int side_px) {
  const auto known = cv::aruco::getPredefinedDictionary(
      dictionary == "aruco_4x4_50" ? cv::aruco::DICT_4X4_50 : cv::aruco::DICT_APRILTAG_36h11);
  cv::Mat square;
  cv::aruco::drawMarker(known, id, side_px, square, 1);
  const int paper = std::max(2, side_px / 6);
  cv::copyMakeBorder(square, square, paper, paper, paper, paper, cv::BORDER_CONSTANT,
                     cv::Scalar(255));
  // Print is neither black nor white.
  square.convertTo(square, CV_8U, 205.0 / 255, 30);
  cv::cvtColor(square, square, cv::COLOR_GRAY2BGR);
  return square;
}

void stick_tags(cv::Mat& board, const Station& station) {
  for (const auto& tag : station.tags) {
    const int side = static_cast<int>(std::lround(tag.side_mm * kDraw_px_per_mm));
    const cv::Mat picture = draw_tag(station.dictionary, tag.id, side);
    const int paper = (picture.cols - side) / 2;
    const cv::Rect at(
        static_cast<int>(std::lround((tag.x_mm - tag.side_mm / 2) * kDraw_px_per_mm)) - paper,
        static_cast<int>(std::lround((tag.y_mm - tag.side_mm / 2) * kDraw_px_per_mm)) - paper,
        picture.cols, picture.rows);
    const cv::Rect there = at & cv::Rect({0, 0}, board.size());
    picture(there - at.tl()).copyTo(board(there));
  }
}

Shot Shot::any(Dice& dice, const cv::Mat& board) {
  Shot shot;
  shot.to_frame = pose(dice, board.size(), shot.size);
  const double tone = dice.between(0.85, 1.05);
  for (int c = 0; c < 3; ++c) shot.tint[c] = tone * dice.between(0.94, 1.06);
  shot.slope = {dice.between(-0.2, 0.2), dice.between(-0.2, 0.2)};
  if (dice.chance(0.4)) shot.shadow_depth = dice.between(0.1, 0.3);
  shot.shadow_at = dice.between(-0.6, 0.6);
  shot.shadow_deg = dice.between(0, 360);
  shot.shadow_soft_px = dice.between(30, 90);
  shot.lamp_deg = dice.between(0, 360);
  shot.camera = CameraModel::inside_the_gate(dice);
  const auto level = cv::mean(board);
  const double brightest = std::max({level[0], level[1], level[2]}) * tone * 1.25;
  shot.camera.exposure_ev = std::min(shot.camera.exposure_ev, std::log2(240 / brightest));
  shot.table = any_colour(dice);
  return shot;
}

cv::Mat in_view(const cv::Mat& board, const Shot& shot, Dice& dice) {
  cv::Mat picture = table(shot, dice);
  cv::warpPerspective(board, picture, shot.to_frame, shot.size, cv::INTER_LINEAR,
                      cv::BORDER_TRANSPARENT);
  return picture;
}

cv::Mat expose(const cv::Mat& view, const Shot& shot, Dice& dice) {
  constexpr int kCoarse = 8;
  cv::Mat light(shot.size.height / kCoarse, shot.size.width / kCoarse, CV_32FC3);
  const double c = std::cos(shot.shadow_deg * kRadian), s = std::sin(shot.shadow_deg * kRadian);
  for (int y = 0; y < light.rows; ++y)
    for (int x = 0; x < light.cols; ++x) {
      const double u = 2.0 * (x + 0.5) / light.cols - 1, v = 2.0 * (y + 0.5) / light.rows - 1;
      const double across = (c * u + s * v - shot.shadow_at) * shot.size.width / 2;
      const double share = 1 / (1 + std::exp(-across / (shot.shadow_soft_px / 4)));
      const double level =
          (1 + shot.slope.x * u + shot.slope.y * v) * (1 - shot.shadow_depth * share);
      for (int i = 0; i < 3; ++i)
        light.at<cv::Vec3f>(y, x)[i] = static_cast<float>(level * shot.tint[i]);
    }
  cv::resize(light, light, shot.size, 0, 0, cv::INTER_LINEAR);
  cv::Mat lit_view;
  cv::multiply(view, light, lit_view, 1, CV_8U);
  return photograph(lit_view, shot.camera, dice);
}

cv::Mat take(const cv::Mat& board, const Shot& shot, Dice& dice) {
  return expose(in_view(board, shot, dice), shot, dice);
}

void cover_by_hand(cv::Mat& view, cv::Point2d finger, Dice& dice) {
  constexpr std::array<std::array<int, 3>, 4> kGloves{
      {{190, 120, 50}, {225, 225, 220}, {130, 160, 205}, {150, 90, 110}}};
  const auto& glove = dice.one_of(kGloves);
  const cv::Scalar colour(glove[0], glove[1], glove[2]);
  const cv::Scalar dark = colour * 0.72;
  // From the nearest border, and always across it.
  const double turn = dice.between(0, 360) * kRadian;
  const cv::Point2d way(std::cos(turn), std::sin(turn)), side(-way.y, way.x);
  const double size = dice.between(70, 110);
  const cv::Point2d palm = finger + way * size * 1.3;
  const cv::Point2d far = palm + way * 3000;
  const auto at = [](const cv::Point2d& p) {
    return cv::Point(static_cast<int>(p.x), static_cast<int>(p.y));
  };
  cv::line(view, at(palm), at(far), dark, static_cast<int>(size * 1.15), cv::LINE_AA);
  cv::circle(view, at(palm), static_cast<int>(size * 0.75), colour, cv::FILLED, cv::LINE_AA);
  for (int i = -1; i <= 2; ++i) {
    const cv::Point2d root = palm + side * (i - 0.5) * size * 0.36;
    const cv::Point2d tip = finger + side * (i - 0.5) * size * 0.5 + way * std::abs(i) * 12.0;
    cv::line(view, at(root), at(tip), dark, static_cast<int>(size * 0.36), cv::LINE_AA);
    cv::line(view, at(root), at(tip), colour, static_cast<int>(size * 0.3), cv::LINE_AA);
  }
}

Frame frame_of(const cv::Mat& bgr) {
  const cv::Mat whole = bgr.isContinuous() ? bgr : bgr.clone();
  return {PixelFormat::kBgr, whole.cols, whole.rows, whole.step,
          std::vector<std::uint8_t>(whole.data, whole.data + whole.total() * 3)};
}

}  // namespace batchwright::vision::challenge

#include "vision/challenge/clearance_scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/challenge/part_style.h"
#include "vision/challenge/station_view.h"
#include "vision/engine/teach_station.h"

namespace batchwright::vision::challenge {

namespace {

constexpr double kWidth_mm = 420, kHeight_mm = 300, kPlane_px_per_mm = 2;
constexpr double kSmallest_mm = 20 / kPlane_px_per_mm;

cv::Rect px_of(const cv::Rect2d& mm) {
  return {static_cast<int>(mm.x * kDraw_px_per_mm), static_cast<int>(mm.y * kDraw_px_per_mm),
          static_cast<int>(mm.width * kDraw_px_per_mm),
          static_cast<int>(mm.height * kDraw_px_per_mm)};
}

// The colour of a leftover: any, or pale against what lies under it.
cv::Scalar colour_on(const cv::Scalar& under, Dice& dice, double& contrast) {
  cv::Scalar colour;
  if (dice.chance(0.5)) {
    const double change = dice.between(40, 60) * (under[1] > 128 ? -1 : 1);
    for (int c = 0; c < 3; ++c) colour[c] = under[c] + change;
  } else {
    for (int tries = 0; tries < 100; ++tries) {
      colour = any_colour(dice);
      if (cv::norm(colour - under, cv::NORM_INF) >= 40) break;
    }
  }
  contrast = cv::norm(colour - under, cv::NORM_INF);
  return colour;
}

// A tablet, a strip, a cap, a scrap: its outline in pixels of the board.
std::vector<cv::Point> outline(const cv::Point2d& at, double width, double height, double deg,
                               int corners) {
  std::vector<cv::Point> points;
  const double c = std::cos(deg * CV_PI / 180), s = std::sin(deg * CV_PI / 180);
  for (int i = 0; i < corners; ++i) {
    const double turn = 2 * CV_PI * (i + 0.5) / corners;
    // A square's corners lie on its sides' ends.
    const double reach = corners == 4 ? std::sqrt(2.0) : 1;
    const double x = reach * width / 2 * std::cos(turn), y = reach * height / 2 * std::sin(turn);
    points.emplace_back(static_cast<int>(std::lround(at.x + c * x - s * y)),
                        static_cast<int>(std::lround(at.y + s * x + c * y)));
  }
  return points;
}

void drop(cv::Mat& board, const Bench& bench, double lamp_deg, BenchScene& scene, Dice& dice) {
  const auto& region = bench.regions[static_cast<std::size_t>(
      dice.whole(0, static_cast<int>(bench.regions.size()) - 1))];
  const double width = dice.between(kSmallest_mm, 40), height = dice.between(kSmallest_mm, 40);
  const double reach = std::max(width, height);
  const auto mm = [](int px) { return px / kPlane_px_per_mm; };
  const cv::Point2d at(
      dice.between(mm(region.box.x) + reach, mm(region.box.x + region.box.width) - reach),
      dice.between(mm(region.box.y) + reach, mm(region.box.y + region.box.height) - reach));
  const int px = static_cast<int>(reach * kPlane_px_per_mm);
  scene.leftover = {static_cast<int>(at.x * kPlane_px_per_mm) - px / 2,
                    static_cast<int>(at.y * kPlane_px_per_mm) - px / 2, px, px};
  const cv::Point2d middle = at * kDraw_px_per_mm;
  const auto under = cv::mean(board(px_of({at.x - width / 2, at.y - height / 2, width, height}) &
                                    cv::Rect({0, 0}, board.size())));
  const auto colour = colour_on(under, dice, scene.contrast);
  constexpr std::array kCorners{4, 32, 6};
  const int corners = dice.one_of(kCorners);
  const auto points = outline(middle, width * kDraw_px_per_mm, height * kDraw_px_per_mm,
                              dice.between(0, 90), corners);
  // Its shadow, a little beside.
  cv::Mat shade = cv::Mat::zeros(board.size(), CV_8U);
  const cv::Point beside(static_cast<int>(4 * std::cos(lamp_deg * CV_PI / 180)),
                         static_cast<int>(4 * std::sin(lamp_deg * CV_PI / 180)));
  auto shadow = points;
  for (auto& point : shadow) point += beside;
  cv::fillPoly(shade, std::vector<std::vector<cv::Point>>{shadow}, cv::Scalar(255));
  const cv::Rect around = (cv::boundingRect(shadow) + cv::Size(40, 40) - cv::Point(20, 20)) &
                          cv::Rect({0, 0}, board.size());
  cv::Mat soft, three, part = board(around);
  cv::GaussianBlur(shade(around), soft, {}, 3);
  soft.convertTo(soft, CV_32F, -0.25 / 255, 1);
  cv::merge(std::vector<cv::Mat>{soft, soft, soft}, three);
  cv::multiply(part, three, part, 1, CV_8U);
  cv::fillPoly(board, std::vector<std::vector<cv::Point>>{points}, colour, cv::LINE_AA);
}

cv::Mat bench_top(const cv::Scalar& colour, Dice& dice) {
  cv::Mat grain(static_cast<int>(kHeight_mm * kDraw_px_per_mm) / 4,
                static_cast<int>(kWidth_mm * kDraw_px_per_mm) / 4, CV_8UC3);
  for (auto& pixel : cv::Mat_<cv::Vec3b>(grain)) {
    const double level = dice.between(-5, 5);
    for (int c = 0; c < 3; ++c) pixel[c] = cv::saturate_cast<std::uint8_t>(colour[c] + level);
  }
  cv::Mat board;
  cv::resize(grain, board, {}, 4, 4, cv::INTER_CUBIC);
  // Joints of the top, and things that always stand here.
  for (int i = dice.whole(0, 3); i > 0; --i) {
    const int at = dice.whole(0, board.cols);
    cv::line(board, {at, 0}, {at, board.rows}, colour * 0.75, 3, cv::LINE_AA);
  }
  for (int i = dice.whole(1, 4); i > 0; --i) {
    const cv::Point2d at(dice.between(60, kWidth_mm - 60), dice.between(60, kHeight_mm - 60));
    const double width = dice.between(20, 60), height = dice.between(20, 60);
    cv::rectangle(board, px_of({at.x - width / 2, at.y - height / 2, width, height}),
                  any_colour(dice), cv::FILLED);
  }
  return board;
}

}  // namespace

const char* to_string(BenchCase kind) {
  constexpr std::array kNames{"clear", "leftover", "hand"};
  return kNames[static_cast<std::size_t>(kind)];
}

Bench any_bench(Dice& dice) {
  Bench bench;
  bench.station = {"apriltag_36h11", kWidth_mm, kHeight_mm, kPlane_px_per_mm, 3, {}};
  int id = 30;
  for (const auto& [x, y] : {std::pair(20.0, 20.0),
                             {kWidth_mm - 20, 20.0},
                             {kWidth_mm - 20, kHeight_mm - 20},
                             {20.0, kHeight_mm - 20}})
    bench.station.tags.push_back({id++, x, y, 24});
  for (int c = 0; c < 3; ++c) bench.colour[c] = 0;
  const double level = dice.between(80, 205);
  for (int c = 0; c < 3; ++c) bench.colour[c] = level + dice.between(-18, 18);
  bench.board = bench_top(bench.colour, dice);
  stick_tags(bench.board, bench.station);
  // Left and right between the tags, and the strip in the middle.
  bench.regions = {{"left", {{"en", "Left"}}, {80, 90, 240, 420}},
                   {"middle", {{"en", "Middle"}}, {320, 20, 200, 560}},
                   {"right", {{"en", "Right"}}, {520, 90, 240, 420}}};
  return bench;
}

Result<Check> teach(const Bench& bench, Dice& dice) {
  Check check;
  check.id = "clearance";
  check.version = "1";
  check.title = {{"en", "Line clearance"}};
  check.camera = "CAM-A";
  check.station = bench.station;
  check.regions = bench.regions;
  check.rule = ClearanceCheck{};
  std::vector<Frame> frames;
  for (int i = 0; i < 4; ++i) {
    auto shot = Shot::any(dice, bench.board);
    shot.camera.exposure_ev = std::min(shot.camera.exposure_ev, -0.3);
    frames.push_back(frame_of(take(bench.board, shot, dice)));
  }
  return teach_clearance(std::move(check), frames);
}

BenchScene bench_scene(const Bench& bench, BenchCase kind, Dice& dice) {
  BenchScene scene;
  scene.kind = kind;
  cv::Mat board = bench.board.clone();
  const auto shot = Shot::any(dice, board);
  if (kind == BenchCase::kLeftover) drop(board, bench, shot.lamp_deg, scene, dice);
  cv::Mat view = in_view(board, shot, dice);
  if (kind == BenchCase::kHand)
    cover_by_hand(view, {dice.between(400, 880), dice.between(300, 660)}, dice);
  scene.frame = frame_of(expose(view, shot, dice));
  return scene;
}

}  // namespace batchwright::vision::challenge

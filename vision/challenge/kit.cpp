#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/challenge/kit_scene.h"
#include "vision/challenge/station_view.h"

namespace batchwright::vision::challenge {

namespace {

// A lacquered sheet: a colour, fine grain and a few scratches, the same in every picture of it.
cv::Mat sheet(cv::Size px, const cv::Scalar& colour, Dice& dice) {
  cv::Mat grain(px.height / 4, px.width / 4, CV_8UC3);
  for (auto& pixel : cv::Mat_<cv::Vec3b>(grain)) {
    const double level = dice.between(-5, 5);
    for (int c = 0; c < 3; ++c) pixel[c] = cv::saturate_cast<std::uint8_t>(colour[c] + level);
  }
  cv::Mat board;
  cv::resize(grain, board, px, 0, 0, cv::INTER_CUBIC);
  for (int i = 0; i < 12; ++i) {
    const cv::Point from(dice.whole(0, px.width), dice.whole(0, px.height));
    const cv::Point to(from.x + dice.whole(-90, 90), from.y + dice.whole(-90, 90));
    cv::line(board, from, to, colour * dice.between(0.88, 1.12), 1, cv::LINE_AA);
  }
  return board;
}

void outline_slot(cv::Mat& board, const KitSlot& slot, const cv::Scalar& colour) {
  const cv::Rect box(static_cast<int>(slot.box_mm.x * kDraw_px_per_mm),
                     static_cast<int>(slot.box_mm.y * kDraw_px_per_mm),
                     static_cast<int>(slot.box_mm.width * kDraw_px_per_mm),
                     static_cast<int>(slot.box_mm.height * kDraw_px_per_mm));
  cv::rectangle(board, box, colour * 0.9, cv::FILLED);
  cv::rectangle(board, box, colour * 0.7, 3);
}

Station station_of(double width_mm, double height_mm, double px_per_mm) {
  Station station{"apriltag_36h11", width_mm, height_mm, px_per_mm, 3, {}};
  int id = 20;
  for (const auto& [x, y] : {std::pair(20.0, 20.0),
                             {width_mm - 20, 20.0},
                             {width_mm - 20, height_mm - 20},
                             {20.0, height_mm - 20}})
    station.tags.push_back({id++, x, y, 24});
  return station;
}

void finish(Kit& kit, Dice& dice) {
  const cv::Size px(static_cast<int>(kit.station.width_mm * kDraw_px_per_mm),
                    static_cast<int>(kit.station.height_mm * kDraw_px_per_mm));
  kit.board = sheet(px, kit.board_colour, dice);
  for (const auto& slot : kit.slots) outline_slot(kit.board, slot, kit.board_colour);
  stick_tags(kit.board, kit.station);
}

cv::Scalar board_colour(Dice& dice) {
  constexpr std::array<std::array<int, 3>, 6> kBoards{{{150, 138, 128},
                                                       {176, 186, 190},
                                                       {96, 92, 88},
                                                       {150, 160, 140},
                                                       {120, 96, 70},
                                                       {205, 206, 204}}};
  const auto& board = dice.one_of(kBoards);
  cv::Scalar colour(board[0], board[1], board[2]);
  for (int c = 0; c < 3; ++c) colour[c] += dice.between(-8, 8);
  return colour;
}

}  // namespace

const char* to_string(KitCase kind) {
  constexpr std::array kNames{"good",      "swapped",      "missing", "extra", "turned",
                              "neighbour", "wrong_colour", "moved",   "hand"};
  return kNames[static_cast<std::size_t>(kind)];
}

Kit filter_kit() {
  Kit kit;
  kit.station = station_of(440, 300, 2);
  kit.board_colour = {128, 118, 108};
  kit.styles = {tubing_style(), gauge_style(), filter_style(), bag_style()};
  kit.slots = {{"tubing", {52, 40, 114, 92}, 0},
               {"gauge", {182, 40, 82, 92}, 1},
               {"filter", {280, 46, 126, 78}, 2},
               {"bag-1", {40, 148, 172, 104}, 3},
               {"bag-2", {226, 148, 172, 104}, 3}};
  Dice dice(20'230'614);
  finish(kit, dice);
  return kit;
}

Kit any_kit(Dice& dice) {
  Kit kit;
  kit.station = station_of(380, 280, 2);
  kit.board_colour = board_colour(dice);
  const int count = dice.whole(4, 6);
  for (int i = 0; i < count; ++i) {
    const std::string id = "slot-" + std::to_string(i + 1);
    kit.slots.push_back({id,
                         {44.0 + 102 * (i % 3) + dice.between(-3, 3),
                          48.0 + 96 * (i / 3) + dice.between(-3, 3), 92, 78},
                         static_cast<std::size_t>(i)});
    kit.styles.push_back(any_style(dice, kit.board_colour, "part-" + std::to_string(i + 1)));
  }
  finish(kit, dice);
  return kit;
}

}  // namespace batchwright::vision::challenge

// Requirement E1, E7: stations are known by their tags; what can't be placed surely isn't judged.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

#include "vision/challenge/kit_scene.h"
#include "vision/challenge/station_campaigns.h"
#include "vision/challenge/station_view.h"
#include "vision/engine/internal/plane.h"
#include "vision/engine/read_tags.h"

namespace batchwright::vision {
namespace {

using namespace challenge;

cv::Mat board_with(const Station& station) {
  cv::Mat board(static_cast<int>(station.height_mm * kDraw_px_per_mm),
                static_cast<int>(station.width_mm * kDraw_px_per_mm), CV_8UC3,
                cv::Scalar(120, 130, 140));
  stick_tags(board, station);
  return board;
}

Station station() {
  return filter_kit().station;
}

TEST(Tags, RenderedTagsOfTwentyPixelsOrMoreAreReadAndNoOthers) {
  constexpr std::uint64_t kSeed = 20261123;
  int shown = 0, found = 0;
  for (int i = 0; i < 8; ++i) {
    const auto judged = judge_tag_case(kSeed, i);
    shown += judged.shown;
    found += judged.found;
    EXPECT_EQ(judged.wrong, 0) << "seed " << kSeed << ", case " << i;
  }
  EXPECT_GE(found, shown - 1) << "of " << shown << ", seed " << kSeed;
}

TEST(Tags, OnlyWantedIdsAreListed) {
  const auto frame = frame_of(board_with(station()));
  EXPECT_EQ(read_tags(frame, "apriltag_36h11").size(), 4U);
  const std::array wanted{21, 22};
  const auto tags = read_tags(frame, "apriltag_36h11", wanted);
  ASSERT_EQ(tags.size(), 2U);
  EXPECT_EQ(tags[0].id, 21);
  EXPECT_EQ(tags[1].id, 22);
  EXPECT_TRUE(read_tags(frame, "aruco_4x4_50").empty());
  EXPECT_TRUE(read_tags(frame, "no such dictionary").empty());
}

TEST(Plane, AFramePutOnItsPlaneShowsTheStationWhereItWasDrawn) {
  auto dice = Dice::of_case(7, 1);
  const cv::Mat board = board_with(station());
  const auto shot = Shot::any(dice, board);
  const auto plane = put_on_plane(in_view(board, shot, dice), station());
  ASSERT_TRUE(plane) << plane.error().message;
  EXPECT_EQ(ids_of(plane->tags), "20 21 22 23");
  cv::Mat drawn;
  cv::resize(board, drawn, plane->bgr.size(), 0, 0, cv::INTER_AREA);
  EXPECT_LT(cv::norm(drawn, plane->bgr, cv::NORM_L1) / static_cast<double>(drawn.total() * 3), 3);
}

TEST(Plane, ATagUnderAHandIsNoHarmAsLongAsEnoughAreSeen) {
  cv::Mat board = board_with(station());
  cv::circle(board, {60, 60}, 60, {90, 120, 200}, cv::FILLED);
  const auto plane = put_on_plane(board, station());
  ASSERT_TRUE(plane);
  EXPECT_EQ(ids_of(plane->tags), "21 22 23");
  cv::circle(board, {board.cols - 60, 60}, 60, {90, 120, 200}, cv::FILLED);
  const auto fewer = put_on_plane(board, station());
  ASSERT_FALSE(fewer);
  EXPECT_EQ(fewer.error().code, ErrorCode::kRefused);
  EXPECT_EQ(fewer.error().place, "22 23");
}

TEST(Plane, AMovedOrDoubledTagIsNotTheTaughtStation) {
  auto moved = station();
  moved.tags[2].x_mm -= 12;
  EXPECT_FALSE(put_on_plane(board_with(moved), station()));
  cv::Mat board = board_with(station());
  const cv::Mat second = draw_tag("apriltag_36h11", 20, 72);
  second.copyTo(board(cv::Rect({600, 400}, second.size())));
  EXPECT_FALSE(put_on_plane(board, station()));
}

TEST(Plane, AMirroredStationIsRefused) {
  cv::Mat mirrored;
  cv::flip(board_with(station()), mirrored, 1);
  EXPECT_FALSE(put_on_plane(mirrored, station()));
}

}  // namespace
}  // namespace batchwright::vision

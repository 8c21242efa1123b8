// Requirement E5: what is judged is what is stored, and people beside the bench are not in it.
#include "vision/engine/camera/mask.h"

#include <gtest/gtest.h>

#include "vision/challenge/sequence_cases.h"
#include "vision/engine/check_engine.h"
#include "vision/engine/internal/picture.h"

namespace batchwright::vision {
namespace {

Check looking_at(const std::vector<Box>& boxes) {
  Check check;
  for (const auto& box : boxes) check.regions.push_back({"r", {}, box});
  return check;
}

Frame white(int width, int height) {
  Frame frame{PixelFormat::kBgr, width, height, static_cast<std::size_t>(width) * 3, {}};
  frame.bytes.assign(frame.stride * static_cast<std::size_t>(height), 255);
  return frame;
}

TEST(Mask, KeepsTheRegionsAndTheirSurroundingsOnTheGrid) {
  const auto frame = white(640, 480);
  const auto part = kept_part(looking_at({{100, 120, 80, 40}, {200, 150, 60, 60}}), frame);
  // Around both: 100..260 x 120..210; an eighth of 160 wider: 80..280 x 100..230.
  EXPECT_EQ(part, cv::Rect(80, 96, 208, 144));
  const auto kept = masked(frame, *part);
  EXPECT_EQ(unmasked_part(bgr_of(kept)), *part);
  EXPECT_EQ(masked(kept, *part), kept);
  std::size_t white_bytes = 0;
  for (const auto byte : kept.bytes) white_bytes += byte == 255 ? 1 : 0;
  EXPECT_EQ(white_bytes, static_cast<std::size_t>(part->area()) * 3) << "all else is black";
}

TEST(Mask, ACheckThatLooksEverywhereKeepsEverything) {
  const auto frame = white(333, 111);
  const cv::Rect all(0, 0, 333, 111);
  EXPECT_EQ(kept_part(looking_at({}), frame), all);
  EXPECT_EQ(kept_part(looking_at({{0, 0, 333, 111}}), frame), all);
  EXPECT_EQ(kept_part(looking_at({{5000, 5000, 10, 10}}), frame), all) << "nothing is hidden";
  EXPECT_EQ(unmasked_part(bgr_of(frame)), all);
  EXPECT_EQ(unmasked_part(cv::Mat::zeros(111, 333, CV_8UC3)), all) << "a black picture";
}

TEST(Mask, OfAStationThatIsNotInSightNothingMayBeKept) {
  auto check = looking_at({});
  check.station = Station{"apriltag_36h11", 200, 100, 2, 2, {{0, 10, 10, 15}, {1, 190, 90, 15}}};
  EXPECT_FALSE(kept_part(check, white(640, 480)).has_value());
}

// A board of which only one device is watched, in the corner of a larger picture.
TEST(Mask, QualityIsThatOfWhatIsLookedAt) {
  challenge::Dice dice(4);
  const auto board = challenge::board_of(1, {96, 96}, dice);
  auto check = challenge::sequence_check(board, {false}, {{0, true}}, 4);
  const auto small = challenge::Clip(board, {false}, {}, {}, 5).frame(0);
  cv::Mat large = cv::Mat::zeros(720, 1280, CV_8UC3);
  bgr_of(small).copyTo(large(cv::Rect(0, 0, 96, 96)));
  auto frame = frame_of(large).value();
  const auto part = kept_part(check, frame);
  ASSERT_TRUE(part.has_value());
  EXPECT_LT(part->area(), 100 * 100);
  auto engine = CheckEngine::prepare(check).value();
  const auto quality = engine.judge(frame, {}, SystemClock()).quality;
  EXPECT_TRUE(quality.good) << to_string(quality.advice) << ": black is not the picture's fault";
  EXPECT_LT(quality.dark_share, 0.1);
}

}  // namespace
}  // namespace batchwright::vision

// Requirements E5, E9: a sequence watched through the worker's own camera. The frames it kept,
// judged again by anyone, give the same bits.
#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/imgcodecs.hpp>

#include "tests/support/process.h"
#include "vision/challenge/clip_scene.h"
#include "vision/engine/internal/picture.h"
#include "vision/worker.h"

namespace batchwright::vision {
namespace {

using challenge::Happening;

class LiveSequenceTest : public ::testing::Test {
 protected:
  // A clip of two levers, turned in this order.
  void record(const std::vector<int>& order) {
    challenge::Dice dice(31);
    const auto board = challenge::board_of(2, {240, 160}, dice);
    check_ = file_of(challenge::sequence_check(board, {false, false}, {{0, true}, {1, true}}, 8));
    std::vector<Happening> script;
    for (const int device : order) script.push_back({Happening::Kind::kAct, device, 0});
    const challenge::Clip clip(board, {false, false}, script, {.noise = 2}, 9);
    for (int i = 0; i < clip.frames(); ++i) {
      const auto name = "/" + std::to_string(1000 + i) + ".png";
      ASSERT_TRUE(cv::imwrite(folder_.path().string() + name, bgr_of(clip.frame(i))));
    }
    const auto source = camera_from_text("CAM-B=clip:" + folder_.path().string() + "@10");
    ASSERT_TRUE(worker_.open_cameras({source.value()}).front().open);
  }
  Look look(bool restart = false) {
    return worker_.look({.camera = "CAM-B", .check = check_, .restart = restart, .keep = true});
  }
  static std::string settled(const CheckResult& result) {
    std::string all;
    for (const auto& region : result.regions)
      all += region.code == "ok" || region.verdict == Verdict::kFail ? region.code + " " : ". ";
    return all;
  }

  test::TemporaryFolder folder_;
  SystemClock clock_;
  Worker worker_{{.program = test::program("batchwright-vision")}, clock_};
  std::string check_;
};

TEST_F(LiveSequenceTest, TheKeptFramesGiveTheSameResultAgain) {
  record({0, 1});
  std::vector<std::vector<std::uint8_t>> kept;
  Look last;
  for (int i = 0; i < 60; ++i) {
    const auto before = last.result ? settled(*last.result) : "";
    last = look(i == 0);
    ASSERT_TRUE(last.seen && last.kept) << last.reason;
    EXPECT_EQ(last.due_ms, 100);
    if (i == 2 || settled(*last.result) != before)
      kept.push_back(worker_.frame("CAM-B", last.number).value());
    if (last.ended || last.result->verdict != Verdict::kUndecided) break;
  }
  ASSERT_EQ(last.result->verdict, Verdict::kPass) << canonical_text(*last.result);
  EXPECT_FALSE(last.ended) << "it passes when the last action is done, not when the clip ends";
  Worker another({.program = test::program("batchwright-vision")}, clock_);
  CheckResult again;
  bool restart = true;
  for (const auto& png : kept)
    for (int i = 0; i < 3; ++i)
      again = another.check(check_, png, {}, std::exchange(restart, false));
  EXPECT_EQ(canonical_text(again), canonical_text(*last.result));
}

TEST_F(LiveSequenceTest, TheWrongOrderFailsByName) {
  record({1, 0});
  Look last = look(true);
  for (int i = 0; i < 60 && last.seen && last.result->verdict == Verdict::kUndecided; ++i)
    last = look();
  ASSERT_EQ(last.result->verdict, Verdict::kFail);
  EXPECT_EQ(last.result->regions[1].seen, "open-device-2");
  EXPECT_EQ(last.result->regions[1].expected, "open-device-1");
}

TEST_F(LiveSequenceTest, ACheckOfAnotherCameraIsNotPerformed) {
  record({0, 1});
  auto other = *check_from_json(check_).check;
  other.camera = "CAM-X";
  check_ = file_of(other);
  const auto one = look(true);
  EXPECT_TRUE(one.seen);
  EXPECT_EQ(one.result->verdict, Verdict::kNotPerformed);
  EXPECT_FALSE(one.kept);
}

// Only half of it was seen, so the whole isn't passed.
TEST_F(LiveSequenceTest, AWorkerThatIsStartedAgainHasNotSeenWhatWasDoneBefore) {
  record({0, 1});
  Look last = look(true);
  for (int i = 0; i < 60 && settled(*last.result) != "ok . "; ++i) last = look();
  for (int i = 0; i < 3; ++i) last = look();  // into the second act
  const auto source = camera_from_text("CAM-B=clip:" + folder_.path().string());
  ASSERT_TRUE(worker_.open_cameras({source.value()}).front().open);
  // The clip is at its start again; on to where the first action is done.
  for (int i = 0; i < 9; ++i) (void)worker_.look({.camera = "CAM-B"});
  for (int i = 0; i < 60 && !last.ended; ++i) {
    last = look();
    EXPECT_NE(last.result->verdict, Verdict::kPass);
  }
  EXPECT_EQ(last.result->verdict, Verdict::kUndecided);
  EXPECT_EQ(last.result->regions[0].code, "not_at_start");
}

}  // namespace
}  // namespace batchwright::vision

// From pictures to a verdict: two that agree decide, and what nobody looked at is never a pass.
// Requirements E3, E5, E8.
#include <gtest/gtest.h>

#include "client/camera/attempt.h"
#include "client/camera/picture.h"
#include "client/camera/vote.h"
#include "tests/client/fake_lookout.h"

namespace batchwright::client::test {
namespace {

using vision::Verdict;

struct Voted {
  Verdict verdict;
  int pictures;
};

Voted vote(const std::vector<vision::CheckResult>& results) {
  Vote vote;
  for (const auto& result : results)
    if (vote.add(result)) break;
  return {vote.verdict(), vote.pictures()};
}

TEST(Vote, OnePictureDecidesNothing) {  // Requirement E3
  EXPECT_EQ(vote({says(Verdict::kPass)}).verdict, Verdict::kUndecided);
  EXPECT_EQ(vote({says(Verdict::kFail)}).verdict, Verdict::kUndecided);
}

TEST(Vote, TwoThatAgreeDecideAndNoFurtherPictureIsTaken) {
  for (const auto verdict : {Verdict::kPass, Verdict::kFail, Verdict::kNotPerformed}) {
    const auto voted = vote({says(verdict), says(verdict), says(Verdict::kPass)});
    EXPECT_EQ(voted.verdict, verdict);
    EXPECT_EQ(voted.pictures, 2);
  }
}

TEST(Vote, PicturesThatSayNothingAreNoVotes) {
  const auto voted = vote({says(Verdict::kUndecided), says(Verdict::kPass),
                           says(Verdict::kUndecided), says(Verdict::kPass)});
  EXPECT_EQ(voted.verdict, Verdict::kPass);
  EXPECT_EQ(voted.pictures, 4);
}

TEST(Vote, FiveWithoutTwoThatAgreeAreUndecided) {
  const auto voted =
      vote({says(Verdict::kUndecided), says(Verdict::kPass), says(Verdict::kUndecided),
            says(Verdict::kFail), says(Verdict::kUndecided), says(Verdict::kPass)});
  EXPECT_EQ(voted.verdict, Verdict::kUndecided);
  EXPECT_EQ(voted.pictures, 5);
}

TEST(Vote, AfterAPictureThatFailsThereIsNoPass) {
  const auto voted = vote({says(Verdict::kPass), says(Verdict::kFail), says(Verdict::kPass),
                           says(Verdict::kPass), says(Verdict::kPass)});
  EXPECT_EQ(voted.verdict, Verdict::kUndecided);
  EXPECT_EQ(voted.pictures, 5);
}

TEST(Vote, TwoDifferentReadingsDoNotAgree) {
  const auto voted = vote({reads({{"ph", "7.52"}}), reads({{"ph", "7.51"}}),
                           reads({{"ph", "7.50"}}), reads({{"ph", "7.52"}})});
  EXPECT_EQ(voted.verdict, Verdict::kPass);
  EXPECT_EQ(voted.pictures, 4) << "the first and the fourth agree";
  EXPECT_EQ(vote({reads({{"ph", "7.52"}}), reads({{"ph", "7.51"}})}).verdict, Verdict::kUndecided);
}

TEST(Vote, TwoFailsForDifferentReasonsDoNotAgree) {
  auto missing = says(Verdict::kFail);
  missing.regions[0].code = "missing";
  EXPECT_EQ(vote({says(Verdict::kFail), missing}).verdict, Verdict::kUndecided);
}

class Attempts : public ::testing::Test {
 protected:
  CheckOutcome attempt(bool is_sequence = false) {
    FakeLookout lookout(world);
    CheckJob job{.camera = "CAM-A",
                 .check = std::make_shared<const std::string>("a check file"),
                 .expected = {},
                 .is_sequence = is_sequence,
                 .source = source};
    return run_attempt(lookout, preview, job,
                       {.stopped = [this] { return stop_after >= 0 && seen >= stop_after; },
                        .looked = [this](int n) { seen = n; },
                        .wait = [](std::int64_t) {}});
  }
  FakeWorld world;
  Preview preview;
  vision::CameraKind source = vision::CameraKind::kV4l2;
  int seen = 0;
  int stop_after = -1;
};

TEST_F(Attempts, KeepEveryPictureThatWasJudgedAndShowTheLast) {  // Requirement E5
  world.results = {says(Verdict::kUndecided), says(Verdict::kFail), says(Verdict::kFail)};
  const auto outcome = attempt();
  EXPECT_EQ(outcome.result.verdict, Verdict::kFail);
  EXPECT_EQ(outcome.frames,
            (std::vector<std::string>{"png of look 1", "png of look 2", "png of look 3"}));
  ASSERT_NE(outcome.still, nullptr);
  EXPECT_EQ(outcome.width, 64);
  EXPECT_EQ(seen, 3);
}

TEST_F(Attempts, AVerdictWhosePictureIsLostIsNoVerdict) {  // Requirement E5
  world.results = {says(Verdict::kPass)};
  world.frames_are_lost = true;
  const auto outcome = attempt();
  EXPECT_EQ(outcome.result.verdict, Verdict::kNotPerformed);
  EXPECT_TRUE(outcome.frames.empty());
}

// A device that hangs goes on giving its last picture; what lies there now is not seen.
TEST_F(Attempts, ADeviceThatStandsStillIsNoSecondVote) {
  world.results = {says(Verdict::kPass)};
  world.stands_still = true;
  const auto outcome = attempt();
  EXPECT_EQ(outcome.result.verdict, Verdict::kUndecided);
  EXPECT_EQ(outcome.frames.size(), 1U);
  source = vision::CameraKind::kFolder;  // shows one file as long as it lies there
  world.judged = 0;
  EXPECT_EQ(attempt().result.verdict, Verdict::kPass);
}

TEST_F(Attempts, APictureThatIsNotKeptIsNoVerdictAndStillSaysWhatWouldHelp) {
  auto undecided = says(Verdict::kUndecided);
  undecided.quality.advice = vision::Advice::kCloser;
  world.results = {undecided};
  world.frames_are_not_kept = true;
  const auto outcome = attempt();
  EXPECT_EQ(outcome.result.verdict, Verdict::kNotPerformed);
  EXPECT_EQ(outcome.result.quality.advice, vision::Advice::kCloser);
  EXPECT_TRUE(outcome.frames.empty());
}

TEST_F(Attempts, ACrashIsNotPerformedAndEnds) {
  world.crashed = true;
  const auto outcome = attempt();
  EXPECT_EQ(outcome.result.verdict, Verdict::kNotPerformed);
  EXPECT_FALSE(outcome.result.reason.empty());
  EXPECT_LE(seen, Vote::kPicturesMax);
}

TEST_F(Attempts, ASequenceGoesOnUntilItIsDecided) {  // Requirement E9
  world.results = std::vector<vision::CheckResult>(30, says(Verdict::kUndecided));
  world.results.push_back(says(Verdict::kPass));
  const auto outcome = attempt(true);
  EXPECT_EQ(outcome.result.verdict, Verdict::kPass);
  EXPECT_EQ(outcome.frames.size(), 31U);
}

TEST_F(Attempts, AStoppedSequenceIsUndecided) {
  world.results = {says(Verdict::kUndecided)};
  stop_after = 7;
  const auto outcome = attempt(true);
  EXPECT_TRUE(outcome.stopped);
  EXPECT_EQ(outcome.result.verdict, Verdict::kUndecided);
  EXPECT_EQ(outcome.frames.size(), 7U);
}

TEST_F(Attempts, ASequenceEndsSomeDay) {
  world.results = {says(Verdict::kUndecided)};
  const auto outcome = attempt(true);
  EXPECT_EQ(outcome.result.verdict, Verdict::kUndecided);
  EXPECT_EQ(outcome.frames.size(), kSequenceFramesMax);
}

TEST_F(Attempts, OnePassOfAStoppedCheckIsNoPass) {
  world.results = {says(Verdict::kPass)};
  stop_after = 1;
  EXPECT_EQ(attempt().result.verdict, Verdict::kUndecided);
}

TEST(PictureOfAFrame, FillsTheRoomAndKeepsItsShape) {
  vision::Frame frame{vision::PixelFormat::kBgr, 4, 2, 12, std::vector<std::uint8_t>(24, 0)};
  for (std::size_t i = 0; i < frame.bytes.size(); i += 3) frame.bytes[i] = 200;  // blue
  const auto picture = picture_of(frame, 100, 100);
  ASSERT_NE(picture, nullptr);
  EXPECT_EQ(picture->width_px, 100);
  EXPECT_EQ(picture->height_px, 50);
  for (const auto pixel : picture->rgba) EXPECT_EQ(pixel, 0xffc80000U);
  EXPECT_NE(picture->version, picture_of(frame, 100, 100)->version);
}

TEST(PictureOfAFrame, IsNothingWhenTheFrameBreaksItsPromises) {
  EXPECT_EQ(picture_of({}, 100, 100), nullptr);
  vision::Frame short_frame{vision::PixelFormat::kGrey, 10, 10, 10,
                            std::vector<std::uint8_t>(50, 0)};
  EXPECT_EQ(picture_of(short_frame, 100, 100), nullptr);
}

}  // namespace
}  // namespace batchwright::client::test

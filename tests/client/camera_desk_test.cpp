// A camera step as people use it: what a tap leads to, what is recorded, and what never is.
// Requirements E3, E5, E6, E8.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/camera/evidence.h"
#include "tests/client/camera_panel.h"

namespace batchwright::client::test {
namespace {

using State = ui::CameraView::State;
using vision::Verdict;

class CameraDesk : public ::testing::Test {
 protected:
  explicit CameraDesk(bool challenge = false)
      : panel(camera_procedure(folder.sha256, challenge).c_str(), {},
              {.cameras = &cameras, .checks = &folder.library, .drift = &drift}) {
    cameras.outcomes = {FakeCameras::outcome(reads({{"ph", "7.40"}}))};
    panel.sign_in("mary");
    panel.open_batch();
    panel.desk->handle(ui::BeginStep{panel.current_step()});
  }

  void handle(const ui::Intent& intent) { panel.desk->handle(intent); }
  void check() { handle(ui::StartCheck{panel.current_step(), camera().entry}); }
  ui::CameraView camera() const {
    const auto step = panel.step();
    EXPECT_TRUE(step.camera.has_value()) << "the step shows no camera";
    return step.camera.value_or(ui::CameraView{});
  }
  State state() const { return camera().state; }
  std::string journal() const {
    std::string text;
    if (auto lines = panel.store->load_lines(1, 1000))
      for (const auto& line : *lines) text += line + "\n";
    return text;
  }
  const workflows::StepState& step() const {
    return panel.run().steps.at({.path = "op/look", .instance = 1});
  }

  CheckFolder folder;
  FakeCameras cameras;
  DriftWatches drift;
  Panel panel;
};

class ChallengedDesk : public CameraDesk {
 protected:
  ChallengedDesk() : CameraDesk(true) {}
};

TEST_F(CameraDesk, TheCameraIsOnButSaysNothingBeforeItIsAsked) {  // Requirement E3
  EXPECT_EQ(state(), State::kReady);
  EXPECT_EQ(cameras.watched, std::vector<std::string>{"CAM-A"});
  EXPECT_TRUE(cameras.jobs.empty());
  EXPECT_TRUE(step().checks.empty());
}

TEST_F(CameraDesk, PicturesAndEvidenceAreKeptBeforeTheEventThatCitesThem) {  // Requirement E5
  bool asked = false;
  panel.session->on_committed([&](const std::vector<record::StoredLine>& lines) {
    for (const auto& line : lines) {
      if (line.line.type != "camera_checked") continue;
      asked = true;
      std::vector<std::string> cited = line.line.body.at("frames");
      EXPECT_EQ(cited, (std::vector<std::string>{to_hex(sha256("first picture")),
                                                 to_hex(sha256("second picture"))}));
      cited.push_back(line.line.body.at("evidence"));
      for (const auto& digest : cited)
        EXPECT_TRUE(panel.store->load_evidence(array_from_hex<32>(digest).value())) << digest;
    }
  });
  check();
  EXPECT_TRUE(asked);
}

TEST_F(CameraDesk, PicturesThatDriftAreToldToWhoeverStandsThere) {  // Requirement E7
  vision::Quality sharp;
  sharp.contrast = 120;
  sharp.sharpness = 0.3;
  auto blunt = sharp;
  blunt.sharpness = 0.2;
  for (std::size_t i = 1; i < vision::kDriftBaseline + vision::kDriftRecent; ++i)
    EXPECT_FALSE(drift.add("CAM-A", folder.sha256, i <= vision::kDriftBaseline ? sharp : blunt));
  auto result = reads({{"ph", "7.40"}});
  result.quality = blunt;
  cameras.outcomes = {FakeCameras::outcome(result)};
  check();
  EXPECT_EQ(state(), State::kReading) << "the verdict stands";
  EXPECT_TRUE(panel.desk->view().notice.contains("not as they were"));
  handle(ui::DismissNotice{});
  EXPECT_EQ(panel.desk->view().notice, "");
}

TEST_F(CameraDesk, WhatIsDecidedIsNotLookedAtAgain) {  // Requirement E5: no evidence without a line
  check();
  const auto lines = panel.lines();
  check();
  EXPECT_EQ(cameras.jobs.size(), 1U);
  EXPECT_EQ(panel.lines(), lines);
  EXPECT_NE(panel.desk->view().notice, "");
}

TEST_F(CameraDesk, WhatWasReadIsRecordedOnlyWhenTakenOver) {
  check();
  EXPECT_EQ(state(), State::kReading);
  ASSERT_EQ(camera().readings.size(), 1U);
  EXPECT_EQ(camera().readings[0].value, "7.40");
  EXPECT_FALSE(step().entries.contains("ph"));
  handle(ui::TakeReadings{panel.current_step(), "look"});
  ASSERT_TRUE(step().entries.contains("ph"));
  EXPECT_EQ(step().entries.at("ph").current()->raw, "7.40");
  EXPECT_EQ(step().entries.at("ph").current()->source, "camera:CAM-A");
  EXPECT_TRUE(panel.run().exceptions.empty());
}

TEST_F(CameraDesk, AReadingOutOfLimitsIsLookedAtOnceMore) {
  cameras.outcomes = {FakeCameras::outcome(reads({{"ph", "7.52"}})),
                      FakeCameras::outcome(reads({{"ph", "7.41"}}))};
  check();
  handle(ui::TakeReadings{panel.current_step(), "look"});
  EXPECT_EQ(panel.run().exceptions.size(), 1U);
  EXPECT_EQ(state(), State::kReady) << "measured again by the camera, not by hand";
  check();
  handle(ui::TakeReadings{panel.current_step(), "look"});
  EXPECT_EQ(step().entries.at("ph").current()->raw, "7.41");
}

TEST_F(CameraDesk, AFailIsPutRightWithAReasonBeforeTheNextAttempt) {  // Requirement E3
  cameras.outcomes = {FakeCameras::outcome(says(Verdict::kFail)),
                      FakeCameras::outcome(reads({{"ph", "7.40"}}))};
  check();
  EXPECT_EQ(state(), State::kFailed);
  EXPECT_FALSE(camera().exception_number.empty());
  EXPECT_EQ(panel.run().exceptions.size(), 1U);
  EXPECT_FALSE(panel.desk->view().dialog.has_value()) << "the camera's screen says it";
  const auto jobs = cameras.jobs.size();
  handle(ui::DecideCheck{panel.current_step(), "look", true, "It looks right to us"});
  EXPECT_EQ(state(), State::kFailed) << "nobody decides a fail";
  handle(ui::PutRight{panel.current_step(), "look", "It was turned the wrong way"});
  EXPECT_EQ(state(), State::kPutRight);
  EXPECT_EQ(cameras.jobs.size(), jobs);
  check();
  EXPECT_EQ(state(), State::kReading);
  EXPECT_EQ(step().checks.at("look").attempts.size(), 2U) << "both attempts stay";
}

// Which guards hold depends on it, and evidence says it.
TEST_F(CameraDesk, AJobSaysWhatItsCameraIs) {
  cameras.source.kind = vision::CameraKind::kClip;
  cameras.outcomes = {FakeCameras::outcome(says(Verdict::kFail))};
  check();
  ASSERT_EQ(cameras.jobs.size(), 1U);
  EXPECT_EQ(cameras.jobs[0].source, vision::CameraKind::kClip);
  CheckJob job = cameras.jobs[0];
  job.source = vision::CameraKind::kV4l2;
  const auto document = evidence_document({}, job, cameras.outcomes[0], std::string(64, 'e'));
  EXPECT_NE(document.find("\"source\":\"v4l2\""), std::string::npos);
}

TEST_F(CameraDesk, APictureThatWasNoVoteIsToldBesideOneThatWas) {
  auto outcome = FakeCameras::outcome(says(Verdict::kPass));
  outcome.result.verdict = Verdict::kUndecided;
  outcome.trouble = "The camera shows the same picture again.";
  cameras.outcomes = {outcome};
  check();
  EXPECT_EQ(state(), State::kUndecided);
  EXPECT_NE(camera().text.find("no picture that could be judged"), std::string::npos)
      << camera().text;
}

TEST_F(CameraDesk, WhatWouldHelpIsToldBeforeAPictureThatWasNoVote) {
  auto outcome = FakeCameras::outcome(says(Verdict::kUndecided));
  outcome.result.regions[0].code = "hidden";
  outcome.trouble = "The camera shows the same picture again.";
  cameras.outcomes = {outcome};
  check();
  EXPECT_NE(camera().text.find("hidden"), std::string::npos) << camera().text;
}

TEST_F(CameraDesk, WhatDecidedIsNamedInRowsAndOverThePicture) {  // Requirement E6
  cameras.outcomes = {FakeCameras::outcome(says(Verdict::kFail))};
  check();
  ASSERT_EQ(camera().rows.size(), 1U);
  EXPECT_EQ(camera().rows[0].mark, ui::CheckMark::kWrong);
  EXPECT_EQ(camera().rows[0].score, "0.40");
  ASSERT_EQ(camera().overlay.size(), 1U);
  EXPECT_FLOAT_EQ(camera().overlay[0].corners[0], 10.0F / 64);
  EXPECT_NE(camera().text.find("turned"), std::string::npos);
}

TEST_F(CameraDesk, WithoutAVerdictTwoPeopleDecideAndTheValueIsTyped) {
  cameras.outcomes = {FakeCameras::outcome(says(Verdict::kUndecided))};
  check();
  EXPECT_EQ(state(), State::kUndecided);
  EXPECT_TRUE(camera().may_check);
  handle(ui::DecideCheck{panel.current_step(), "look", true, "Both compared it"});
  EXPECT_FALSE(panel.step().camera.has_value());
  panel.value("ph", "7.40");
  panel.sign("mary");
  EXPECT_EQ(panel.run().status, workflows::RunStatus::kRunning) << "a second person is missing";
  panel.sign("jan");
  EXPECT_EQ(panel.run().status, workflows::RunStatus::kComplete);
}

TEST_F(CameraDesk, ACameraThatIsNotThereIsNotPerformedAndTheBatchGoesOn) {
  cameras.plugged_in = false;
  check();
  EXPECT_TRUE(cameras.jobs.empty());
  EXPECT_EQ(step().checks.at("look").newest()->verdict, "not_performed");
  EXPECT_EQ(state(), State::kUndecided);
  EXPECT_NE(camera().text.find("no such camera"), std::string::npos) << camera().text;
  handle(ui::DecideCheck{panel.current_step(), "look", true, "Both compared it"});
  EXPECT_FALSE(panel.step().camera.has_value());
}

TEST_F(CameraDesk, ACheckStoppedBeforeTheFirstPictureLeavesNothingBehind) {
  CheckOutcome stopped;
  stopped.stopped = true;
  cameras.outcomes = {stopped};
  const auto lines = panel.lines();
  check();
  EXPECT_EQ(panel.lines(), lines);
  EXPECT_EQ(state(), State::kReady);
}

TEST_F(CameraDesk, WhileItLooksASecondTapIsRefusedAndCancelReachesTheCamera) {
  cameras.hold = true;
  check();
  EXPECT_EQ(state(), State::kChecking);
  EXPECT_EQ(camera().pictures, 1);
  check();
  EXPECT_EQ(cameras.jobs.size(), 1U);
  EXPECT_FALSE(panel.desk->view().notice.empty());
  handle(ui::CancelCheck{panel.current_step(), "look"});
  EXPECT_EQ(cameras.cancelled, 1);
}

TEST_F(CameraDesk, WhatComesAfterTheLockIsRecordedForWhoAsked) {
  cameras.hold = true;
  check();
  handle(ui::Lock{});
  cameras.finish();
  EXPECT_EQ(step().checks.at("look").newest()->verdict, "pass");
  EXPECT_EQ(step().checks.at("look").newest()->actor, "mary");
  EXPECT_EQ(cameras.watched.back(), "") << "nobody looks while the panel is locked";
}

TEST_F(CameraDesk, AfterARestartTheRecordStillSaysWhatStands) {
  cameras.outcomes = {FakeCameras::outcome(says(Verdict::kFail))};
  check();
  panel.restart();
  panel.sign_in("mary");
  panel.open_batch();
  handle(ui::Recover{panel.current_step(), "as it was"});
  EXPECT_EQ(state(), State::kFailed);
  EXPECT_FALSE(camera().headline.empty());
}

TEST_F(ChallengedDesk, AChallengeThatIsPassedOpensTheCheck) {  // Requirement E8
  cameras.challenge_outcome = {
      .good = 6, .good_passed = 6, .bad = 6, .bad_failed = 6, .problem = {}, .document = "{}"};
  EXPECT_TRUE(camera().is_challenge);
  check();
  EXPECT_EQ(cameras.challenged.size(), 1U);
  EXPECT_EQ(state(), State::kPassed);
  EXPECT_EQ(cameras.sets, std::vector{approved_set()}) << "the one that the recipe names";
  ASSERT_EQ(camera().rows.size(), 1U);
  EXPECT_EQ(camera().rows[0].expected, "6 / 6");
  handle(ui::CompleteStep{panel.current_step()});
  handle(ui::BeginStep{panel.current_step()});
  EXPECT_EQ(state(), State::kReady);
}

TEST_F(ChallengedDesk, AChallengeThatFailsClosesTheCheckAndTwoPeopleDecide) {  // Requirement E8
  cameras.challenge_outcome = {
      .good = 6, .good_passed = 6, .bad = 6, .bad_failed = 5, .problem = {}, .document = "{}"};
  check();
  EXPECT_EQ(panel.run().exceptions.size(), 1U);
  handle(ui::CompleteStep{panel.current_step()});
  handle(ui::BeginStep{panel.current_step()});
  EXPECT_EQ(state(), State::kClosed);
  handle(ui::StartCheck{panel.current_step(), "look"});
  EXPECT_EQ(state(), State::kClosed) << "no verdict of it counts";
  handle(ui::DecideCheck{panel.current_step(), "look", true, "Both compared it"});
  EXPECT_FALSE(panel.step().camera.has_value());
}

TEST_F(ChallengedDesk, AChallengeThatAPersonStoppedIsNotRecordedAndMayBeginAgain) {
  cameras.challenge_outcome = {.stopped = true,
                               .good = 3,
                               .good_passed = 3,
                               .bad = 0,
                               .bad_failed = 0,
                               .problem = {},
                               .document = {}};
  const auto lines = panel.lines();
  check();
  EXPECT_EQ(panel.lines(), lines);
  cameras.challenge_outcome = {
      .good = 6, .good_passed = 6, .bad = 6, .bad_failed = 6, .problem = {}, .document = "{}"};
  check();
  EXPECT_EQ(state(), State::kPassed);
}

TEST_F(ChallengedDesk, AChallengeThatCanNotBeShownFails) {
  cameras.plugged_in = false;
  check();
  EXPECT_EQ(panel.run().exceptions.size(), 1U);
}

class CardDesk : public ChallengedDesk {
 protected:
  CardDesk() {
    cameras.card = {{"en", "Card 4: one digit of the lot is wrong"}, {"de", "Karte 4"}};
    cameras.challenge_outcome = {.good = 1,
                                 .good_passed = 1,
                                 .bad = 1,
                                 .bad_failed = 1,
                                 .document = "{}",
                                 .manifest = "manifest",
                                 .frames = {"png"}};
    check();
  }
  void show(int request = 7) { handle(ui::CardShown{panel.current_step(), "set", request}); }
  [[nodiscard]] bool keeps(std::string_view bytes) const {
    return panel.store->load_evidence(sha256(bytes)).has_value();
  }
};

TEST_F(CardDesk, ACardIsAskedForAndLookedAtThroughTheCamerasLens) {  // Requirement E8
  EXPECT_EQ(state(), State::kCard);
  EXPECT_EQ(camera().headline, "Show this to the camera (2 of 3)");
  EXPECT_EQ(camera().text, "**Card 4: one digit of the lot is wrong**");
  EXPECT_EQ(camera().camera, "CAM-A") << "its live picture shows where the card lies";
  EXPECT_EQ(cameras.watched.back(), "CAM-A");
  handle(ui::ChooseLanguage{"de"});
  EXPECT_EQ(camera().text, "**Karte 4**");
  const auto lines = panel.lines();
  show();
  EXPECT_GT(panel.lines(), lines);
  EXPECT_EQ(state(), State::kPassed);
  EXPECT_TRUE(keeps("png"));
  EXPECT_TRUE(keeps("manifest"));
  EXPECT_EQ(cameras.watched.back(), "");
}

TEST_F(CardDesk, ATapOfAnEarlierCardSaysNothingOfThisOne) {
  show(6);
  EXPECT_EQ(state(), State::kCard);
  EXPECT_EQ(cameras.cancelled, 0);
}

TEST_F(CardDesk, NobodyElseShowsItAndALockEndsIt) {
  const auto step = panel.current_step();
  handle(ui::Lock{});
  EXPECT_EQ(cameras.cancelled, 1);
  handle(ui::CardShown{step, "set", 7});
  EXPECT_TRUE(cameras.card_shown) << "the line would name who began";
}

TEST_F(CardDesk, AHeldBatchKeepsNoCameraWaiting) {
  handle(ui::MakeSafe{});
  panel.desk->tick();
  EXPECT_EQ(cameras.cancelled, 1);
}

TEST_F(CardDesk, WhatWasJudgedWrongIsNamed) {
  cameras.challenge_outcome.bad_failed = 0;
  cameras.challenge_outcome.wrong = {cameras.card};
  show();
  ASSERT_EQ(camera().rows.size(), 2U);
  EXPECT_EQ(camera().rows[1].seen, "Card 4: one digit of the lot is wrong");
}

TEST_F(ChallengedDesk, BeforeItsChallengeACheckSaysWhatComesFirst) {
  handle(ui::StartCheck{panel.current_step(), "set"});
  handle(ui::CardShown{panel.current_step(), "set", 0});
  EXPECT_NE(state(), State::kCard);
}

}  // namespace
}  // namespace batchwright::client::test

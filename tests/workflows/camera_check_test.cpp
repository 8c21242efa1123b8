// What a camera check says counts as the approved check and camera say it, and a fail is an
// exception first, put right, and tried again at most so often. Requirement E3.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/camera_recipe.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Act = CheckNeed::Act;

class CameraChecks : public testing::Test {
 protected:
  CameraChecks() : run(begun({camera_check("look")})) {}

  void fail_and_put_right() {
    run.must(said("fail"));
    run.must(kPutRight);
  }
  CheckNeed need() const {
    const auto all = needs(run.state, {"a", 1}, run.now).checks;
    CheckNeed none;
    none.entry = "none";
    return all.empty() ? none : all.front();
  }

  RunDriver run;
};

TEST_F(CameraChecks, APassFillsTheEntryAndTheStepCanBeCompleted) {
  EXPECT_EQ(need().act, Act::kCheck);
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
  run.must(said("pass"));
  ASSERT_NE(run.value("a#1", "look"), nullptr);
  EXPECT_EQ(run.value("a#1", "look")->value, "pass");
  EXPECT_EQ(run.value("a#1", "look")->source, "camera:CAM-A");
  EXPECT_EQ(need().entry, "none");
  run.must(CompleteStep{"a#1"});
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST_F(CameraChecks, TheRecordSaysWithWhatItWasChecked) {  // E5
  RecordCheck command = said("fail");
  command.regions = {"feed: out_of_order"};
  run.must(command);
  const Json body = run.bodies("camera_checked").at(0);
  EXPECT_EQ(body["check"], "label");
  EXPECT_EQ(body["version"], "3");
  EXPECT_EQ(body["check_sha256"], digest("label"));
  EXPECT_EQ(body["camera"], "CAM-A");
  EXPECT_EQ(body["frames"], Json::array({digest("frame")}));
  EXPECT_EQ(body["evidence"], digest("evidence"));
  EXPECT_EQ(body["score"], "0.93");
  EXPECT_EQ(body["threshold"], "0.90");
  EXPECT_EQ(body["regions"], Json::array({"feed: out_of_order"}));
  EXPECT_EQ(body["attempt"], "1");
}

TEST_F(CameraChecks, AnotherCheckFileOrCameraThanTheRecipeNamesIsRefused) {
  RecordCheck command = said("pass");
  command.check_sha256 = digest("thresholds made milder");
  EXPECT_EQ(run.rule_of_refusal(command), "check.other");
  command = said("pass");
  command.camera = "CAM-B";
  EXPECT_EQ(run.rule_of_refusal(command), "check.camera");
  EXPECT_EQ(run.rule_of_refusal(said("pass", "a#1", "nothing")), "check.none");
  EXPECT_EQ(run.rule_of_refusal(said("pass", "b#1")), "step.not_its_turn");
  EXPECT_EQ(run.rule_of_refusal(said("nearly")), "check.format");
}

TEST_F(CameraChecks, AVerdictWithoutItsFramesAndEvidenceIsRefused) {  // E5
  for (const char* verdict : {"pass", "fail", "undecided"}) {
    RecordCheck command = said(verdict);
    command.frames.clear();
    EXPECT_EQ(run.rule_of_refusal(command), "check.evidence") << verdict;
    command = said(verdict);
    command.evidence.clear();
    EXPECT_EQ(run.rule_of_refusal(command), "check.evidence") << verdict;
    command.evidence = "no digest";
    EXPECT_EQ(run.rule_of_refusal(command), "check.evidence") << verdict;
  }
  RecordCheck dead = said("not_performed");
  dead.frames.clear();
  dead.evidence.clear();
  run.must(dead);
}

TEST_F(CameraChecks, AReadingKeepsItsGroupSeparators) {
  RecordCheck command = said("pass");
  command.readings = {{"code",
                       "10T-4471\x1d"
                       "17270101"}};
  run.must(command);
  EXPECT_EQ(run.step("a#1").checks.at("look").newest()->readings, command.readings);
}

TEST_F(CameraChecks, AReadingThatHidesTextOrANameTwiceIsRefused) {
  RecordCheck command = said("pass");
  command.readings = {{"lot", "T\x01"}};
  EXPECT_EQ(run.rule_of_refusal(command), "check.format");
  command.readings = {{"lot", "T"}, {"lot", "T"}};
  EXPECT_EQ(run.rule_of_refusal(command), "check.format");
  command.readings.clear();
  command.score = "0,93";
  EXPECT_EQ(run.rule_of_refusal(command), "check.format");
}

// A panel of 64 lamps is the most that a check reads.
TEST_F(CameraChecks, EveryReadingThatACheckMayHaveIsTakenAndNotOneMore) {
  RecordCheck lamps = said("pass");
  for (int i = 0; i < 64; ++i) lamps.readings.emplace_back("lamp-" + std::to_string(i), "on");
  RecordCheck more = lamps;
  more.readings.emplace_back("lamp-64", "on");
  EXPECT_EQ(run.rule_of_refusal(more), "check.format");
  run.must(lamps);
}

TEST_F(CameraChecks, AScoreBelowTheThresholdIsNeverAPass) {
  RecordCheck command = said("pass");
  command.score = "0.8999";
  EXPECT_EQ(run.rule_of_refusal(command), "check.threshold");
  command.score = "0.9";
  run.must(command);
}

TEST_F(CameraChecks, AFailOpensItsExceptionInItsOwnCommit) {
  const std::size_t before = run.lines.size();
  run.must(said("fail"));
  ASSERT_EQ(run.lines.size(), before + 3);
  EXPECT_EQ(run.lines[before].line.type, "camera_checked");
  EXPECT_EQ(run.lines[before + 1].line.type, "exception_opened");
  EXPECT_EQ(run.lines[before + 2].line.type, "commit");
  ASSERT_THAT(classes_of(run), ElementsAre("camera_check_failed"));
  EXPECT_EQ(run.exceptions()[0].severity, "minor");
  EXPECT_EQ(run.exceptions()[0].entry, "look");
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
}

TEST_F(CameraChecks, NothingIsCheckedAgainBeforeItWasPutRight) {
  run.must(said("fail"));
  EXPECT_EQ(need().act, Act::kPutRight);
  for (const char* verdict : {"pass", "fail", "undecided", "not_performed"}) {
    EXPECT_EQ(run.rule_of_refusal(said(verdict)), "check.put_right") << verdict;
  }
  EXPECT_EQ(run.rule_of_refusal(PutRight{"a#1", "look", " "}), "reason.missing");
  run.must(kPutRight);
  EXPECT_EQ(run.rule_of_refusal(kPutRight), "check.nothing");
  EXPECT_EQ(need().act, Act::kCheck);
  EXPECT_EQ(need().fails_left, 1);
  run.must(said("pass"));
  const CheckState& check = run.step("a#1").checks.at("look");
  ASSERT_EQ(check.attempts.size(), 2U);
  EXPECT_EQ(check.attempts[0].verdict, "fail");
  EXPECT_EQ(check.attempts[0].put_right, kPutRight.reason);
  EXPECT_EQ(run.bodies("camera_checked").at(1)["attempt"], "2");
  run.must(CompleteStep{"a#1"});
}

TEST_F(CameraChecks, AfterTheAllowedAttemptsTheStepIsHeldUntilTheSupervisorReleases) {
  fail_and_put_right();
  fail_and_put_right();
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  run.must(said("fail"));
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  EXPECT_EQ(run.rule_of_refusal(kPutRight), "step.held");
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "step.held");
  const std::string exception = run.exceptions().back().id;
  EXPECT_EQ(run.exceptions().back().release, "supervisor");
  EXPECT_EQ(run.rule_of_refusal(run.release("a#1", exception, "why", kMary, "operator"), kMary),
            "release.role");
  run.must(run.release("a#1", exception, "the camera was cleaned", kSven, "supervisor"), kSven);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "check.put_right");
  run.must(kPutRight);
  EXPECT_EQ(need().fails_left, 2);
  run.must(said("pass"));
  EXPECT_EQ(run.step("a#1").checks.at("look").attempts.size(), 4U);
}

TEST(CameraChecksByPlan, SeverityHoldAndRoleAreThePlans) {
  Entry look = camera_check("look");
  look.reaction_plan = "STOP";
  ReactionPlan stop = plan("STOP", 0, true);
  stop.severity = "critical";
  stop.calls_role = "quality";
  RunDriver run = begun({look}, {}, {stop});
  run.must(said("fail"));
  EXPECT_EQ(run.exceptions().at(0).severity, "critical");
  EXPECT_EQ(run.exceptions().at(0).release, "quality");
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
}

TEST(CameraChecksByPlan, ACheckWithoutFurtherAttemptsHoldsAtItsFirstFail) {
  Entry look = camera_check("look");
  look.camera_check->attempts_max = 0;
  RunDriver run = begun({look});
  run.must(said("fail"));
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
}

TEST(CameraChecksByPlan, AFailThatNobodyPutsRightEscalates) {
  Entry look = camera_check("look");
  look.reaction_plan = "SOON";
  ReactionPlan soon = plan("SOON", 0, false);
  soon.escalate_after_s = 60;
  soon.escalate_severity = "major";
  soon.escalate_role = "quality";
  RunDriver run = begun({look}, {}, {soon});
  run.must(said("fail"));
  run.now.unix_ms += 61'000;
  run.must(Tick{});
  EXPECT_EQ(run.exceptions().at(0).severity, "major");
}

TEST_F(CameraChecks, APassIsNotTestedAgain) {
  run.must(said("pass"));
  for (const char* verdict : {"pass", "fail", "undecided"}) {
    EXPECT_EQ(run.rule_of_refusal(said(verdict)), "check.passed") << verdict;
  }
}

TEST_F(CameraChecks, APassIsTakenOutOfForceOnlyByInvalidationAndThenTheCheckIsOpenAgain) {
  run.must(said("pass"));
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "look", "pass"}), "entry.camera");
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"a#1", "look", "fail", "why"}), "entry.camera");
  run.must(CompleteStep{"a#1"});
  run.must(InvalidateValue{"a#1", "look", "the wrong bag lay there", ""});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_EQ(need().act, Act::kCheck);
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.first");
  run.must(said("pass"));
  run.must(CompleteStep{"a#1"});
  EXPECT_THAT(classes_of(run), ElementsAre("value_invalidated"));
}

TEST_F(CameraChecks, PeopleNeverDecideAFail) {
  run.must(said("fail"));
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.failed");
  run.must(kPutRight);
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.failed");
}

TEST(OptionalCameraChecks, AFailMakesThePassRequiredAndIsNotPassedOverAsNotApplicable) {
  Entry look = camera_check("look");
  look.required = false;
  look.may_be_not_applicable = true;
  RunDriver run = begun({look, acknowledge()});
  run.must(RecordEntry{"a#1", "done", "done"});
  EXPECT_TRUE(needs(run.state, {"a", 1}, run.now).complete());
  run.must(said("fail"));
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
  EXPECT_EQ(run.rule_of_refusal(MarkNotApplicable{"a#1", "look", "no label here"}), "check.failed");
  run.must(kPutRight);
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
  run.must(said("pass"));
  run.must(CompleteStep{"a#1"});
}

TEST(OptionalCameraChecks, AFailAfterNotApplicableCounts) {
  Entry look = camera_check("look");
  look.may_be_not_applicable = true;
  RunDriver run = begun({look});
  run.must(MarkNotApplicable{"a#1", "look", "no label here"});
  run.must(said("fail"));
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
}

TEST_F(CameraChecks, WhatTheObjectBearsHasToBeWhatTheRecipeExpects) {
  Entry look = camera_check("look");
  look.camera_check->expects = {{"gtin", {}, "salt", {}}, {"grade", "USP", {}, {}}};
  auto mbr = std::make_shared<Mbr>(*linear({step("a", {look})}));
  mbr->materials = {{"salt", "04012345678901", {{"en", "Salt"}}}};
  RunDriver other(mbr);
  other.start();
  other.must(BeginStep{"a#1"});
  RecordCheck command = said("pass");
  command.readings = {{"gtin", "04012345678902"}};
  EXPECT_EQ(other.rule_of_refusal(command), "check.expected");
  command.readings = {{"gtin", "04012345678901"}, {"grade", "usp"}};
  EXPECT_EQ(other.rule_of_refusal(command), "check.expected");
  command.verdict = "fail";
  other.must(command);
}

TEST_F(CameraChecks, ASignedStepIsNotCheckedAnyMore) {
  Entry look = camera_check("look");
  look.required = false;
  RunDriver other = begun({look, acknowledge()}, {performed()});
  other.must(RecordEntry{"a#1", "done", "done"});
  other.sign("a#1", "performed", kMary);
  EXPECT_EQ(other.rule_of_refusal(said("pass")), "step.signed");
}

TEST_F(CameraChecks, AnAttemptEndsTheReviewsOfARecord) {
  run.must(said("pass"));
  run.must(CompleteStep{"a#1"});
  run.work("b#1");
  run.must(run.review("production", "accepted", kSven), kSven);
  EXPECT_EQ(run.rule_of_refusal(InvalidateValue{"a#1", "look", "why", ""}), "review.closed");
  run.must(InvalidateValue{"a#1", "look", "why", ""}, kPetra);
  EXPECT_TRUE(run.state.reviews.at(0).ended);
}

TEST_F(CameraChecks, OfTwoPanelsThatCheckedTheSameTheFailWinsInEitherOrder) {
  for (const bool fail_first : {true, false}) {
    RunDriver one = begun({camera_check("look")});
    RunDriver two(one.mbr);
    two.device = "panel-2";
    two.receive(one.commits());
    (fail_first ? one : two).now.unix_ms += 1000;
    (fail_first ? two : one).now.unix_ms += 5000;
    one.must(said(fail_first ? "fail" : "pass"));
    two.must(said(fail_first ? "pass" : "fail"));
    const std::vector<Commit> heard = two.commits();
    one.receive(heard);
    EXPECT_EQ(one.value("a#1", "look"), nullptr) << fail_first;
    EXPECT_TRUE(one.step("a#1").checks.at("look").fail_stands) << fail_first;
    EXPECT_EQ(one.step("a#1").checks.at("look").attempts.size(), 2U);
    EXPECT_THAT(one.state.conflicts, ::testing::Not(IsEmpty())) << fail_first;
    EXPECT_EQ(one.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
  }
}

TEST_F(CameraChecks, ARedlineThatChangesTheCheckSaysWhichItIs) {
  const std::string change = R"({"op":"replace_step","step":"b","with":{"id":"b","title":{"en":"B"},
    "entries":[{"id":"eye","title":{"en":"Eye"},"kind":"camera_check","camera":"CAM-A",
    "check":{"id":"mild","version":"9","sha256":")" +
                             digest("mild") + R"("}}]}})";
  run.must(ProposeRedline{change, "why"});
  EXPECT_THAT(run.exceptions().back().message, HasSubstr("eye changes from none to mild 9"));
  EXPECT_THAT(run.exceptions().back().message, HasSubstr(digest("mild")));
}

TEST_F(CameraChecks, ARecordFoldedAgainGivesTheSameState) {
  fail_and_put_right();
  run.must(said("undecided"));
  run.must(DecideCheck{"a#1", "look", "not_ok", "the label is torn"});
  run.must(kPutRight);
  run.must(said("pass"));
  EXPECT_EQ(state_text(replay(run.mbr, "run-1", run.lines)), state_text(run.state));
}

}  // namespace
}  // namespace batchwright::workflows::test

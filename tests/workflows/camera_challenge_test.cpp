// Known-good and known-bad objects show that a check is suitable, or it is disabled and people
// decide. Requirement E8.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/camera_recipe.h"
#include "tests/workflows/redline_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Act = CheckNeed::Act;
using When = CameraChallenge::When;

// start, a and b (each looks once), end.
class Challenges : public testing::Test {
 protected:
  Challenges()
      : run(linear({step("start", {camera_challenge("set", When::kStart)}),
                    step("a", {camera_check("look")}), step("b", {camera_check("look")}),
                    step("end", {camera_challenge("set", When::kEnd)})})) {
    run.start();
    run.must(BeginStep{"start#1"});
  }

  void pass_start() {
    run.must(challenged("start#1", "set", 3, 2));
    run.must(CompleteStep{"start#1"});
    run.must(BeginStep{"a#1"});
  }
  void fail_start() {
    run.must(challenged("start#1", "set", 2, 2));
    run.must(CompleteStep{"start#1"});
    run.must(BeginStep{"a#1"});
  }
  Act act(const char* path) const { return needs(run.state, {path, 1}, run.now).checks.at(0).act; }

  RunDriver run;
};

TEST_F(Challenges, AllGoodPassAndAllBadFailOrItIsNotPassed) {
  struct Case {
    int good, good_passed, bad, bad_failed;
    bool passed;
  };
  for (const Case& known : {Case{1, 1, 1, 1, true}, Case{3, 3, 2, 2, true}, Case{3, 2, 2, 2, false},
                            Case{3, 3, 2, 1, false}, Case{0, 0, 2, 2, false},
                            Case{3, 3, 0, 0, false}, Case{0, 0, 0, 0, false}}) {
    RunDriver other(run.mbr);
    other.start();
    other.must(BeginStep{"start#1"});
    RecordChallenge command = challenged("start#1", "set", known.good_passed, known.bad_failed);
    command.good = known.good;
    command.bad = known.bad;
    other.must(command);
    EXPECT_EQ(other.bodies("camera_challenged").at(0)["result"],
              known.passed ? "passed" : "failed");
    EXPECT_EQ(other.state.suitability.at("label").disabled, !known.passed);
    EXPECT_EQ(other.exceptions().size(), known.passed ? 0U : 1U);
    EXPECT_NE(other.value("start#1", "set"), nullptr) << "challenged, whatever came of it";
  }
}

TEST_F(Challenges, CountsThatCantBeOrAnotherCheckAreRefused) {
  EXPECT_EQ(run.rule_of_refusal(challenged("start#1", "set", 4, 2)), "challenge.format");
  EXPECT_EQ(run.rule_of_refusal(challenged("start#1", "set", -1, 2)), "challenge.format");
  RecordChallenge command = challenged("start#1", "set", 3, 2);
  command.check_sha256 = digest("another");
  EXPECT_EQ(run.rule_of_refusal(command), "check.other");
  command = challenged("start#1", "set", 3, 2);
  command.camera = "CAM-B";
  EXPECT_EQ(run.rule_of_refusal(command), "check.camera");
  command = challenged("start#1", "set", 3, 2);
  command.evidence.clear();
  EXPECT_EQ(run.rule_of_refusal(command), "check.evidence");
  command = challenged("start#1", "set", 3, 2);
  command.manifest = "whichever";
  EXPECT_EQ(run.rule_of_refusal(command), "check.evidence");
  EXPECT_EQ(run.rule_of_refusal(challenged("start#1", "set", 3, 2, "unknown")), "challenge.none");
  run.must(challenged("start#1", "set", 3, 2));
  EXPECT_EQ(run.rule_of_refusal(challenged("start#1", "set", 3, 2)), "challenge.recorded");
}

TEST(ChallengeSets, OnlyTheApprovedOneCountsWhereTheRecipeNamesIt) {
  Entry look = camera_check("look");
  look.camera_check->check.challenge_sha256 = digest("challenge set");
  RunDriver run = begun({look, camera_challenge("set", When::kStart)});
  RecordChallenge command = challenged("a#1", "set", 3, 2);
  command.manifest = digest("an easier set");
  EXPECT_EQ(run.rule_of_refusal(command), "challenge.other_set");
  run.must(challenged("a#1", "set", 3, 2));
  EXPECT_EQ(run.bodies("camera_challenged").at(0)["manifest"], digest("challenge set"));
  EXPECT_FALSE(run.state.suitability.at("label").disabled);
}

// A panel that has another set shows nothing.
TEST(ChallengeSets, WithoutTheApprovedOneTheCheckIsDisabled) {
  Entry look = camera_check("look");
  look.camera_check->check.challenge_sha256 = digest("challenge set");
  RunDriver run = begun({look, camera_challenge("set", When::kStart)});
  run.must(RecordChallenge{.step = "a#1",
                           .entry = "set",
                           .check = "label",
                           .check_sha256 = digest("label"),
                           .camera = "CAM-A"});
  EXPECT_EQ(run.bodies("camera_challenged").at(0)["manifest"], "");
  EXPECT_TRUE(run.state.suitability.at("label").disabled);
}

// What was shown before says nothing of the set that is approved now.
TEST(ChallengeSets, AnotherOneByARedlineAsksForANewChallenge) {
  for (const char* approved : {"challenge set", "a harder set"}) {
    RunDriver run(linear({step("start", {camera_challenge("set", When::kStart)}),
                          step("a", {camera_check("look")})}));
    run.start();
    run.must(BeginStep{"start#1"});
    run.must(challenged("start#1", "set", 3, 2));
    in_force(run, replace("a", fmt::format(R"({{"id":"look","title":{{"en":"Look"}},
        "kind":"camera_check","camera":"CAM-A","check":{{"id":"label","version":"3",
        "sha256":"{}","challenge_sha256":"{}"}}}})",
                                           digest("label"), digest(approved))));
    run.must(CompleteStep{"start#1"});
    run.must(BeginStep{"a#1"});
    const bool shown = std::string(approved) == "challenge set";
    EXPECT_EQ(needs(run.state, {"a", 1}, run.now).checks.at(0).act,
              shown ? Act::kCheck : Act::kChallengeFirst)
        << approved;
    expect_replayed(run);
  }
}

TEST_F(Challenges, NothingIsCheckedBeforeItsStartChallengeWasPassed) {
  RunDriver parallel = begun({camera_check("look"), camera_challenge("set", When::kStart)});
  EXPECT_EQ(needs(parallel.state, {"a", 1}, parallel.now).checks.at(0).act, Act::kChallengeFirst);
  EXPECT_EQ(parallel.rule_of_refusal(said("pass")), "check.challenge");
  parallel.must(challenged("a#1", "set", 3, 2));
  parallel.must(said("pass"));
  parallel.must(CompleteStep{"a#1"});
}

TEST_F(Challenges, AfterAPassedOneTheCheckCounts) {
  EXPECT_EQ(act("start"), Act::kChallenge);
  pass_start();
  run.must(said("pass"));
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST_F(Challenges, AFailedOneDisablesTheCheckAndOpensTheManualPath) {
  fail_start();
  ASSERT_THAT(classes_of(run), ElementsAre("camera_challenge_failed"));
  EXPECT_EQ(run.exceptions()[0].severity, "major");
  EXPECT_EQ(act("a"), Act::kDecide);
  EXPECT_TRUE(needs(run.state, {"a", 1}, run.now).checks.at(0).is_disabled);
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "check.disabled");
  run.must(kDecideOk);
  EXPECT_EQ(run.bodies("check_decided").at(0)["why"], "disabled");
  run.sign("a#1", "verified", kJan);
  run.must(CompleteStep{"a#1"});
}

TEST_F(Challenges, WithADisabledCheckPeopleWhoSayNotOkPutItRightAndDecideAgain) {
  fail_start();
  run.must(DecideCheck{"a#1", "look", "not_ok", "the label is torn"});
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.failed");
  run.must(kPutRight);
  run.must(kDecideOk);
}

TEST_F(Challenges, ADisabledCheckStaysDisabledInThisRun) {
  fail_start();
  run.must(RepeatStep{"start#1", "the lens was cleaned"}, kSven);
  run.must(BeginStep{"start#2"});
  run.must(challenged("start#2", "set", 3, 2));
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "check.disabled");
}

TEST_F(Challenges, AFailedEndChallengeNamesEverythingTheCheckHadPassed) {
  pass_start();
  run.must(said("pass"));
  run.must(CompleteStep{"a#1"});
  run.must(BeginStep{"b#1"});
  run.must(said("undecided", "b#1"));
  run.must(said("pass", "b#1"));
  run.must(CompleteStep{"b#1"});
  run.must(BeginStep{"end#1"});
  run.must(challenged("end#1", "set", 3, 1));
  ASSERT_THAT(classes_of(run), ElementsAre("camera_challenge_failed"));
  EXPECT_EQ(run.exceptions()[0].severity, "major");
  EXPECT_THAT(run.exceptions()[0].message, HasSubstr("a#1:look, b#1:look"));
  EXPECT_EQ(run.bodies("camera_challenged").at(1)["affected"],
            Json::array({"a#1:look", "b#1:look"}));
  run.must(CompleteStep{"end#1"});
}

TEST_F(Challenges, AnInvalidatedStartChallengeCountsNoMore) {
  run.must(challenged("start#1", "set", 3, 2));
  run.must(CompleteStep{"start#1"});
  run.must(InvalidateValue{"start#1", "set", "the set was the old one", ""});
  EXPECT_EQ(act("start"), Act::kChallenge);
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "check.challenge");
  run.must(challenged("start#1", "set", 3, 2));
  run.must(said("pass"));
}

TEST_F(Challenges, TheEntryIsFilledWhenEveryCheckOfItsListWasChallenged) {
  RunDriver both = begun({camera_challenge("set", When::kStart, {"label", "display"}),
                          camera_check("look"), camera_check("meter", "display")});
  both.must(challenged("a#1", "set", 3, 2));
  EXPECT_EQ(both.value("a#1", "set"), nullptr);
  EXPECT_THAT(needs(both.state, {"a", 1}, both.now).checks.at(0).checks, ElementsAre("display"));
  both.must(challenged("a#1", "set", 3, 0, "display"));
  EXPECT_EQ(both.value("a#1", "set")->value, "failed");
  both.must(said("pass"));
  EXPECT_EQ(both.rule_of_refusal(said("pass", "a#1", "meter", "display")), "check.disabled");
}

TEST_F(Challenges, WhatEveryLineSaysFoldsToTheSameState) {
  fail_start();
  run.must(kDecideOk);
  EXPECT_EQ(state_text(replay(run.mbr, "run-1", run.lines)), state_text(run.state));
}

}  // namespace
}  // namespace batchwright::workflows::test

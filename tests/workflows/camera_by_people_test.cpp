// Where a camera comes to no verdict two people may decide, and the record says so. Requirement E3.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/camera_recipe.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Act = CheckNeed::Act;

RunDriver undecided(std::vector<SignatureRule> signatures = {}) {
  RunDriver run = begun({camera_check("look")}, std::move(signatures));
  run.must(said("undecided"));
  return run;
}

std::vector<SignatureRule> missing(const RunDriver& run) {
  return needs(run.state, {"a", 1}, run.now).missing_signatures;
}

TEST(CameraByPeople, NoVerdictFillsNothingAndMayBeTriedAgain) {
  RunDriver run = undecided();
  run.must(said("not_performed"));
  EXPECT_EQ(run.value("a#1", "look"), nullptr);
  const auto need = needs(run.state, {"a", 1}, run.now).checks.at(0);
  EXPECT_EQ(need.act, Act::kCheck);
  EXPECT_TRUE(need.may_decide);
  run.must(said("pass"));
  run.must(CompleteStep{"a#1"});
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST(CameraByPeople, TwentyTimesAtMostThenPeopleDecide) {
  RunDriver run = begun({camera_check("look")});
  for (int i = 0; i < 20; ++i) run.must(said(i % 2 == 0 ? "undecided" : "not_performed"));
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "check.attempts");
  const CheckNeed need = needs(run.state, {"a", 1}, run.now).checks.at(0);
  EXPECT_EQ(need.act, Act::kDecide);
  EXPECT_FALSE(need.is_disabled) << "in another step it may see well";
  run.must(kDecideOk);
}

TEST(CameraByPeople, TheCameraLooksFirst) {
  RunDriver run = begun({camera_check("look")});
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.first");
  run.must(said("pass"));
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.passed");
}

TEST(CameraByPeople, TheDecisionIsTheValueAndAnException) {
  RunDriver run = undecided();
  EXPECT_EQ(run.rule_of_refusal(DecideCheck{"a#1", "look", "ok", ""}), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(DecideCheck{"a#1", "look", "pass", "why"}), "check.format");
  run.must(kDecideOk);
  EXPECT_EQ(run.value("a#1", "look")->value, "ok");
  EXPECT_EQ(run.value("a#1", "look")->verdict, "by_people");
  EXPECT_THAT(classes_of(run), ElementsAre("camera_check_by_people"));
  EXPECT_EQ(run.exceptions().at(0).severity, "minor");
  EXPECT_EQ(run.bodies("check_decided").at(0)["why"], "undecided");
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "check.passed");
}

TEST(CameraByPeople, AnotherPersonVerifiesEvenWhereTheRecipeAsksForNobody) {
  RunDriver run = undecided();
  run.must(kDecideOk, kMary);
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.signature.missing");
  ASSERT_THAT(missing(run), SizeIs(1));
  EXPECT_EQ(missing(run)[0].meaning, "verified");
  EXPECT_TRUE(missing(run)[0].other_person);
  EXPECT_EQ(run.rule_of_refusal(run.sign_command(run.statement("a#1", "verified", kMary)), kMary),
            "sign.same_person");
  run.sign("a#1", "verified", kJan);
  run.must(CompleteStep{"a#1"});
}

TEST(CameraByPeople, OneVerifierIsEnoughWhereTheRecipeAsksForOne) {
  RunDriver run = undecided({performed(), verified()});
  run.must(kDecideOk);
  EXPECT_THAT(missing(run), SizeIs(2));
}

TEST(CameraByPeople, AVerifierWhoMayBeTheSamePersonIsNotEnough) {
  RunDriver run = undecided({{"verified", "operator", false}});
  run.must(kDecideOk);
  ASSERT_THAT(missing(run), SizeIs(2));
  run.sign("a#1", "verified", kMary);
  ASSERT_THAT(missing(run), SizeIs(1));
  EXPECT_TRUE(missing(run)[0].other_person);
}

TEST(CameraByPeople, NotOkIsAFail) {
  RunDriver run = undecided();
  run.must(DecideCheck{"a#1", "look", "not_ok", "the lot is another one"});
  EXPECT_THAT(classes_of(run), ElementsAre("camera_check_failed"));
  EXPECT_EQ(run.value("a#1", "look"), nullptr);
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.failed");
  EXPECT_EQ(run.rule_of_refusal(said("pass")), "check.put_right");
  run.must(kPutRight);
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.failed");
  run.must(said("pass"));
}

TEST(CameraByPeople, AfterAFailOfTheCameraTheyNeverSayThatItIsRight) {
  RunDriver run = begun({camera_check("look")});
  run.must(said("fail"));
  run.must(kPutRight);
  run.must(said("undecided"));  // the lens covered, say
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.failed");
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "we looked"}, kSven), "check.failed");
  run.must(said("pass"));
  EXPECT_THAT(classes_of(run), ElementsAre("camera_check_failed"));
}

TEST(CameraByPeople, FailsByPeopleAreCountedLikeThoseOfTheCamera) {
  Entry look = camera_check("look");
  look.camera_check->attempts_max = 1;
  RunDriver run = begun({look});
  run.must(said("fail"));
  run.must(kPutRight);
  run.must(said("undecided"));
  run.must(DecideCheck{"a#1", "look", "not_ok", "still wrong"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
}

TEST(CameraByPeople, ADecisionIsInvalidatedLikeACapturedValueAndThenTheCameraLooksFirst) {
  RunDriver run = undecided();
  run.must(kDecideOk);
  run.sign("a#1", "verified", kJan);
  run.must(InvalidateValue{"a#1", "look", "looked at the wrong bag", ""});
  EXPECT_EQ(run.value("a#1", "look"), nullptr);
  EXPECT_FALSE(run.step("a#1").signatures.at(0).voided_by.empty());
  EXPECT_EQ(run.rule_of_refusal(kDecideOk), "check.first");
  run.must(said("undecided"));
  run.must(kDecideOk);
  EXPECT_THAT(missing(run), SizeIs(1));
}

}  // namespace
}  // namespace batchwright::workflows::test

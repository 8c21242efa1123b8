// Requirement B8: production, then quality, sign that they reviewed the record as it is; whatever
// changes it afterwards makes the reviews start again, and only quality may change it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using Kind = ProceduralCommand;

constexpr const char* kProduction = "production";
constexpr const char* kQuality = "quality";
constexpr const char* kAccepted = "accepted";

Element signed_step(const std::string& id) {
  return step(id, {decimal("x")}, {performed()});
}

RunDriver complete_run() {
  RunDriver run(linear({signed_step("a")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  return run;
}

void accept_both(RunDriver& run) {
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
  run.must(run.review(kQuality, kAccepted, kPetra), kPetra);
}

TEST(Reviews, ComeWhenTheRunIsOverProductionFirstByTheRightPeople) {
  RunDriver run(linear({step("a", {decimal("x")})}));
  run.start();
  EXPECT_EQ(run.rule_of_refusal(run.review(kProduction, kAccepted, kSven), kSven), "run.state");
  run.work("a#1", {{"x", "1"}});
  EXPECT_EQ(run.rule_of_refusal(run.review(kQuality, kAccepted, kPetra), kPetra), "review.order");
  EXPECT_EQ(run.rule_of_refusal(run.review(kProduction, kAccepted, kMary), kMary), "review.role");
  const Person both{"bo", {"supervisor", "quality"}};
  run.must(run.review(kProduction, kAccepted, both), both);
  EXPECT_EQ(run.rule_of_refusal(run.review(kProduction, kAccepted, kSven), kSven), "review.order");
  EXPECT_EQ(run.rule_of_refusal(run.review(kQuality, kAccepted, both), both), "review.same_person");
  run.must(run.review(kQuality, kAccepted, kPetra), kPetra);
  EXPECT_EQ(run.rule_of_refusal(run.review(kQuality, kAccepted, kPetra), kPetra), "review.order");
}

TEST(Reviews, AreSignaturesOfTheDecision) {
  RunDriver run = complete_run();
  ReviewRun turned = run.review(kProduction, "rejected", kSven);
  turned.decision = kAccepted;
  EXPECT_EQ(run.rule_of_refusal(turned, kSven), "sign.order");
  ReviewRun unsigned_one = run.review(kProduction, kAccepted, kSven);
  unsigned_one.signature_hex.clear();
  EXPECT_EQ(run.rule_of_refusal(unsigned_one, kSven), "sign.signature");
  const Person both{"bo", {"supervisor", "quality"}};
  ReviewRun as_other = run.review(kQuality, kAccepted, both);
  as_other.stage = kProduction;
  EXPECT_EQ(run.rule_of_refusal(as_other, both), "sign.role");
  const ReviewRun good = run.review(kProduction, kAccepted, kSven);
  run.must(good, kSven);
  EXPECT_EQ(run.rule_of_refusal(run.review(kQuality, kAccepted, kMary), kMary), "review.role");
}

TEST(Reviews, AfterTheFirstOnlyQualityChangesTheRecord) {
  RunDriver run = complete_run();
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"a#1", "x", "2", "misread"}), "review.closed");
  EXPECT_EQ(run.rule_of_refusal(RepeatStep{"a#1", "again"}, kSven), "review.closed");
  EXPECT_EQ(run.rule_of_refusal(ProposeRedline{"{}", "again"}, kSven), "review.closed");
  run.must(CorrectEntry{"a#1", "x", "2", "misread"}, kPetra);
}

TEST(Reviews, AChangeMakesThemStartAgain) {
  RunDriver run = complete_run();
  accept_both(run);
  run.must(CorrectEntry{"a#1", "x", "2", "misread"}, kPetra);
  ASSERT_EQ(run.state.reviews.size(), 2U);
  EXPECT_TRUE(run.state.reviews[0].ended);
  EXPECT_TRUE(run.state.reviews[1].ended);
  // Opened by quality, the step is finished by who works at it.
  EXPECT_EQ(run.rule_of_refusal(run.review(kProduction, kAccepted, kSven), kSven), "review.open");
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  accept_both(run);
  EXPECT_EQ(run.state.reviews.size(), 4U);
  EXPECT_EQ(state_text(replay(run.mbr, "run-1", run.lines)), state_text(run.state));
}

TEST(Reviews, ADeviationThatIsToldAfterwardsMakesThemStartAgain) {
  RunDriver run = complete_run();
  accept_both(run);
  run.must(ReportDeviation{"a#1", "the seal was broken"});
  EXPECT_EQ(run.rule_of_refusal(run.review(kQuality, kAccepted, kPetra), kPetra), "review.order");
  accept_both(run);
}

TEST(Reviews, ACommentEndsNone) {
  RunDriver run = complete_run();
  run.must(ReportDeviation{"a#1", "the seal was broken"});
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
  run.must(CommentException{run.exceptions().back().id, "seen on the photo"}, kPetra);
  run.must(run.review(kQuality, kAccepted, kPetra), kPetra);
}

TEST(Reviews, ARejectionMakesThemStartAgain) {
  RunDriver run = complete_run();
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
  run.must(run.review(kQuality, "rejected", kPetra), kPetra);
  EXPECT_EQ(run.rule_of_refusal(run.review(kQuality, kAccepted, kPetra), kPetra), "review.order");
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});  // the record is open again
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  accept_both(run);
}

TEST(Reviews, NobodyAcceptsWhatAnExceptionStillBlocks) {
  Entry bubble = temperature();
  bubble.exception_class = "filter_integrity";
  RunDriver run(linear({step("a", {bubble})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  const std::string id = run.exceptions().back().id;
  ASSERT_EQ(run.exceptions().back().blocks, "batch");
  run.must(Control{"", Kind::kAbort, "no filter left"}, kSven);
  EXPECT_EQ(run.rule_of_refusal(run.review(kProduction, kAccepted, kSven), kSven),
            "review.exception");
  run.must(run.release("a#1", id, "the batch is lost", kPetra, "quality"), kPetra);
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
}

// What was shown to the reviewer is what is accepted.
TEST(Reviews, CoverTheRecordAsItIsNow) {
  RunDriver run = complete_run();
  const ReviewRun shown = run.review(kProduction, kAccepted, kSven);
  run.must(ReportDeviation{"a#1", "the seal was broken"});
  EXPECT_EQ(run.rule_of_refusal(shown, kSven), "sign.covered");
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
}

// A retest makes another step's result anew: that step is signed again, by who worked at it.
TEST(Reviews, AResultThatChangesAnotherStepMakesThemStartAgain) {
  Entry late = decimal("x");
  late.late = LateResult{.owner = "lab", .due_s = 3600, .blocks = {}};
  RunDriver run(linear({step("a", {acknowledge(), late}),
                        step("b", {computed("twice", "{a:x} * 2")}, {performed()})}));
  const Person lab{"lina", {"lab"}};
  run.start();
  run.work("a#1");
  run.must(RecordResult{"a#1", "x", "1", ""}, lab);
  run.must(BeginStep{"b#1"});
  run.sign("b#1", "performed", kMary);
  run.must(CompleteStep{"b#1"});
  accept_both(run);
  run.must(RecordResult{"a#1", "x", "2", "second plate"}, lab);
  ASSERT_THAT(run.open(), ::testing::ElementsAre("b#1"));
  run.sign("b#1", "performed", kMary);
  run.must(CompleteStep{"b#1"});
  accept_both(run);
}

TEST(Reviews, AResultThatAVoidExecutionOwedIsOwedNoMore) {
  Entry late = decimal("x");
  late.late = LateResult{.owner = "lab",
                         .due_s = 3600,
                         .consequence = LateResult::Consequence::kBlocksRecord,
                         .blocks = {}};
  RunDriver run(linear({step("a", {acknowledge(), late}), step("b")}));
  const Person lab{"lina", {"lab"}};
  run.start();
  run.work("a#1");
  run.must(RepeatStep{"a#1", "the sample was spilled"}, kSven);
  run.work("a#2");
  run.work("b#1");
  EXPECT_EQ(run.rule_of_refusal(run.review(kProduction, kAccepted, kSven), kSven), "review.result");
  run.must(RecordResult{"a#2", "x", "1", ""}, lab);
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
}

TEST(Reviews, NobodyAcceptsWhatARecallLeftOpen) {
  RunDriver run(linear({step("a", {decimal("x")}), step("b")}));
  run.start();
  run.work("a#1", {{"x", "1"}});
  run.must(RecallRecipe{"wrong limit"});
  run.must(Control{"", Kind::kAbort, "recalled"}, kSven);
  EXPECT_EQ(run.rule_of_refusal(run.review(kProduction, kAccepted, kSven), kSven),
            "review.recalled");
  run.must(DecideRecall{false, "lost"}, kPetra);
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
}

// What a correction opened in a run that was stopped is finished like in any other.
TEST(Reviews, AStepOpenedAgainInARunThatWasAbortedIsFinished) {
  RunDriver run(linear({signed_step("a"), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  run.must(Control{"", Kind::kAbort, "spill"}, kSven);
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_THAT(run.open(), ::testing::ElementsAre("a#1"));
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "run.state");
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  run.must(run.review(kProduction, kAccepted, kSven), kSven);
}

// Both panels were offline: one acceptance stands, the other is named, and nothing is stuck.
TEST(Reviews, OfTwoPanelsTheSecondIsAConflict) {
  RunDriver here = complete_run();
  RunDriver there(here.mbr);
  there.device = "panel-2";
  there.receive(here.known_commits());
  here.must(here.review(kProduction, kAccepted, kSven), kSven);
  there.must(there.review(kProduction, kAccepted, kInes), kInes);
  here.receive(there.known_commits());
  EXPECT_EQ(here.state.reviews.size(), 1U);
  EXPECT_EQ(here.state.conflicts.size(), 1U);
  // Nobody accepts what nobody was told: the refusal opens the exception, and the reviews start
  // again with that in sight.
  const auto refused =
      decide(here.state, here.review(kQuality, kAccepted, kPetra), here.context(kPetra));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().rule, "review.conflict");
  here.append(refused.error().to_record);
  EXPECT_EQ(here.exceptions().back().exception_class, "conflict");
  accept_both(here);
}

}  // namespace
}  // namespace batchwright::workflows::test

// Steps that are open again: what opened them, what they keep, and that the batch goes on
// meanwhile. Requirements B8, C6.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "b" relies on what was measured in "a"; both complete and signed, "c" ready.
RunDriver relying() {
  Element b = step("b", {decimal("y")}, {performed()});
  b.step->relies_on = {"a"};
  RunDriver run(linear({step("a", {decimal("x"), computed("twice", "{a:x} * 2")}), b, step("c")}));
  run.start();
  run.work("a#1", {{"x", "1"}});
  run.must(BeginStep{"b#1"});
  run.must(RecordEntry{"b#1", "y", "1"});
  run.sign("b#1", "performed", kMary);
  run.must(CompleteStep{"b#1"});
  return run;
}

TEST(OpenedAgain, AStepThatReliedOnACorrectedValueNamesItUntilItIsSignedAgain) {
  RunDriver run = relying();
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  const StepState& b = run.step("b#1");
  EXPECT_EQ(b.status, StepStatus::kRunning);
  EXPECT_TRUE(b.reopened);
  EXPECT_EQ(b.reopened_by, "a#1:x");
  const std::string line = b.lines.back();
  EXPECT_EQ(b.signatures[0].voided_by, line);
  EXPECT_THAT(run.open(), ElementsAre("b#1", "c#1"));
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"b#1"}), "step.signature.missing");
  run.sign("b#1", "performed", kMary);
  run.must(CompleteStep{"b#1"});
  EXPECT_EQ(run.step("b#1").reopened_by, "");
  EXPECT_FALSE(run.step("b#1").reopened);
  EXPECT_THAT(run.open(), ElementsAre("c#1"));  // its token had moved on
  EXPECT_THAT(run.state.conflicts, IsEmpty());
}

TEST(OpenedAgain, SignaturesThatWereVoidBeforeKeepWhatVoidedThem) {
  RunDriver run = relying();
  run.must(CorrectEntry{"b#1", "y", "2", "misread"});
  const std::string first = run.step("b#1").signatures[0].voided_by;
  run.sign("b#1", "performed", kMary);
  run.must(CompleteStep{"b#1"});
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_EQ(run.step("b#1").signatures[0].voided_by, first);
  EXPECT_NE(run.step("b#1").signatures[1].voided_by, "");
  EXPECT_NE(run.step("b#1").signatures[1].voided_by, first);
}

// The batch may be over meanwhile: the signature is still made, and nothing begins again.
TEST(OpenedAgain, AStepOfABatchThatIsOverIsSignedAgainAndTheBatchStaysOver) {
  RunDriver run = relying();
  run.work("c#1");
  ASSERT_EQ(run.state.status, RunStatus::kComplete);
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
  run.sign("b#1", "performed", kMary);
  run.must(CompleteStep{"b#1"});
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.open(), IsEmpty());
}

// An operation that is over lets what was opened again in it be finished, and nothing else go on.
TEST(OpenedAgain, AStepInAnOperationThatIsOverIsFinished) {
  Element mix = group("mix", Level::kOperation);
  run_in_sequence(mix, {step("a", {decimal("x")}, {performed()}), step("b")});
  RunDriver run(linear({mix, step("last")}));
  run.start();
  run.must(BeginStep{"mix/a#1"});
  run.must(RecordEntry{"mix/a#1", "x", "1"});
  run.sign("mix/a#1", "performed", kMary);
  run.must(CompleteStep{"mix/a#1"});
  run.must(Control{"mix", ProceduralCommand::kAbort, "spill"}, kInes);
  run.must(CorrectEntry{"mix/a#1", "x", "2", "misread"});
  ASSERT_TRUE(run.step("mix/a#1").reopened);
  run.sign("mix/a#1", "performed", kMary);
  run.must(CompleteStep{"mix/a#1"});
  EXPECT_EQ(run.step("mix/a#1").status, StepStatus::kComplete);
  EXPECT_EQ(run.state.elements.at("mix"), "aborted");
}

TEST(OpenedAgain, OnHoldNothingIsFinished) {
  Element mix = group("mix", Level::kOperation);
  run_in_sequence(mix, {step("a", {decimal("x")}, {performed()}), step("b")});
  RunDriver run(linear({mix, step("last")}));
  run.start();
  run.must(BeginStep{"mix/a#1"});
  run.must(RecordEntry{"mix/a#1", "x", "1"});
  run.sign("mix/a#1", "performed", kMary);
  run.must(CompleteStep{"mix/a#1"});
  run.must(CorrectEntry{"mix/a#1", "x", "2", "misread"});
  run.must(Control{"mix", ProceduralCommand::kHold, "leak"});
  run.now.unix_ms += 1000;
  const auto refused = decide(run.state, CompleteStep{"mix/a#1"}, run.context(kMary));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().rule, "step.element_state");
}

}  // namespace
}  // namespace batchwright::workflows::test

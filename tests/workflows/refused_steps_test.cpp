// Why a step can't be worked on, in words that say what helps, for each state it may be in; who may
// do what, and what counts as a reason. Requirements B6, B8, D3.
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using Kind = ProceduralCommand;

// "rule at place: message" of the refusal; "" when nothing was refused.
std::string said(const RunDriver& run, const Command& command, const Person& who = kMary) {
  const auto done = decide(run.state, command, run.context(who));
  if (done) return "";
  return done.error().rule + " at " + done.error().place + ": " + done.error().message;
}

RunDriver started(std::vector<Element> steps, std::vector<ReactionPlan> plans = {}) {
  RunDriver run(linear(std::move(steps), std::move(plans)));
  run.start();
  return run;
}

TEST(RefusedSteps, OneThatTheProcedureDoesNotHave) {
  const RunDriver run = started({step("a"), step("b")});
  for (const char* step : {"", "a", "z#1", "a#0"}) {
    EXPECT_EQ(said(run, CompleteStep{step}),
              std::string("step.unknown at ") + step +
                  ": There is no such step in this procedure. Choose it on the list.");
  }
}

TEST(RefusedSteps, OneWhoseTurnHasNotCome) {
  const RunDriver run = started({step("a"), step("b")});
  for (const char* step : {"b#1", "a#2"}) {
    EXPECT_EQ(said(run, BeginStep{step}),
              std::string("step.not_its_turn at ") + step +
                  ": It is not the turn of this step: an earlier step is not complete. Finish the "
                  "open steps first.");
  }
}

TEST(RefusedSteps, OneThatWasNotBegun) {
  const RunDriver run = started({step("a")});
  EXPECT_EQ(said(run, CompleteStep{"a#1"}),
            "step.not_begun at a#1: The step was not begun. Open it first.");
}

TEST(RefusedSteps, OneThatIsComplete) {
  RunDriver run = started({step("a"), step("b")});
  run.work("a#1");
  EXPECT_EQ(
      said(run, CompleteStep{"a#1"}),
      "step.complete at a#1: The step is already complete. To change a value, correct it with "
      "a reason.");
}

TEST(RefusedSteps, OneThatIsHeld) {
  RunDriver run = started({step("a", {temperature("R")})}, {plan("R", 0, true)});
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  EXPECT_EQ(
      said(run, CompleteStep{"a#1"}),
      "step.held at a#1: The step is held by its reaction plan. Call the person the plan names "
      "to release it.");
}

TEST(RefusedSteps, OneThatWasStopped) {
  RunDriver run = started({step("a"), step("b")});
  run.must(BeginStep{"a#1"});
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(said(run, CompleteStep{"a#1"}),
            "step.aborted at a#1: The step was stopped. Work on its newest repetition.");
}

TEST(RefusedSteps, OneWhoseOperationIsOnHold) {
  Element mix = group("mix", Level::kOperation);
  run_in_sequence(mix, {step("a")});
  RunDriver run = started({mix});
  run.must(BeginStep{"mix/a#1"});
  run.must(Control{"mix", Kind::kHold, "leak"});
  EXPECT_EQ(said(run, CompleteStep{"mix/a#1"}),
            "step.element_state at mix/a#1: The operation of this step is on hold or over. Nothing "
            "was saved. Call the supervisor.");
}

TEST(RefusedSteps, OneThatSomebodyElseBegan) {
  RunDriver run = started({step("a")});
  run.must(BeginStep{"a#1"}, kJan);
  EXPECT_EQ(said(run, BeginStep{"a#1"}),
            "step.begun at a#1: The step was already begun by jan. Go on with it.");
}

TEST(RefusedPeople, AreToldWhoMay) {
  RunDriver run = started({step("a")});
  EXPECT_EQ(
      said(run, ForceStep{"a#1", "why"}),
      "override.role at : Only supervisor or quality may force a step. Nothing was saved. Call "
      "such a person.");
  run.must(RecallRecipe{"label"});
  EXPECT_EQ(
      said(run, DecideRecall{true, "why"}, kSven),
      "recall.role at : Only quality may decide about a recall. Nothing was saved. Call such a "
      "person.");
}

TEST(RefusedReasons, AreEmptyOnesAndTextThatCantBeShown) {
  const RunDriver run = started({step("a")});
  const std::string missing = "reason.missing at a#1: A reason is missing. Say in a few words why.";
  for (const char* blank : {"", " ", "\n", " \n "}) {
    EXPECT_EQ(said(run, ForceStep{"a#1", blank}, kSven), missing) << '"' << blank << '"';
  }
  EXPECT_TRUE(said(run, ForceStep{"a#1", "bell \a"}, kSven).starts_with("text.invalid at a#1: "));
  EXPECT_EQ(said(run, ForceStep{"a#1", "two\nlines"}, kSven), "");
}

}  // namespace
}  // namespace batchwright::workflows::test

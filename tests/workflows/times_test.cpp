// Minimum and maximum times: from what they count, through holds and restarts, and by a clock that
// may be wrong. Requirements B7, B14, B15; 21 CFR 211.111.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::IsEmpty;
using Kind = ProceduralCommand;

RunDriver dissolving(bool runs_in_hold) {
  Element dissolve = step("a");
  dissolve.step->minimum_s = 600;
  dissolve.step->maximum_s = 1200;
  dissolve.step->runs_in_hold = runs_in_hold;
  RunDriver run(linear({dissolve, step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "done", "done"});
  return run;
}

void pass(RunDriver& run, std::int64_t seconds) {
  run.now.unix_ms += seconds * 1000;
}

void hold_for(RunDriver& run, std::int64_t seconds) {
  run.must(Control{"", Kind::kHold, "alarm"});
  pass(run, seconds);
  run.must(Control{"", Kind::kRestart, "over"}, kInes);
}

TEST(Times, AStepCantEndBeforeItsMinimum) {
  RunDriver run = dissolving(true);
  pass(run, 599);
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.minimum_time");
  pass(run, 1);
  run.must(CompleteStep{"a#1"});
}

TEST(Times, ATimerSaysWhetherItRunsOnDuringAHold) {
  RunDriver on = dissolving(true), off = dissolving(false);
  for (RunDriver* run : {&on, &off}) hold_for(*run, 700);
  on.must(CompleteStep{"a#1"});
  EXPECT_EQ(off.rule_of_refusal(CompleteStep{"a#1"}), "step.minimum_time");
  pass(off, 600);
  off.must(CompleteStep{"a#1"});
}

TEST(Times, AMaximumThatStoppedInTheHoldPassesLater) {
  RunDriver run = dissolving(false);
  hold_for(run, 5000);
  pass(run, 1200);
  run.must(Tick{});
  ASSERT_EQ(run.exceptions().size(), 1U);  // the hold itself
  pass(run, 1);
  run.must(Tick{});
  EXPECT_EQ(run.exceptions().back().exception_class, "time_exceeded");
}

TEST(Times, AnUncertainClockCountsTheShortestForMinimaAndTheLongestForMaxima) {
  RunDriver run = dissolving(true);
  run.clock_uncertainty_ms = 60'000;
  pass(run, 659);
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.minimum_time");
  pass(run, 482);  // 1141 s, at most 1201 s
  run.must(Tick{});
  EXPECT_EQ(run.exceptions().back().exception_class, "time_exceeded");
}

TEST(Times, ATimeBetweenStepsHasAMinimumTooAndIsKeptByReplay) {
  auto mbr = std::make_shared<Mbr>(*linear({step("a"), step("b")}));
  mbr->time_limits = {{.id = "cool",
                       .title = {{"en", "Cooling"}},
                       .from = "a",
                       .to = "b",
                       .minimum_s = 60,
                       .maximum_s = 120,
                       .reaction_plan = {}}};
  RunDriver run(mbr);
  run.start();
  run.work("a#1");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.time");
  pass(run, 121);
  run.must(BeginStep{"b#1"});  // too late is a fact, not a refusal
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "wip_expired");
  EXPECT_EQ(state_text(replay(mbr, "run-1", run.lines)), state_text(run.state));
}

TEST(Times, APlannedHoldIsNoExceptionUntilItsMaximumPasses) {
  auto mbr = std::make_shared<Mbr>(*linear({step("a")}));
  mbr->planned_hold_max_s = 100;
  RunDriver run(mbr);
  run.start();
  run.must(Control{"", Kind::kHold, "storage", true});
  EXPECT_THAT(run.exceptions(), IsEmpty());
  pass(run, 100);
  run.must(Tick{});
  EXPECT_THAT(run.exceptions(), IsEmpty());
  pass(run, 1);
  run.must(Tick{});
  EXPECT_EQ(run.exceptions().back().exception_class, "hold_time_exceeded");
}

TEST(Times, AValueStillOutOfLimitsBecomesMoreSevereAndCallsAnother) {  // B15
  ReactionPlan again = plan("R2", 2, false);
  again.escalate_after_s = 1800;
  again.escalate_severity = "major";
  again.escalate_role = "quality";
  RunDriver run(linear({step("a", {temperature("R2")})}, {again}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.3"});
  pass(run, 1800);
  run.must(Tick{});
  EXPECT_EQ(run.exceptions()[0].severity, "minor");
  pass(run, 1);
  run.must(Tick{});
  EXPECT_EQ(run.exceptions()[0].severity, "major");
  EXPECT_EQ(run.exceptions()[0].release, "quality");
  EXPECT_TRUE(run.exceptions()[0].escalated);
}

TEST(Times, OneThatCameBackInTimeStaysAsItWas) {
  ReactionPlan again = plan("R2", 2, false);
  again.escalate_after_s = 1800;
  again.escalate_severity = "major";
  RunDriver run(linear({step("a", {temperature("R2")})}, {again}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.3"});
  run.must(RecordEntry{"a#1", "temperature", "25.3"});
  pass(run, 3600);
  run.must(Tick{});
  EXPECT_EQ(run.exceptions()[0].severity, "minor");
}

}  // namespace
}  // namespace batchwright::workflows::test

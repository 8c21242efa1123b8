// What an exception is given when it is opened: number, severity, what it stops, who releases it,
// and the hold that follows. Requirements B15, D1, D5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ProceduralCommand;

ReactionPlan calling(const char* role, HoldLevel level, bool holds) {
  ReactionPlan made = plan("R", 0, holds);
  made.calls_role = role;
  made.hold_level = level;
  made.hold_max_s = 90;
  made.severity = "critical";
  return made;
}

// The value is out of limits in operation "mix".
RunDriver out_of_limits(const ReactionPlan& reaction) {
  Element mix = group("mix", Level::kOperation);
  run_in_sequence(mix, {step("a", {temperature("R")}), step("b")});
  RunDriver run(linear({mix, step("last")}, {reaction}));
  run.start();
  run.must(BeginStep{"mix/a#1"});
  run.must(RecordEntry{"mix/a#1", "temperature", "27.0"});
  return run;
}

TEST(OpenedExceptions, AreNumberedInTheOrderOfThePanelThatOpenedThem) {
  RunDriver run(linear({step("a")}));
  run.start();
  run.must(ReportDeviation{"a#1", "noise"});
  run.must(ReportDeviation{"", "smell"});
  EXPECT_EQ(run.exceptions()[0].number, "MIX2-0001");
  EXPECT_EQ(run.exceptions()[1].number, "MIX2-0002");
  EXPECT_NE(run.exceptions()[0].id, run.exceptions()[1].id);
}

// In one commit, too.
TEST(OpenedExceptions, OfOneCommandHaveNumbersOfTheirOwn) {
  Element slow = step("a", {temperature()});
  slow.step->maximum_s = 1;
  RunDriver run(linear({slow}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.now.unix_ms += 2000;
  run.clock_uncertainty_ms = 5000;
  run.must(Tick{});
  ASSERT_EQ(run.exceptions().size(), 2U);
  EXPECT_EQ(run.exceptions()[0].number, "MIX2-0001");
  EXPECT_EQ(run.exceptions()[1].number, "MIX2-0002");
}

TEST(OpenedExceptions, TakeSeverityAndReleaseFromTheirPlan) {
  const RunDriver run = out_of_limits(calling("shift lead", HoldLevel::kStep, true));
  const ExceptionState opened = run.exceptions().back();
  EXPECT_EQ(opened.severity, "critical");
  EXPECT_EQ(opened.blocks, "step");
  EXPECT_EQ(opened.release, "shift lead");
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_EQ(run.state.elements.at("mix"), "running");
}

TEST(OpenedExceptions, OfAPlanThatCallsNobodyAreReleasedBySupervisorOrQuality) {
  const RunDriver run = out_of_limits(calling("", HoldLevel::kStep, true));
  EXPECT_EQ(run.exceptions().back().release, "supervisor, quality");
}

TEST(OpenedExceptions, ThatStopNothingNeedNoRelease) {
  const RunDriver run = out_of_limits(calling("shift lead", HoldLevel::kStep, false));
  EXPECT_EQ(run.exceptions().back().blocks, "");
  EXPECT_EQ(run.exceptions().back().release, "");
  EXPECT_EQ(run.step("mix/a#1").status, StepStatus::kRunning);
}

TEST(OpenedExceptions, ThatStopTheOperationHoldItAndNotTheBatch) {
  RunDriver run = out_of_limits(calling("supervisor", HoldLevel::kOperation, true));
  const ExceptionState opened = run.exceptions().back();
  EXPECT_EQ(opened.blocks, "operation");
  EXPECT_EQ(run.state.elements.at("mix"), "held");
  EXPECT_EQ(run.state.held_elements.at("mix"), opened.id);
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  const auto changes = run.bodies("element_state_changed");
  EXPECT_EQ(changes[changes.size() - 2].at("reason"), opened.message);
  EXPECT_THAT(run.bodies("hold_declared"), IsEmpty());
  run.must(run.release("mix/a#1", opened.id, "seen", kSven, "supervisor"), kSven);
  EXPECT_EQ(run.state.elements.at("mix"), "running");
  EXPECT_THAT(run.state.held_elements, IsEmpty());
}

TEST(OpenedExceptions, ThatStopTheBatchDeclareAHoldWithThePlansMaximum) {
  RunDriver run = out_of_limits(calling("supervisor", HoldLevel::kBatch, true));
  const ExceptionState opened = run.exceptions().back();
  EXPECT_EQ(run.state.status, RunStatus::kHeld);
  EXPECT_EQ(run.state.hold.kind, "exception");
  EXPECT_EQ(run.state.hold.exception, opened.id);
  EXPECT_EQ(run.state.hold.maximum_ms, 90'000);
  EXPECT_EQ(run.bodies("run_state_changed").back().at("to"), "held");
}

TEST(OpenedExceptions, ThatStopTheBatchWithoutAPlanHoldItForAsLongAsItTakes) {
  Entry bubble = temperature();
  bubble.exception_class = "filter_integrity";
  RunDriver run(linear({step("a", {bubble})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  EXPECT_EQ(run.state.hold.maximum_ms, 0);
  EXPECT_EQ(run.exceptions().back().release, "quality");
}

// A recipe may name a class that this program doesn't have.
TEST(OpenedExceptions, OfAClassThatNobodyKnowsAreMajorAndStopWhatTheirPlanStops) {
  Entry strange = temperature();
  strange.exception_class = "made_up";
  Entry planned = strange;
  planned.id = "planned";
  planned.reaction_plan = "R";
  RunDriver run(linear({step("a", {strange, planned})}, {calling("", HoldLevel::kStep, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  const ExceptionState opened = run.exceptions().back();
  EXPECT_EQ(opened.exception_class, "made_up");
  EXPECT_EQ(opened.severity, "major");
  EXPECT_EQ(opened.blocks, "");
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  run.must(RecordEntry{"a#1", "planned", "27.0"});
  EXPECT_EQ(run.exceptions().back().blocks, "step");
  EXPECT_EQ(run.exceptions().back().release, "supervisor, quality");
}

// What is held already stays held as it was.
TEST(OpenedExceptions, HoldNothingASecondTime) {
  RunDriver run(linear({step("a", {temperature("R")}), step("b")},
                       {calling("supervisor", HoldLevel::kBatch, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "25.0"});
  run.must(Control{"", Kind::kHold, "alarm"});
  run.must(CorrectEntry{"a#1", "temperature", "27.0", "misread"});
  EXPECT_EQ(run.exceptions().back().blocks, "batch");
  EXPECT_EQ(run.bodies("hold_declared").size(), 1U);
  EXPECT_EQ(run.state.hold.exception, "");
}

TEST(OpenedExceptions, OfAPlanStopTheStepOnceItsMeasurementsAreUsedUp) {  // B15
  RunDriver run(linear({step("a", {temperature("R2")})}, {plan("R2", 2, false)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  run.must(RecordEntry{"a#1", "temperature", "27.1"});
  EXPECT_EQ(run.exceptions().back().blocks, "");
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  run.must(RecordEntry{"a#1", "temperature", "27.2"});
  EXPECT_EQ(run.exceptions().back().blocks, "step");
  EXPECT_EQ(run.exceptions().back().release, "supervisor");
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
}

// A condition that can't be judged stops the run there, and says why, once for the same values.
TEST(OpenedExceptions, OfAConditionThatCantBeJudgedNameItAndItsValues) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece first = chart.element(step("a", {decimal("x"), decimal("y")}));
  const Piece ways = chart.choice(
      {{"1 / {a:x} > {a:y}", chart.element(step("b"))}, {"true", chart.element(step("c"))}});
  chart.finish(chart.sequence({first, ways}));
  RunDriver run(finished(procedure));
  run.start();
  run.work("a#1", {{"x", "0"}, {"y", "3"}});
  ASSERT_EQ(run.exceptions().size(), 1U);
  const ExceptionState opened = run.exceptions()[0];
  EXPECT_EQ(opened.exception_class, "formula_error");
  EXPECT_EQ(opened.value, "a#1:x=0.0, a#1:y=3.0");
  EXPECT_TRUE(opened.limit.starts_with("condition :n")) << opened.limit;
  EXPECT_EQ(
      opened.message,
      "The condition can't be evaluated. Division by zero has no result. Check the value that "
      "divides.");
  EXPECT_THAT(run.open(), IsEmpty());
  run.must(ReportDeviation{"", "noise"});
  EXPECT_EQ(run.exceptions().size(), 2U);
  run.must(CorrectEntry{"a#1", "y", "4", "misread"});  // other values: told again
  EXPECT_EQ(run.exceptions().back().value, "a#1:x=0.0, a#1:y=4.0");
  run.must(CorrectEntry{"a#1", "x", "1", "misread"});
  EXPECT_THAT(run.open(), ElementsAre("c#1"));
}

TEST(OpenedExceptions, OfAConditionThatIsNoQuestionSaySo) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece first = chart.element(step("a", {decimal("x")}));
  const Piece ways =
      chart.choice({{"{a:x}", chart.element(step("b"))}, {"true", chart.element(step("c"))}});
  chart.finish(chart.sequence({first, ways}));
  RunDriver run(finished(procedure));
  run.start();
  run.work("a#1", {{"x", "1"}});
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].message,
            "The condition can't be evaluated. The condition is not true or false.");
  EXPECT_THAT(run.open(), IsEmpty());
}

// A checked recipe has no such circle; one that comes from elsewhere must not hang a panel.
TEST(OpenedExceptions, AProcedureThatRunsInACircleWithoutAStepIsRefused) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const std::string begin = chart.node(NodeKind::kBegin), end = chart.node(NodeKind::kEnd);
  const std::string meet = chart.node(NodeKind::kOrJoin), part = chart.node(NodeKind::kOrSplit);
  const std::string back = chart.transition("true"), out = chart.transition("true");
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {begin, meet}, {meet, part}, {part, back}, {back, meet}, {part, out}, {out, end}}) {
    chart.link(from, to);
  }
  RunDriver run(finished(procedure));
  const StartRun start{run.state.run, "B-1", "batch", std::string(64, 'a')};
  const auto refused = decide(run.state, start, run.context(kInes));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().rule, "run.endless");
  EXPECT_EQ(
      refused.error().message,
      "The procedure runs in a circle without a step in it. Nothing was saved. Call the author "
      "of the master batch record.");
}

TEST(OpenedExceptions, AGroupWithNothingInItIsCompleteAtOnce) {
  RunDriver run(linear({group("empty", Level::kOperation), step("a")}));
  run.start();
  EXPECT_EQ(run.state.elements.at("empty"), "complete");
  EXPECT_THAT(run.open(), ElementsAre("a#1"));
  EXPECT_TRUE(run.exceptions().empty());
}

}  // namespace
}  // namespace batchwright::workflows::test

// Changes of procedural state as they are recorded: what the table allows, what earlier programs
// wrote, and what a stop or an abort leaves behind. Requirements B1, B10, B15.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ProceduralCommand;

Element around(std::string id, Level level, std::vector<Element> children) {
  Element made = group(std::move(id), level);
  run_in_sequence(made, std::move(children));
  return made;
}

// Unit "u" with operations "u/o1" and "u/o2" side by side, beside a step "s"; then "last".
std::shared_ptr<const Mbr> recipe() {
  Element unit = group("u", Level::kUnitProcedure);
  ChartBuilder inner(unit);
  inner.finish(
      inner.parallel({inner.element(around("o1", Level::kOperation, {step("a"), step("b")})),
                      inner.element(around("o2", Level::kOperation, {step("c")}))}));
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece both = chart.parallel({chart.element(std::move(unit)), chart.element(step("s"))});
  chart.finish(chart.sequence({both, chart.element(step("last"))}));
  return finished(std::move(procedure));
}

class RecordedStates : public testing::Test {
 protected:
  RecordedStates() : run(recipe()) { run.start(); }

  // Another panel wrote it. False when it is a conflict.
  bool bring(const Event& event) {
    record::StoredLine stored = run.lines.back();
    static_cast<record::Draft&>(stored.line) = encode_event(event);
    stored.line.subject = {"run", run.state.run};
    stored.line.time = to_text(run.now);
    const std::size_t conflicts = run.state.conflicts.size();
    apply(run.state, stored);
    return run.state.conflicts.size() == conflicts;
  }
  std::string state(const std::string& path) const {
    const auto found = run.state.elements.find(path);
    return found == run.state.elements.end() ? "idle" : found->second;
  }
  StepStatus status(const char* ref) const { return run.step(ref).status; }

  RunDriver run;
};

TEST_F(RecordedStates, EarlierProgramsWroteOneChangeForHoldResumeAndAbort) {
  EXPECT_TRUE(bring(RunStateChanged{"hold", "running", "held", ""}));
  EXPECT_EQ(run.state.status, RunStatus::kHeld);
  EXPECT_EQ(run.state.hold.since_unix_ms, run.now.unix_ms);
  EXPECT_FALSE(bring(RunStateChanged{"resume", "held", "paused", ""}));
  EXPECT_TRUE(bring(RunStateChanged{"resume", "held", "running", ""}));
  EXPECT_EQ(run.state.hold.since_unix_ms, 0);
  EXPECT_FALSE(bring(RunStateChanged{"resume", "running", "running", ""}));
  EXPECT_TRUE(bring(RunStateChanged{"abort", "running", "aborted", ""}));
  EXPECT_EQ(run.state.status, RunStatus::kAborted);
  EXPECT_EQ(run.state.ended_time, to_text(run.now));
}

TEST_F(RecordedStates, TheTableDecidesAndNothingElse) {
  EXPECT_FALSE(bring(RunStateChanged{"hold", "running", "stopped", ""}));
  EXPECT_FALSE(bring(RunStateChanged{"hold", "running", "sleeping", ""}));
  EXPECT_FALSE(bring(RunStateChanged{"fly", "running", "held", ""}));
  EXPECT_FALSE(bring(RunStateChanged{"hold", "paused", "held", ""}));
  EXPECT_TRUE(bring(RunStateChanged{"hold", "running", "holding", ""}));
  EXPECT_EQ(run.state.hold.since_unix_ms, 0);  // not yet
  EXPECT_TRUE(bring(RunStateChanged{"done", "holding", "held", ""}));
  EXPECT_TRUE(bring(ElementStateChanged{"u/o1", "running", "pausing", "pause", ""}));
  EXPECT_FALSE(bring(ElementStateChanged{"u/o1", "pausing", "held", "done", ""}));
  EXPECT_TRUE(bring(ElementStateChanged{"u/o1", "pausing", "paused", "", ""}));  // by itself
  EXPECT_FALSE(bring(ElementStateChanged{"u/o1", "paused", "sleeping", "resume", ""}));
  EXPECT_FALSE(bring(ElementStateChanged{"u/o1", "sleeping", "running", "resume", ""}));
  EXPECT_TRUE(bring(ElementStateChanged{"u/o1", "paused", "running", "resume", ""}));
}

TEST_F(RecordedStates, TheStartOfARunIsItsFirstChangeAlone) {
  const std::string started = run.state.started_time;
  run.now.unix_ms += 5000;
  bring(RunStateChanged{"hold", "running", "held", ""});
  bring(RunStateChanged{"restart", "held", "running", ""});
  EXPECT_EQ(run.state.started_time, started);
  EXPECT_EQ(run.state.ended_time, "");
}

TEST_F(RecordedStates, AHoldSaysWhatItIsAndHowLongItMayBe) {
  EXPECT_TRUE(bring(HoldDeclared{"planned", "100", "id-1"}));
  EXPECT_EQ(run.state.hold.kind, "planned");
  EXPECT_EQ(run.state.hold.exception, "id-1");
  EXPECT_EQ(run.state.hold.maximum_ms, 100'000);
  for (const char* none :
       {"", "0", "-5", "many", "5x", " 5", "1000000000", "99999999999999999999"}) {
    bring(HoldDeclared{"planned", none, ""});
    EXPECT_EQ(run.state.hold.maximum_ms, 0) << none;
  }
  bring(HoldDeclared{"planned", "999999999", ""});
  EXPECT_EQ(run.state.hold.maximum_ms, 999'999'999'000);
  bring(HoldDeclared{"planned", "1", ""});
  EXPECT_EQ(run.state.hold.maximum_ms, 1000);
}

TEST_F(RecordedStates, AnAbortedOperationEndsWhatIsInItAndNothingBeside) {
  run.must(BeginStep{"u/o1/a#1"});
  run.must(Control{"u/o1", Kind::kAbort, "spill"}, kInes);
  EXPECT_EQ(state("u/o1"), "aborted");
  EXPECT_EQ(status("u/o1/a#1"), StepStatus::kAborted);
  EXPECT_FALSE(run.state.tokens.contains("u/o1"));
  EXPECT_EQ(state("u"), "running");
  EXPECT_EQ(state("u/o2"), "running");
  EXPECT_EQ(status("u/o2/c#1"), StepStatus::kReady);
  EXPECT_TRUE(run.state.tokens.contains("u/o2"));
  EXPECT_THAT(run.open(), ElementsAre("u/o2/c#1", "s#1"));
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"u/o1/a#1"}), "step.element_state");
}

TEST_F(RecordedStates, AStoppedUnitWaitsForItsRunningStepsAndEndsEverythingBelow) {
  run.must(BeginStep{"u/o1/a#1"});
  run.must(RecordEntry{"u/o1/a#1", "done", "done"});
  run.must(Control{"u", Kind::kStop, "spill"}, kInes);
  EXPECT_EQ(state("u"), "stopping");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"u/o2/c#1"}), "step.element_state");
  run.must(CompleteStep{"u/o1/a#1"});
  EXPECT_EQ(state("u"), "stopped");
  EXPECT_EQ(state("u/o1"), "stopped");
  EXPECT_EQ(state("u/o2"), "stopped");
  EXPECT_EQ(status("u/o2/c#1"), StepStatus::kAborted);
  EXPECT_THAT(run.open(), ElementsAre("s#1"));
  run.work("s#1");
  EXPECT_THAT(run.open(), IsEmpty());  // the unit's token waits for a person
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
}

TEST_F(RecordedStates, AnAbortedRunLeavesNothingOpen) {
  run.must(BeginStep{"s#1"});
  run.must(ReportFailure{"s#1", "automation_change", "phase"});
  ASSERT_EQ(status("s#1"), StepStatus::kHeld);
  run.must(Control{"", Kind::kAbort, "spill"}, kInes);
  EXPECT_THAT(run.open(), IsEmpty());
  EXPECT_THAT(run.state.tokens, IsEmpty());
  EXPECT_EQ(status("s#1"), StepStatus::kAborted);
  EXPECT_EQ(run.step("s#1").held_by, "");
  for (const char* path : {"", "u", "u/o1", "u/o2"}) EXPECT_EQ(state(path), "aborted") << path;
  EXPECT_EQ(run.state.ended_time, to_text(run.now));
}

TEST_F(RecordedStates, AGroupThatWasCompleteStaysCompleteInAnAbortedRun) {
  run.work("u/o2/c#1");
  ASSERT_EQ(state("u/o2"), "complete");
  run.must(Control{"", Kind::kAbort, "spill"}, kInes);
  EXPECT_EQ(state("u/o2"), "complete");
  EXPECT_EQ(state("u/o1"), "aborted");
}

TEST_F(RecordedStates, APausedUnitBeginsNothingBelowAndGoesOnWhereItWas) {
  run.must(BeginStep{"u/o1/a#1"});
  run.must(RecordEntry{"u/o1/a#1", "done", "done"});
  run.must(Control{"u", Kind::kPause, "lunch"});
  EXPECT_EQ(state("u"), "pausing");
  run.must(CompleteStep{"u/o1/a#1"});
  EXPECT_EQ(state("u"), "paused");
  EXPECT_THAT(run.open(), ElementsAre("u/o2/c#1", "s#1"));
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"u/o2/c#1"}), "step.element_state");
  run.must(BeginStep{"s#1"});  // beside it
  run.must(Control{"u", Kind::kResume, "back"}, kInes);
  EXPECT_THAT(run.open(), ElementsAre("u/o1/b#1", "u/o2/c#1", "s#1"));
}

TEST_F(RecordedStates, APauseWithNothingRunningIsOverAtOnce) {
  run.must(Control{"u", Kind::kPause, "lunch"});
  EXPECT_EQ(state("u"), "paused");
  const auto changes = run.bodies("element_state_changed");
  EXPECT_EQ(changes[changes.size() - 2].at("to"), "pausing");
  EXPECT_EQ(changes.back().at("to"), "paused");
  EXPECT_EQ(changes.back().at("command"), "done");
  EXPECT_EQ(changes.back().at("reason"), "");
}

TEST_F(RecordedStates, AnOperationIsStoppedTogetherWithAllAboveIt) {
  run.must(BeginStep{"u/o1/a#1"});
  run.must(Control{"u", Kind::kHold, "leak"});
  EXPECT_EQ(state("u/o1"), "running");  // its own state stays
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"u/o1/a#1", "done", "done"}), "step.element_state");
  run.work("s#1");
  run.must(Control{"u", Kind::kRestart, "tight"}, kInes);
  run.must(RecordEntry{"u/o1/a#1", "done", "done"});
}

}  // namespace
}  // namespace batchwright::workflows::test

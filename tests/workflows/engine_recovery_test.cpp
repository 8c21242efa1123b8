// After an interruption: gap, process state, recovery rule; hold and resume. Requirement B14.
#include <gmock/gmock.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

RunDriver interrupted(Recovery recovery) {
  Element first = step("a", {decimal("x"), decimal("y")});
  first.step->recovery = recovery;
  RunDriver run(linear({first, step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.now.unix_ms += 61'000;
  return run;
}

TEST(EngineRecovery, ResumeGoesOnWithEverythingThatWasRecorded) {
  RunDriver run = interrupted(Recovery::kResume);
  EXPECT_EQ(run.rule_of_refusal(RecoverStep{"a#1", ""}), "recover.process_state");
  run.must(RecoverStep{"a#1", "stirring went on"});
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "interruption");
  EXPECT_EQ(run.exceptions()[0].value, "61 s");
  const Json body = run.bodies("step_recovered").at(0);
  EXPECT_EQ(body["rule"], "resume");
  EXPECT_EQ(body["gap_ms"], "61000");
  EXPECT_EQ(body["process_state"], "stirring went on");
  EXPECT_EQ(run.value("a#1", "x")->value, "1.0");
  run.must(RecordEntry{"a#1", "y", "2"});
  run.must(CompleteStep{"a#1"});
}

TEST(EngineRecovery, RepeatStopsTheOldInstanceAndMakesANewOneReady) {
  RunDriver run = interrupted(Recovery::kRepeat);
  run.must(RecoverStep{"a#1", "vessel cooled down"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kAborted);
  EXPECT_EQ(run.step("a#1").entries.at("x").values[0].value, "1.0");  // stays visible
  EXPECT_THAT(run.open(), ElementsAre("a#2"));
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.aborted");
  run.work("a#2", {{"x", "1"}, {"y", "2"}});
  run.work("b#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(EngineRecovery, AskSupervisorHoldsTheStepUntilAnotherPersonReleasesIt) {
  RunDriver run = interrupted(Recovery::kAskSupervisor);
  run.must(RecoverStep{"a#1", "unknown"}, kInes);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  const std::string held_by = run.step("a#1").held_by;
  const auto release = [&](const Person& who, const char* role) {
    return run.release("a#1", held_by, "checked", who, role);
  };
  EXPECT_EQ(run.rule_of_refusal(release(kJan, "operator"), kJan), "release.role");
  EXPECT_EQ(run.rule_of_refusal(release(kInes, "supervisor"), kInes), "release.same_person");
  run.must(release(kPetra, "quality"), kPetra);
  run.must(RecordEntry{"a#1", "y", "2"});
  run.must(CompleteStep{"a#1"});
}

TEST(EngineRecovery, AHeldStepStaysHeldWhateverItsRule) {
  Element first = step("a", {temperature("R5")});
  first.step->recovery = Recovery::kRepeat;
  RunDriver run(linear({first}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "30"});
  const std::string held_by = run.step("a#1").held_by;
  run.must(RecoverStep{"a#1", "as left"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  EXPECT_EQ(run.step("a#1").held_by, held_by);
  EXPECT_EQ(run.bodies("step_recovered").at(0)["rule"], "stay_held");
}

TEST(EngineRecovery, TheGapCountsFromTheLastWorkAndNotFromOtherRecoveries) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  chart.finish(chart.parallel({chart.element(step("l")), chart.element(step("r"))}));
  RunDriver run(finished(procedure));
  run.start();
  run.must(BeginStep{"l#1"});
  run.must(BeginStep{"r#1"});
  run.now.unix_ms += 10'000;
  run.must(RecoverStep{"l#1", "fine"});
  run.now.unix_ms += 5'000;
  run.must(RecoverStep{"r#1", "fine"});
  EXPECT_EQ(run.bodies("step_recovered").at(1)["gap_ms"], "15000");
}

TEST(EngineRecovery, OnlyAStepThatWasRunningIsRecovered) {
  RunDriver run = interrupted(Recovery::kResume);
  EXPECT_EQ(run.rule_of_refusal(RecoverStep{"b#1", "fine"}), "step.not_its_turn");
  run.must(RecordEntry{"a#1", "y", "1"});
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(RecoverStep{"a#1", "fine"}), "recover.not_running");
  EXPECT_EQ(run.rule_of_refusal(RecoverStep{"b#1", "fine"}), "recover.not_running");
}

TEST(EngineRecovery, AHeldRunKeepsItsPlaceAndNothingMovesUntilItResumes) {
  RunDriver run = interrupted(Recovery::kRepeat);
  run.must(Control{"", ProceduralCommand::kHold, "alarm"});
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "y", "1"}), "run.state");
  run.must(RecoverStep{"a#1", "cold"});
  EXPECT_THAT(run.open(), IsEmpty());
  run.must(Control{"", ProceduralCommand::kRestart, "alarm was false"}, kInes);
  EXPECT_THAT(run.open(), ElementsAre("a#2"));
  EXPECT_EQ(run.exceptions()[0].exception_class, "run_held");
}

}  // namespace
}  // namespace batchwright::workflows::test

// What only one role may let go on goes on by nobody else's command, and nothing that is over comes
// back to life. Requirements B6, B8, D3, D5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ProceduralCommand;

// The batch is held: only quality releases it.
RunDriver filter_failed() {
  Entry bubble = temperature();
  bubble.exception_class = "filter_integrity";
  RunDriver run(linear({step("a", {bubble}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  return run;
}

TEST(NoWayRound, ABatchThatAnExceptionHoldsIsNotRestarted) {
  RunDriver run = filter_failed();
  EXPECT_EQ(run.rule_of_refusal(Control{"", Kind::kRestart, "ok"}, kSven), "restart.blocked");
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "ok"}, kSven), "run.state");
}

// Held by a person first, blocked by an exception then: both have to let it go on.
TEST(NoWayRound, AnExceptionThatComesDuringAHoldBlocksTheBatchToo) {
  Entry bubble = temperature();
  bubble.exception_class = "filter_integrity";
  RunDriver run(linear({step("a", {bubble}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "25.0"});
  run.must(Control{"", Kind::kHold, "alarm"});
  run.must(CorrectEntry{"a#1", "temperature", "27.0", "misread"});
  const std::string id = run.exceptions().back().id;
  ASSERT_EQ(run.exceptions().back().blocks, "batch");
  const Control restart{"", Kind::kRestart, "over"};
  EXPECT_EQ(run.rule_of_refusal(restart, kSven), "restart.blocked");
  run.must(run.release("a#1", id, "refiltered", kPetra, "quality"), kPetra);
  EXPECT_EQ(run.state.status, RunStatus::kHeld);
  run.must(restart, kSven);
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
}

TEST(NoWayRound, ASecondExceptionNeverReplacesTheOneThatHolds) {
  RunDriver run(linear({step("a", {temperature("R5")})}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  const std::string first = run.step("a#1").held_by;
  run.must(ReportFailure{"a#1", "automation_change", "phase"});
  const std::string second = run.exceptions().back().id;
  EXPECT_EQ(run.step("a#1").held_by, first);
  run.must(run.release("a#1", first, "looked at", kSven, "supervisor"), kSven);
  EXPECT_EQ(run.step("a#1").held_by, second);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  run.must(run.release("a#1", second, "looked at", kInes, "supervisor"), kInes);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
}

TEST(NoWayRound, AVoidStepIsNotReleasedBackToLife) {
  RunDriver run(linear({step("a", {temperature("R5")}), step("b")}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  const std::string held_by = run.step("a#1").held_by;
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(run.rule_of_refusal(run.release("a#1", held_by, "ok", kSven, "supervisor"), kSven),
            "release.nothing");
  EXPECT_THAT(run.open(), ElementsAre("a#2"));
}

TEST(NoWayRound, AHeldStepIsNotForced) {
  RunDriver run(linear({step("a", {temperature("R5")})}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "why"}, kSven), "step.held");
}

TEST(NoWayRound, ForceOpensNoRecall) {
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  run.must(RecallRecipe{"label error"});
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "why"}, kSven), "gate.recalled");
}

TEST(NoWayRound, AReopenedStepThatIsRepeatedComesBackAsANewInstance) {
  RunDriver run(linear({step("a", {decimal("x")}, {performed()}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  ASSERT_TRUE(run.step("a#1").reopened);
  run.must(RepeatStep{"a#1", "do it again"}, kSven);
  EXPECT_THAT(run.open(), ElementsAre("a#2", "b#1"));
}

TEST(NoWayRound, AValueThatAPersonOwesIsNotExcused) {
  Entry limited = decimal("t");
  limited.limit_formulas = {{&Limits::action_high, expr("1 / {p}")}};
  RunDriver run(linear(
      {step("a", {limited})}, {},
      {{.id = "p", .title = {{"en", "P"}}, .value = {dec("0"), ""}, .text = {}, .source = {}}}));
  run.start();
  run.must(BeginStep{"a#1"});
  const std::string error = run.exceptions().back().id;
  EXPECT_EQ(run.rule_of_refusal(run.release("a#1", error, "ok", kSven, "supervisor"), kSven),
            "release.nothing");
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
}

TEST(NoWayRound, ALotThatTurnsOutUnusableIsNoLongerIdentified) {
  Entry lot = entry("lot", EntryKind::kText);
  lot.identifies = "tris";
  auto mbr = std::make_shared<Mbr>(*linear({step("a", {lot})}));
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  SiteFacts site;
  site.lots["T-1"] = {"TRIS", "released", 0};
  site.lots["T-2"] = {"TRIS", "quarantine", 0};
  RunDriver run(mbr);
  run.site = &site;
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "lot", "T-1"});
  EXPECT_EQ(run.state.materials.at("tris"), "T-1");
  run.must(CorrectEntry{"a#1", "lot", "T-2", "read wrongly"});
  EXPECT_THAT(run.state.materials, IsEmpty());
}

TEST(NoWayRound, AnInstanceThatTurnsOutUnusableIsNoLongerCheckedIn) {
  Entry mixer = entry("mixer", EntryKind::kText);
  mixer.identifies = "mixer";
  auto mbr = std::make_shared<Mbr>(*linear({step("a", {mixer})}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  SiteFacts site;
  site.equipment["MX-03"] = {"MX200", "clean", 0, 0, ""};
  site.equipment["MX-04"] = {"MX200", "dirty", 0, 0, ""};
  RunDriver run(mbr);
  run.site = &site;
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "mixer", "MX-03"});
  EXPECT_EQ(run.state.equipment.at("mixer").equipment, "MX-03");
  run.must(CorrectEntry{"a#1", "mixer", "MX-04", "read wrongly"});
  EXPECT_THAT(run.state.equipment, IsEmpty());
}

TEST(NoWayRound, WhoOverridesAGateDoesNotBeginTheStep) {
  Element guarded = step("a");
  Gate nobody;
  nobody.id = "role";
  nobody.kind = Gate::Kind::kRole;
  nobody.subject = "nobody";
  guarded.step->gates = {nobody};
  RunDriver run(linear({guarded}));
  run.start();
  run.must(OverrideGate{"a#1", "role", "nobody is here"}, kInes);
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#1"}, kInes), "gate.role");
  run.must(BeginStep{"a#1"}, kMary);
}

TEST(NoWayRound, AnExceptionBeforeAStepWasBegunHoldsItToo) {
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  run.must(ReportFailure{"a#1", "automation_change", "phase"});
  const std::string id = run.exceptions().back().id;
  ASSERT_EQ(run.exceptions().back().blocks, "step");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#1"}), "gate.exception");
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "why"}, kSven), "gate.exception");
  run.must(run.release("a#1", id, "looked at", kSven, "supervisor"), kSven);
  run.work("a#1");
}

TimeLimit from_a_to_b() {
  TimeLimit limit;
  limit.id = "rest";
  limit.from = "a";
  limit.to = "b";
  return limit;
}

// The maximum passes while nobody touches anything; the command that would have begun the step
// finds the batch held, and both are in the record.
TEST(NoWayRound, NothingBeginsWhenItsOwnDelayHoldsTheBatch) {
  ReactionPlan holds = plan("R9", 0, true);
  holds.hold_level = HoldLevel::kBatch;
  auto mbr = std::make_shared<Mbr>(*linear({step("a"), step("b")}, {holds}));
  TimeLimit limit = from_a_to_b();
  limit.maximum_s = 60;
  limit.reaction_plan = "R9";
  mbr->time_limits = {limit};
  RunDriver run(mbr);
  run.start();
  run.work("a#1");
  run.now.unix_ms += 61'000;
  const auto refused = decide(run.state, BeginStep{"b#1"}, run.context(kMary));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().rule, "step.element_state");
  run.append(refused.error().to_record);
  EXPECT_EQ(run.state.status, RunStatus::kHeld);
  EXPECT_EQ(run.exceptions().back().exception_class, "wip_expired");
  EXPECT_EQ(run.step("b#1").status, StepStatus::kReady);
  EXPECT_THAT(run.state.conflicts, IsEmpty());
}

TEST(NoWayRound, AMinimumTimeCountsFromTheRepetitionOfWhatIsVoid) {
  auto mbr = std::make_shared<Mbr>(*linear({step("a"), step("b")}));
  TimeLimit limit = from_a_to_b();
  limit.minimum_s = 60;
  mbr->time_limits = {limit};
  RunDriver run(mbr);
  run.start();
  run.work("a#1");
  run.now.unix_ms += 60'000;
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.time");
  run.work("a#2");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.time");
  run.now.unix_ms += 60'000;
  run.work("b#1");
}

// Two steps side by side in operation o; the first value out of limits holds the operation.
RunDriver operation_held(bool by_person) {
  ReactionPlan holds = plan("R7", 0, true);
  holds.hold_level = HoldLevel::kOperation;
  Element operation = step("o");
  operation.step.reset();
  operation.level = Level::kOperation;
  ChartBuilder chart(operation);
  chart.finish(chart.parallel({chart.element(step("a", {temperature("R7")})),
                               chart.element(step("c", {temperature("R7")}))}));
  RunDriver run(linear({operation, step("z")}, {holds}));
  run.start();
  for (const char* step : {"o/a#1", "o/c#1"}) {
    run.must(BeginStep{step});
    run.must(RecordEntry{step, "temperature", "25.0"});
  }
  if (by_person) run.must(Control{"o", Kind::kHold, "leak"});
  run.must(CorrectEntry{"o/a#1", "temperature", "27.0", "misread"});
  return run;
}

TEST(NoWayRound, AReleaseLiftsNoHoldOfAnOperationByAPerson) {
  RunDriver run = operation_held(true);
  const Control restart{"o", Kind::kRestart, "ok"};
  EXPECT_EQ(run.rule_of_refusal(restart, kSven), "restart.blocked");
  const std::string id = run.exceptions().back().id;
  run.must(run.release("o/a#1", id, "looked at", kSven, "supervisor"), kSven);
  EXPECT_EQ(run.state.elements.at("o"), "held");
  run.must(restart, kSven);
  EXPECT_EQ(run.state.elements.at("o"), "running");
}

TEST(NoWayRound, AnOperationGoesOnWithTheLastExceptionThatBlocksIt) {
  RunDriver run = operation_held(false);
  const std::string first = run.exceptions().back().id;
  run.must(CorrectEntry{"o/c#1", "temperature", "27.0", "misread"});
  const std::string second = run.exceptions().back().id;
  run.must(run.release("o/a#1", first, "looked at", kSven, "supervisor"), kSven);
  EXPECT_EQ(run.state.elements.at("o"), "held");
  EXPECT_EQ(run.state.held_elements.at("o"), second);
  run.must(run.release("o/c#1", second, "looked at", kSven, "supervisor"), kSven);
  EXPECT_EQ(run.state.elements.at("o"), "running");
}

TEST(NoWayRound, RepeatingAHeldStepIsForWhoMayReleaseIt) {
  ReactionPlan holds = plan("R5", 0, true);
  holds.calls_role = "quality";
  RunDriver run(linear({step("a", {temperature("R5")})}, {holds}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  EXPECT_EQ(run.rule_of_refusal(RepeatStep{"a#1", "again"}, kSven), "release.role");
  run.must(RepeatStep{"a#1", "again"}, kPetra);
}

// Of another panel, in merged order.
TEST(NoWayRound, ARunIsNotCompleteWhileATokenWaits) {
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  run.work("a#1");
  record::Draft draft = encode_event(RunStateChanged{"complete", "running", "complete", {}});
  draft.subject = {"run", run.state.run};
  run.append({draft});
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_EQ(run.state.conflicts.size(), 1U);
}

TEST(NoWayRound, NothingBeginsWhileAnExceptionBlocksABatchThatRunsAllTheSame) {
  RunDriver run = filter_failed();
  for (const auto& [from, to] : {std::pair{"held", "restarting"}, {"restarting", "running"}}) {
    const std::string command = std::string(to) == "running" ? "done" : "restart";
    record::Draft draft = encode_event(RunStateChanged{command, from, to, {}});
    draft.subject = {"run", run.state.run};
    run.append({draft});
  }
  ASSERT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_EQ(run.rule_of_refusal(RepeatStep{"a#1", "again"}, kPetra), "");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#2"}), "gate.exception");
}

TEST(NoWayRound, ATypedValueIsCorrectedNotTakenAwayAndMeasuredAnew) {
  RunDriver run(linear({step("a", {temperature()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.0"});
  EXPECT_EQ(run.rule_of_refusal(InvalidateValue{"a#1", "temperature", "try again", ""}),
            "invalidate.typed");
}

}  // namespace
}  // namespace batchwright::workflows::test

// What nobody overrides before a step: a recall, rework that is not approved, an exception, a
// result that is awaited, a change that is proposed; and the shortest time since another step. Each
// refusal says who or what the step waits for. Requirements A1, A9, B6, B7, B11, B13, D5.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

const Person kLab{"lab", {"laboratory"}};

std::string said(const RunDriver& run, const std::string& step) {
  const auto done = decide(run.state, BeginStep{step}, run.context(kMary));
  if (done) return "";
  EXPECT_EQ(done.error().place, step);
  return done.error().rule + ": " + done.error().message;
}

TEST(WaitingGates, ARecalledRecipeWaitsForQuality) {
  RunDriver run(linear({step("a")}));
  run.start();
  run.must(RecallRecipe{"label"});
  EXPECT_EQ(said(run, "a#1"),
            "gate.recalled: The master batch record of this run was recalled. Nothing begins until "
            "quality has decided. Call quality.");
}

TEST(WaitingGates, ReworkWaitsForItsOwnApprovalAndNoOtherRelation) {
  RunDriver run(linear({step("a")}));
  run.must(StartRun{run.state.run, "R-1", "rework", std::string(64, 'a')}, kInes);
  const std::string waits =
      "gate.rework: Rework begins only after quality has approved it and named its batch. Call "
      "quality.";
  EXPECT_EQ(said(run, "a#1"), waits);
  run.must(RelateRun{"consumes", "B-7", ""});
  EXPECT_EQ(said(run, "a#1"), waits);
  run.must(RelateRun{"rework-of", "B-7", "DEV-12"}, kPetra);
  EXPECT_EQ(said(run, "a#1"), "");
}

TEST(WaitingGates, AnExceptionThatStopsAStepNamesItselfAndWhoReleasesIt) {
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  run.must(ReportFailure{"a#1", "automation_change", "phase"});
  const ExceptionState opened = run.exceptions().back();
  EXPECT_EQ(said(run, "a#1"),
            "gate.exception: Exception MIX2-0001 stops the step. It goes on when "
            "supervisor, quality releases that by signing.");
  run.must(run.release("a#1", opened.id, "looked", kSven, "supervisor"), kSven);
  EXPECT_EQ(said(run, "a#1"), "");
  run.work("a#1");
  EXPECT_EQ(said(run, "b#1"), "");
}

RunDriver awaiting(int action_high) {
  Entry germs = decimal("germs", "", 0);
  germs.limits.action_high = dec(std::to_string(action_high));
  germs.late = LateResult{.owner = "laboratory",
                          .due_s = 3600,
                          .consequence = LateResult::Consequence::kBlocksStep,
                          .blocks = "c"};
  RunDriver run(linear({step("a", {germs}), step("b"), step("c")}));
  run.start();
  run.work("a#1", std::map<std::string, std::string>{});
  return run;
}

TEST(WaitingGates, AnAwaitedResultNamesItselfAndItsDueTimeAndStopsOneStepAlone) {
  RunDriver run = awaiting(10);
  run.work("b#1");
  EXPECT_EQ(said(run, "c#1"),
            fmt::format("gate.result: The result a#1:germs is awaited, due {}. The step waits for "
                        "it.",
                        run.state.pending.at("a#1:germs").due));
  run.must(RecordResult{"a#1", "germs", "10", ""}, kLab);
  EXPECT_EQ(said(run, "c#1"), "");
}

TEST(WaitingGates, AResultOutOfSpecificationStopsTheStepUntilQualityInvalidatesIt) {
  RunDriver run = awaiting(10);
  run.work("b#1");
  run.must(RecordResult{"a#1", "germs", "11", ""}, kLab);
  EXPECT_TRUE(said(run, "c#1").starts_with("gate.result"));
  run.must(RecordResult{"a#1", "germs", "3", "retest"}, kLab);
  EXPECT_TRUE(said(run, "c#1").starts_with("gate.result"));
  const std::string bad = run.step("a#1").entries.at("germs").values[0].line_hash;
  run.must(InvalidateValue{"a#1", "germs", "dirty plate", bad}, kPetra);
  EXPECT_EQ(said(run, "c#1"), "");
}

// With every result taken out of force, it is awaited again.
TEST(WaitingGates, WithItsOnlyResultInvalidatedItIsAwaitedAgain) {
  RunDriver run = awaiting(10);
  run.work("b#1");
  run.must(RecordResult{"a#1", "germs", "3", ""}, kLab);
  EXPECT_EQ(said(run, "c#1"), "");
  run.must(InvalidateValue{"a#1", "germs", "swapped samples", ""}, kPetra);
  EXPECT_TRUE(said(run, "c#1").starts_with("gate.result"));
  EXPECT_FALSE(run.state.pending.at("a#1:germs").received);
}

RunDriver cooling(int minimum_s) {
  auto mbr = std::make_shared<Mbr>(*linear({step("a"), step("b"), step("c")}));
  mbr->time_limits = {{.id = "cool",
                       .title = {{"en", "Cooling"}},
                       .from = "a",
                       .to = "c",
                       .minimum_s = minimum_s,
                       .maximum_s = 0,
                       .reaction_plan = {}}};
  RunDriver run(mbr);
  run.start();
  run.work("a#1");
  run.work("b#1");
  return run;
}

TEST(WaitingGates, ATimeBetweenStepsSaysHowLongItStillTakes) {
  RunDriver run = cooling(60);
  EXPECT_EQ(said(run, "c#1"),
            "gate.time: 60 s must pass first (Cooling). Wait, then begin the step.");
  run.now.unix_ms += 1;
  EXPECT_TRUE(said(run, "c#1").starts_with("gate.time: 60 s"));
  run.now.unix_ms += 59'998;
  EXPECT_TRUE(said(run, "c#1").starts_with("gate.time: 1 s"));
  run.now.unix_ms += 1;
  EXPECT_EQ(said(run, "c#1"), "");
  run.clock_uncertainty_ms = 1;  // it may be one millisecond less
  EXPECT_TRUE(said(run, "c#1").starts_with("gate.time: 1 s"));
}

TEST(WaitingGates, AStepThatIsBeingRepeatedStartsTheTimeAgain) {
  RunDriver run = cooling(60);
  run.now.unix_ms += 60'000;
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(said(run, "c#1"), "gate.time: a is being repeated. Complete it, then wait 60 s.");
  run.work("a#2");
  EXPECT_TRUE(said(run, "c#1").starts_with("gate.time: 60 s"));
  run.now.unix_ms += 60'000;
  EXPECT_EQ(said(run, "c#1"), "");
}

TEST(WaitingGates, WithoutAMinimumARepetitionBeforeDoesNotStopIt) {
  RunDriver run = cooling(0);
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(said(run, "c#1"), "");
}

// The way not taken has no time to wait for.
TEST(WaitingGates, AStepThatNeverRanStartsNoTime) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece ways =
      chart.choice({{"1 = 2", chart.element(step("a"))}, {"true", chart.element(step("b"))}});
  chart.finish(chart.sequence({ways, chart.element(step("c"))}));
  auto mbr = std::make_shared<Mbr>(*finished(procedure));
  mbr->time_limits = {{.id = "cool",
                       .title = {{"en", "Cooling"}},
                       .from = "a",
                       .to = "c",
                       .minimum_s = 60,
                       .maximum_s = 60,
                       .reaction_plan = {}}};
  RunDriver run(mbr);
  run.start();
  run.work("b#1");
  run.now.unix_ms += 100'000;
  run.work("c#1");
  EXPECT_TRUE(run.exceptions().empty());
}

// Two in parallel: the second begins while the first still runs.
TEST(WaitingGates, AStepThatWasNeverCompleteStartsNoTimeEither) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  chart.finish(chart.parallel({chart.element(step("a")), chart.element(step("b"))}));
  auto mbr = std::make_shared<Mbr>(*finished(procedure));
  mbr->time_limits = {{.id = "cool",
                       .title = {{"en", "Cooling"}},
                       .from = "a",
                       .to = "b",
                       .minimum_s = 60,
                       .maximum_s = 60,
                       .reaction_plan = {}}};
  RunDriver run(mbr);
  run.start();
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(said(run, "b#1"), "");
  run.now.unix_ms += 100'000;
  run.must(Tick{});
  EXPECT_TRUE(run.exceptions().empty());
}

// D3: for a quarter of an hour, to the millisecond, and not for oneself.
TEST(WaitingGates, AnOverrideServesAnotherPersonForAQuarterOfAnHour) {
  Gate guard;
  guard.id = "packer";
  guard.kind = Gate::Kind::kRole;
  guard.subject = "packer";
  Element guarded = step("a");
  guarded.step->gates = {guard};
  RunDriver run(linear({guarded}));
  run.start();
  run.must(OverrideGate{"a#1", "packer", "nobody here"}, kInes);
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#1"}, kInes), "gate.packer");
  run.now.unix_ms += 900'000;
  EXPECT_EQ(said(run, "a#1"), "");
  run.now.unix_ms += 1;
  EXPECT_TRUE(said(run, "a#1").starts_with("gate.packer"));
}

}  // namespace
}  // namespace batchwright::workflows::test

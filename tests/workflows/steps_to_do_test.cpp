// What screens ask: what a step still needs, where people can work, what a signature would cover.
// Requirements B2, B7, B15, C3.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ProceduralCommand;

RunDriver stirring(bool runs_in_hold) {
  Element stir = step("a", {temperature("R5")}, {performed(), verified()});
  stir.step->minimum_s = 600;
  stir.step->runs_in_hold = runs_in_hold;
  RunDriver run(linear({stir, step("b")}, {plan("R5", 0, true)}));
  run.start();
  return run;
}

StepNeeds needs_of(const RunDriver& run) {
  return needs(run.state, {"a", 1}, run.now);
}

TEST(Needs, AreEverythingAtFirstAndTheTimeCountsFromTheBegin) {
  RunDriver run = stirring(true);
  run.now.unix_ms += 300'000;
  const StepNeeds ready = needs_of(run);
  EXPECT_THAT(ready.missing_entries, ElementsAre("temperature"));
  ASSERT_EQ(ready.missing_signatures.size(), 2U);
  EXPECT_EQ(ready.missing_signatures[0].meaning, "performed");
  EXPECT_EQ(ready.minimum_left_ms, 600'000);
  EXPECT_FALSE(ready.held);
  run.must(BeginStep{"a#1"});
  run.now.unix_ms += 1;
  EXPECT_EQ(needs_of(run).minimum_left_ms, 599'999);
  run.now.unix_ms -= 5'000;  // a clock that was set back gives nothing
  EXPECT_EQ(needs_of(run).minimum_left_ms, 600'000);
  run.now.unix_ms += 5'000 + 700'000;
  EXPECT_EQ(needs_of(run).minimum_left_ms, 0);
}

TEST(Needs, AreNoneWhenTheStepCanBeCompleted) {
  RunDriver run = stirring(true);
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "25"});
  EXPECT_THAT(needs_of(run).missing_entries, IsEmpty());
  run.sign("a#1", "performed", kMary);
  run.sign("a#1", "verified", kJan);
  run.now.unix_ms += 599'999;
  EXPECT_FALSE(needs_of(run).complete());
  run.now.unix_ms += 1;
  EXPECT_TRUE(needs_of(run).complete());
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "");
}

// B7, B14: what the screen counts down is what completing the step asks for.
TEST(Needs, CountTheMinimumAsTheEngineDoesThroughAHold) {
  for (const bool runs_in_hold : {true, false}) {
    RunDriver run = stirring(runs_in_hold);
    run.must(BeginStep{"a#1"});
    run.now.unix_ms += 100'000;
    run.must(Control{"", Kind::kHold, "alarm"});
    run.now.unix_ms += 400'000;
    EXPECT_EQ(needs_of(run).minimum_left_ms, runs_in_hold ? 100'000 : 500'000);
    run.must(Control{"", Kind::kRestart, "over"}, kInes);
    run.now.unix_ms += 100'000;
    EXPECT_EQ(needs_of(run).minimum_left_ms, runs_in_hold ? 0 : 400'000);
  }
}

TEST(Needs, SayThatAStepIsHeldOrNotThere) {  // B15
  RunDriver run = stirring(true);
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  EXPECT_TRUE(needs_of(run).held);
  EXPECT_FALSE(needs_of(run).complete());
  for (const StepRef& ref : {StepRef{"a", 2}, StepRef{"b", 1}, StepRef{"c", 1}}) {
    const StepNeeds none = needs(run.state, ref, run.now);
    EXPECT_TRUE(none.held);
    EXPECT_FALSE(none.complete());
    EXPECT_THAT(none.missing_entries, IsEmpty());
  }
  EXPECT_TRUE(needs(RunState{}, {"a", 1}, run.now).held);
}

// B2: as they stand in the document, not as their names sort.
TEST(OpenSteps, AreInTheOrderOfTheDocument) {
  Element procedure = group("test", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece z = chart.element(step("z")), m = chart.element(step("m"));
  chart.finish(chart.parallel({z, m, chart.element(step("a"))}));
  RunDriver run(finished(procedure));
  EXPECT_THAT(run.open(), IsEmpty());
  run.start();
  EXPECT_THAT(run.open(), ElementsAre("z#1", "m#1", "a#1"));
  EXPECT_THAT(open_steps(RunState{}), IsEmpty());
}

TEST(LinesToSign, AreThoseOfTheStepAndNoneOfOneThatIsNotThere) {  // C3
  RunDriver run = stirring(true);
  EXPECT_THAT(lines_to_sign(run.state, {"b", 1}), IsEmpty());
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "25"});
  EXPECT_EQ(lines_to_sign(run.state, {"a", 1}), run.step("a#1").lines);
  EXPECT_FALSE(run.step("a#1").lines.empty());
}

}  // namespace
}  // namespace batchwright::workflows::test

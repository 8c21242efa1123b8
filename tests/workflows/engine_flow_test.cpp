// How tokens run through charts: sequence, AND, OR, loop, nesting. Requirements A4, B2, B3, B9.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Element yes_no_step(const std::string& id) {
  return step(id, {entry("answer", EntryKind::kYesNo)});
}

TEST(EngineFlow, StepsOfASequenceBecomeReadyOneAfterTheOther) {
  RunDriver run(linear({step("a"), step("b"), step("c")}));
  run.start();
  EXPECT_THAT(run.open(), ElementsAre("a#1"));
  run.work("a#1");
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
  run.work("b#1");
  run.work("c#1");
  EXPECT_THAT(run.open(), IsEmpty());
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.state.conflicts, IsEmpty());
  EXPECT_EQ(run.state.ended_time, to_text(run.now));
}

TEST(EngineFlow, CompletingAStepBeforeTheOneBeforeItIsRefusedWithTheReason) {  // B2
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"b#1"}), "step.not_its_turn");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "step.not_its_turn");
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"b#1", "done", "done"}), "step.not_its_turn");
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.not_begun");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#2"}), "step.not_its_turn");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"nonsense"}), "step.unknown");
}

TEST(EngineFlow, OfAllOrdersOfSixStepsOnlyTheWrittenOneCompletes) {  // B2
  const std::array<std::string, 6> ids = {"a", "b", "c", "d", "e", "f"};
  const auto mbr = linear({step("a"), step("b"), step("c"), step("d"), step("e"), step("f")});
  std::array<int, 6> order{};
  std::iota(order.begin(), order.end(), 0);
  int permutations = 0, completed = 0;
  do {
    ++permutations;
    RunDriver run(mbr);
    run.start();
    for (const int index : order) {
      const std::string ref = ids[static_cast<std::size_t>(index)] + "#1";
      const bool all = run.execute(BeginStep{ref}) &&
                       run.execute(RecordEntry{ref, "done", "done"}) &&
                       run.execute(CompleteStep{ref});
      if (!all) break;
    }
    const bool complete = run.state.status == RunStatus::kComplete;
    EXPECT_EQ(complete, std::ranges::is_sorted(order));
    completed += complete ? 1 : 0;
  } while (std::ranges::next_permutation(order).found);
  EXPECT_EQ(permutations, 720);
  EXPECT_EQ(completed, 1);
}

TEST(EngineFlow, TwoPeopleWorkOnTwoBranchesAtOnceAndTheJoinWaitsForBoth) {  // B3
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece left = chart.sequence({chart.element(step("l1")), chart.element(step("l2"))});
  const Piece right = chart.sequence({chart.element(step("r1")), chart.element(step("r2"))});
  const Piece both = chart.parallel({left, right});
  chart.finish(chart.sequence({both, chart.element(step("end"))}));
  RunDriver run(finished(procedure));
  run.start();
  EXPECT_THAT(run.open(), ElementsAre("l1#1", "r1#1"));
  run.must(BeginStep{"l1#1"}, kMary);
  run.must(BeginStep{"r1#1"}, kJan);
  run.must(RecordEntry{"l1#1", "done", "done"}, kMary);
  run.must(RecordEntry{"r1#1", "done", "done"}, kJan);
  run.must(CompleteStep{"l1#1"}, kMary);
  run.work("l2#1", {{"done", "done"}}, kMary);
  EXPECT_THAT(run.open(), ElementsAre("r1#1"));
  run.must(CompleteStep{"r1#1"}, kJan);
  run.work("r2#1", {{"done", "done"}}, kJan);
  EXPECT_THAT(run.open(), ElementsAre("end#1"));
  EXPECT_EQ(run.step("l1#1").entries.at("done").values.front().actor, "mary");
  EXPECT_EQ(run.step("r1#1").entries.at("done").values.front().actor, "jan");
  run.work("end#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(EngineFlow, ABranchDecisionStoresRuleInputsAndTheWayTaken) {  // B9
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece first = chart.element(yes_no_step("ask"));
  const Piece either = chart.choice(
      {{"{ask:answer}", chart.element(step("yes"))}, {"true", chart.element(step("no"))}});
  chart.finish(chart.sequence({first, either}));
  const auto mbr = finished(procedure);
  for (const std::string answer : {"yes", "no"}) {
    RunDriver run(mbr);
    run.start();
    run.work("ask#1", {{"answer", answer}});
    EXPECT_THAT(run.open(), ElementsAre(answer + "#1"));
    const auto fired = run.bodies("transition_fired");
    ASSERT_EQ(fired.size(), 1U);
    if (answer == "yes") {
      EXPECT_EQ(fired[0]["condition"], "{ask:answer}");
      EXPECT_EQ(fired[0]["inputs"], Json::parse(R"([["ask#1:answer","yes"]])"));
    }
    run.work(answer + "#1");
    EXPECT_EQ(run.state.status, RunStatus::kComplete);  // the way not taken counts as complete
  }
}

TEST(EngineFlow, ALoopMakesNewInstancesAndConditionsReadTheNewest) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece body = chart.sequence(
      {chart.element(step("read", {decimal("ph", "pH", 2)})), chart.element(step("stir"))});
  const Piece loop = chart.loop(body, "{read:ph} > 7.45 and count(\"stir\") < 4");
  chart.finish(loop);
  RunDriver run(finished(procedure));
  run.start();
  run.work("read#1", {{"ph", "7.52"}});
  run.work("stir#1");
  EXPECT_THAT(run.open(), ElementsAre("read#2"));
  run.work("read#2", {{"ph", "7.46"}});
  run.work("stir#2");
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"read#2"}), "step.complete");
  run.work("read#3", {{"ph", "7.39"}});
  run.work("stir#3");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_EQ(run.state.instances.at("read"), 3);
  EXPECT_EQ(run.value("read#1", "ph")->value, "7.52");
}

TEST(EngineFlow, GroupsStartAndEndAroundTheirStepsOnEveryLevel) {
  Element phase = group("phase", Level::kPhase);
  run_in_sequence(phase, {step("a"), step("b")});
  Element operation = group("op", Level::kOperation);
  run_in_sequence(operation, {phase});
  Element procedure = group("p", Level::kProcedure);
  run_in_sequence(procedure, {operation, step("last")});
  RunDriver run(finished(procedure));
  run.start();
  EXPECT_THAT(run.open(), ElementsAre("op/phase/a#1"));
  EXPECT_EQ(run.state.elements.at("op/phase"), "running");
  run.work("op/phase/a#1");
  run.work("op/phase/b#1");
  EXPECT_EQ(run.state.elements.at("op/phase"), "complete");
  EXPECT_EQ(run.state.elements.at("op"), "complete");
  EXPECT_THAT(run.open(), ElementsAre("last#1"));
  run.work("last#1");
  EXPECT_EQ(run.state.elements.at(""), "complete");
}

TEST(EngineFlow, AGroupInALoopRunsAgainWithNewInstancesOfItsSteps) {
  Element phase = group("phase", Level::kPhase);
  run_in_sequence(phase, {step("a"), yes_no_step("again")});
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  chart.finish(chart.loop(chart.element(phase), "{phase/again:answer}"));
  RunDriver run(finished(procedure));
  run.start();
  run.work("phase/a#1");
  run.work("phase/again#1", {{"answer", "yes"}});
  EXPECT_THAT(run.open(), ElementsAre("phase/a#2"));
  run.work("phase/a#2");
  run.work("phase/again#2", {{"answer", "no"}});
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.state.conflicts, IsEmpty());
}

TEST(EngineFlow, ATransitionWaitsUntilItsConditionIsTrue) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece left = chart.element(step("left"));
  const std::string gate = chart.transition("completed(\"right\")");
  const Piece after = chart.element(step("after"));
  chart.link(left.last, gate);
  chart.link(gate, after.first);
  chart.finish(chart.parallel({{left.first, after.last}, chart.element(step("right"))}));
  RunDriver run(finished(procedure));
  run.start();
  run.work("left#1");
  EXPECT_THAT(run.open(), ElementsAre("right#1"));
  run.work("right#1");
  EXPECT_THAT(run.open(), ElementsAre("after#1"));
}

TEST(EngineFlow, AConditionThatCantBeEvaluatedOpensOneExceptionAndTheRunWaits) {  // A6
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece first = chart.element(step("a", {decimal("x", "", 0)}));
  const Piece either = chart.choice({{"1 / {a:x} > 1", chart.element(step("b"))}});
  chart.finish(chart.sequence({first, either}));
  RunDriver run(finished(procedure));
  run.start();
  run.work("a#1", {{"x", "0"}});
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "formula_error");
  EXPECT_THAT(run.open(), IsEmpty());
  run.must(ReportDeviation{"", "waiting"});
  EXPECT_EQ(run.exceptions().size(), 2U);  // not reported a second time
  run.must(CorrectEntry{"a#1", "x", "0.4", "typed wrongly"});
  EXPECT_EQ(run.value("a#1", "x")->value, "0");  // 0.4 is reported as 0
  run.must(CorrectEntry{"a#1", "x", "-1", "typed wrongly"});
  EXPECT_THAT(run.open(), IsEmpty());  // false, and no error any more
}

TEST(EngineFlow, AProcedureThatRunsInCirclesWithoutAStepIsRefusedAndNotExecuted) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const std::string join = chart.node(NodeKind::kOrJoin);
  const std::string split = chart.node(NodeKind::kOrSplit);
  const std::string back = chart.transition("true");
  chart.link(join, split);
  chart.link(split, back);
  chart.link(back, join);
  chart.finish({join, split});
  RunDriver run(finished(procedure));
  EXPECT_EQ(run.rule_of_refusal(StartRun{"run-1", "B-1", "batch", std::string(64, 'a')}),
            "run.endless");
}

}  // namespace
}  // namespace batchwright::workflows::test

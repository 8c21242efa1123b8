// Turns of the rules that no longer test takes: what is refused in which state of a step, what
// conditions may ask, what a correction names. Requirements A4, B2, B7, B8.
#include <gmock/gmock.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"
#include "workflows/entry_value.h"

namespace batchwright::workflows::test {
namespace {

using testing::ElementsAre;

TEST(EngineTurns, BeginningAStepAgainSaysWhatIsTheMatterWithIt) {
  RunDriver run(
      linear({step("a", {temperature("HOLD")}), step("b"), step("c")}, {plan("HOLD", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#1"}), "step.begun");
  run.must(RecordEntry{"a#1", "temperature", "27"});
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#1"}), "step.held");
  run.must(run.release("a#1", run.step("a#1").held_by, "checked", kSven, "supervisor"), kSven);
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#1"}), "step.complete");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"c#1"}), "step.not_its_turn");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"d#1"}), "step.unknown");
}

TEST(EngineTurns, AStoppedInstanceIsNotWorkedOnAgain) {
  Element repeated = step("a");
  repeated.step->recovery = Recovery::kRepeat;
  RunDriver run(linear({repeated}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecoverStep{"a#1", "as left"});
  for (const Command& command : {Command(BeginStep{"a#1"}), Command(CompleteStep{"a#1"}),
                                 Command(RecordEntry{"a#1", "done", "done"})}) {
    EXPECT_EQ(run.rule_of_refusal(command), "step.aborted");
  }
  EXPECT_THAT(run.open(), ElementsAre("a#2"));
}

// A choice after "a" with this condition, beside a step "b" that is running meanwhile.
std::vector<std::string> way_taken(const std::string& condition, bool complete_b) {
  Parameter grade;
  grade.id = "grade";
  grade.text = "WFI";
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece choice =
      chart.choice({{condition, chart.element(step("yes"))}, {"true", chart.element(step("no"))}});
  const Piece left = chart.sequence({chart.element(step("a")), choice});
  chart.finish(chart.parallel({left, chart.element(step("b")), chart.element(step("c"))}));
  RunDriver run(finished(std::move(procedure), {}, {grade}));
  run.start();
  run.must(BeginStep{"b#1"});
  run.must(RecordEntry{"b#1", "done", "done"});
  if (complete_b) run.must(CompleteStep{"b#1"});
  run.work("a#1");
  auto open = run.open();
  std::erase_if(open, [](const std::string& step) { return step[0] == 'b' || step[0] == 'c'; });
  return open;
}

TEST(EngineTurns, AConditionKnowsARunningStepFromACompleteOneAndFromOneThatNeverBegan) {
  EXPECT_THAT(way_taken("completed(\"b\")", false), ElementsAre("no#1"));
  EXPECT_THAT(way_taken("completed(\"b\")", true), ElementsAre("yes#1"));
  EXPECT_THAT(way_taken("completed(\"yes\")", true), ElementsAre("no#1"));
  EXPECT_THAT(way_taken("count(\"b\") = 1", false), ElementsAre("no#1"));
  EXPECT_THAT(way_taken("count(\"b\") = 1", true), ElementsAre("yes#1"));
  EXPECT_THAT(way_taken("count(\"yes\") = 0", true), ElementsAre("yes#1"));
}

TEST(EngineTurns, AConditionMayCompareATextParameter) {
  EXPECT_THAT(way_taken("{grade} = \"WFI\"", false), ElementsAre("yes#1"));
  EXPECT_THAT(way_taken("{grade} = \"PW\"", false), ElementsAre("no#1"));
}

TEST(EngineTurns, ACorrectionNamesTheLimitsOfAFormulaOnlyWhereItHasSome) {
  Entry judged = computed("judged", "{a:x} * 2");
  judged.limits.alert_high = dec("100");
  RunDriver run(linear({step("a", {decimal("x"), computed("plain", "{a:x} + 1"), judged})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_EQ(run.bodies("entry_corrected").at(0)["affected"],
            Json({"formula a:plain", "step a#1", "formula a:judged", "limit a:judged"}));
}

TEST(EngineTurns, MinimumAndMaximumTimeCountToTheMillisecond) {
  Element timed = step("a");
  timed.step->minimum_s = 60;
  timed.step->maximum_s = 90;
  RunDriver run(linear({timed, step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "done", "done"});
  const std::int64_t begun_ms = run.now.unix_ms;
  run.now.unix_ms = begun_ms + 59'999;
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.minimum_time");
  run.now.unix_ms = begun_ms + 90'000;
  run.must(Tick{});
  EXPECT_TRUE(run.exceptions().empty());
  run.now.unix_ms = begun_ms + 90'001;
  run.must(Tick{});
  EXPECT_EQ(run.exceptions().size(), 1U);
  run.now.unix_ms = begun_ms + 60'000;
  run.must(CompleteStep{"a#1"});
}

TEST(EngineTurns, TheMaximumTimeCountsForNoStepThatNobodyBeganOrThatIsOpenAgain) {
  Element timed = step("a", {decimal("x")}, {performed()});
  timed.step->maximum_s = 90;
  Element next = step("b");
  next.step->maximum_s = 90;
  RunDriver run(linear({timed, next}));
  run.start();
  run.now.unix_ms += 600'000;
  run.must(Tick{});
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  ASSERT_TRUE(run.step("a#1").reopened);
  const std::size_t before = run.exceptions().size();
  run.now.unix_ms += 600'000;
  run.must(Tick{});
  EXPECT_EQ(run.exceptions().size(), before);
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  EXPECT_FALSE(run.step("a#1").reopened);
}

TEST(EngineTurns, ACorrectionOfAnOlderInstanceLeavesFormulasElsewhereAsTheyAre) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece read = chart.element(step("read", {decimal("x")}));
  const Piece use = chart.element(step("use", {computed("twice", "{read:x} * 2"), acknowledge()}));
  chart.finish(chart.sequence({chart.loop(read, "count(\"read\") < 2"), use}));
  RunDriver run(finished(std::move(procedure)));
  run.start();
  run.work("read#1", {{"x", "1"}});
  run.work("read#2", {{"x", "5"}});
  run.must(BeginStep{"use#1"});
  run.must(CorrectEntry{"read#1", "x", "2", "misread"});
  EXPECT_EQ(run.bodies("entry_computed").size(), 1U);
  run.must(CorrectEntry{"read#2", "x", "6", "misread"});
  EXPECT_EQ(run.bodies("entry_computed").size(), 2U);
  EXPECT_EQ(run.value("use#1", "twice")->value, "12.0");
}

// The checker refuses such a procedure; the engine doesn't get stuck in it.
TEST(EngineTurns, AGroupWithoutContentIsCompleteAtOnce) {
  Element procedure = group("p", Level::kProcedure);
  run_in_sequence(procedure, {step("a"), group("empty", Level::kOperation), step("b")});
  RunDriver run(finished(std::move(procedure)));
  run.start();
  run.work("a#1");
  EXPECT_EQ(run.state.elements.at("empty"), "complete");
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
}

TEST(EngineTurns, ATextMayHaveSeveralLines) {
  const auto text = read_entry_value(entry("t", EntryKind::kText), "first\nsecond");
  ASSERT_TRUE(text);
  EXPECT_EQ(text->value, "first\nsecond");
}

}  // namespace
}  // namespace batchwright::workflows::test

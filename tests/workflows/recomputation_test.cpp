// What a corrected or invalidated value changes: named in the record, computed again once, and what
// relied on it opened again. Requirements A5, A6, B8.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Element relying(const char* id, const char* on) {
  Element made = step(id);
  made.step->relies_on = {on};
  return made;
}

Json affected(const RunDriver& run) {
  return run.bodies("entry_corrected").back().at("affected");
}

// lot > calc (two formulas, the second with a limit) > weigh (a limit from the second) > use >
// more, each of which relies on the one before; the last one is only ready.
RunDriver used_everywhere() {
  Entry twice = computed("twice", "{calc:sum} * 2");
  twice.limits.hard_low = dec("-100");
  Entry net = decimal("net");
  net.limit_formulas = {{&Limits::action_high, expr("{calc:twice} + 5")}};
  RunDriver run(linear({step("lot", {decimal("x")}),
                        step("calc", {computed("sum", "{lot:x} + 1"), twice}), step("weigh", {net}),
                        relying("use", "calc"), relying("more", "use"), relying("last", "more")}));
  run.start();
  run.work("lot#1", {{"x", "1"}});
  run.work("calc#1", {});
  run.work("weigh#1", {{"net", "5"}});
  run.work("use#1");
  run.work("more#1");
  return run;
}

TEST(Affected, NamesFormulasLimitsAndCompleteStepsInOrderOnce) {  // B8
  RunDriver run = used_everywhere();
  run.must(CorrectEntry{"lot#1", "x", "2", "misread"});
  EXPECT_EQ(affected(run),
            Json({"step lot#1", "formula calc:sum", "step calc#1", "step use#1", "step more#1",
                  "formula calc:twice", "limit calc:twice", "limit weigh:net", "step weigh#1"}));
}

TEST(Affected, NamesEveryKindOfLimitOfAFormula) {  // B8
  for (const auto limit : {&Limits::alert_low, &Limits::alert_high, &Limits::action_low,
                           &Limits::action_high, &Limits::hard_low, &Limits::hard_high}) {
    Entry twice = computed("twice", "{a:x} * 2");
    twice.limits.*limit = dec("1");
    RunDriver run(linear({step("a", {decimal("x"), twice})}));
    run.start();
    run.must(BeginStep{"a#1"});
    run.must(RecordEntry{"a#1", "x", "1"});
    run.must(CorrectEntry{"a#1", "x", "2", "misread"});
    EXPECT_EQ(affected(run), Json({"formula a:twice", "limit a:twice", "step a#1"}));
  }
}

TEST(Affected, NamesEveryInstanceThatHoldsAResultAndNoneThatHasNone) {  // B8
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece lot = chart.element(step("lot", {decimal("x")}));
  const Piece use = chart.element(step("use", {computed("y", "{lot:x} * 2")}));
  const Piece plain = chart.element(step("plain", {computed("z", "{lot:x} * 3")}));
  chart.finish(chart.sequence({lot, chart.loop(use, "count(\"use\") < 2"), plain}));
  RunDriver run(finished(procedure));
  run.start();
  run.work("lot#1", {{"x", "1"}});
  run.work("use#1", {});
  run.work("use#2", {});
  run.must(CorrectEntry{"lot#1", "x", "2", "misread"});
  EXPECT_EQ(affected(run),
            Json({"step lot#1", "formula use:y", "step use#1", "step use#2", "formula plain:z"}));
}

// A6: a result that a correction changes is itself acted upon.
TEST(Recomputation, OpensWhoReliedOnTheChangedStepsAndOnThose) {
  RunDriver run = used_everywhere();
  run.must(CorrectEntry{"lot#1", "x", "2", "misread"});
  EXPECT_EQ(run.value("calc#1", "sum")->value, "3.0");
  EXPECT_EQ(run.value("calc#1", "twice")->value, "6.0");
  EXPECT_THAT(run.open(), ElementsAre("use#1", "more#1", "last#1"));
  for (const char* opened : {"use#1", "more#1"}) {
    EXPECT_EQ(run.step(opened).reopened_by, "lot#1:x") << opened;
  }
  EXPECT_EQ(run.step("last#1").status, StepStatus::kReady);
  EXPECT_EQ(run.bodies("step_reopened").size(), 2U);
  EXPECT_EQ(run.step("weigh#1").status, StepStatus::kComplete);  // it has no signature to lose
}

TEST(Recomputation, OpensWhoReliedOnTheCorrectedStepItself) {
  RunDriver run(linear({step("a", {decimal("x")}), relying("b", "a"), step("c")}));
  run.start();
  run.work("a#1", {{"x", "1"}});
  run.work("b#1");
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_THAT(run.open(), ElementsAre("b#1", "c#1"));
  EXPECT_EQ(run.step("b#1").reopened_by, "a#1:x");
}

// That its own limits changed with the corrected value is no reason to leave it closed.
TEST(Recomputation, OpensWhoReliedOnTheCorrectedStepAndGotOtherLimits) {  // A5, B8
  Entry net = decimal("net");
  net.limit_formulas = {{&Limits::action_high, expr("{a:x} * 2")}};
  Element weigh = step("b", {net});
  weigh.step->relies_on = {"a"};
  RunDriver run(linear({step("a", {decimal("x")}), weigh, step("c")}));
  run.start();
  run.work("a#1", {{"x", "5"}});
  run.work("b#1", {{"net", "1"}});
  run.must(CorrectEntry{"a#1", "x", "6", "misread"});
  EXPECT_EQ(run.step("b#1").reopened_by, "a#1:x");
  EXPECT_THAT(run.open(), ElementsAre("b#1", "c#1"));
}

TEST(Recomputation, EndsWhereStepsRelyOnEachOther) {  // B8
  Element first = step("a", {decimal("x")});
  first.step->relies_on = {"b"};
  RunDriver run(linear({first, relying("b", "a"), step("c")}));
  run.start();
  run.work("a#1", {{"x", "5"}});
  run.work("b#1");
  run.must(CorrectEntry{"a#1", "x", "6", "misread"});
  EXPECT_THAT(run.open(), ElementsAre("b#1", "c#1"));
}

TEST(Recomputation, OpensWhoReliedOnACapturedValueThatIsInvalidated) {  // B8
  RunDriver run(linear({step("a", {decimal("net", "g")}), relying("b", "a"), step("c")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "net", "5", "g", "scale:BS-04"});
  run.must(CompleteStep{"a#1"});
  run.work("b#1");
  run.must(InvalidateValue{"a#1", "net", "not level", ""});
  EXPECT_EQ(told(run.exceptions().back()),
            "value_invalidated at a#1:net, 5.0: Title of net: the value 5.0 was invalidated.");
  const Json body = run.bodies("value_invalidated").back();
  EXPECT_EQ(body.at("affected"), Json({"step a#1", "step b#1"}));
  EXPECT_EQ(body.at("reason"), "not level");
  EXPECT_EQ(run.step("b#1").reopened_by, "a#1:net");
  EXPECT_TRUE(run.step("b#1").reopened);
}

// B13: with the newest result out of force, the one before it counts again.
TEST(Recomputation, UsesTheResultThatCountsAgainAfterAnInvalidation) {
  const Person lab{"lab", {"laboratory"}};
  Entry count = decimal("count", "", 0);
  count.late = LateResult{.owner = "laboratory", .due_s = 60, .blocks = {}};
  RunDriver run(linear({step("a", {decimal("x"), count}),
                        step("b", {decimal("y"), computed("twice", "{a:count} * 2", 0)})}));
  run.start();
  run.work("a#1", {{"x", "1"}});
  run.must(BeginStep{"b#1"});
  run.must(RecordResult{"a#1", "count", "3", ""}, lab);
  EXPECT_EQ(run.value("b#1", "twice")->value, "6");
  run.must(RecordResult{"a#1", "count", "4", "second plate"}, lab);
  EXPECT_EQ(run.value("b#1", "twice")->value, "8");
  run.must(InvalidateValue{"a#1", "count", "plate mixed up", ""}, kPetra);
  EXPECT_EQ(run.value("a#1", "count")->value, "3");
  EXPECT_EQ(run.value("b#1", "twice")->value, "6");
}

TEST(Recomputation, WaitsUntilTheStepWasBegunAndGivesACompleteOneNothingItWentWithout) {  // A6
  Entry later = computed("later", "{b:y} * 2");
  later.required = false;
  Entry net = decimal("net");
  net.limit_formulas = {{&Limits::action_high, expr("{a:x} * 2")}};
  RunDriver run(linear({step("a", {decimal("x"), later}), step("b", {decimal("y"), net}),
                        step("c", {net, computed("thrice", "{a:x} * 3")})}));
  run.start();
  run.work("a#1", {{"x", "1"}});
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_THAT(run.bodies("limits_computed"), IsEmpty());  // b is only ready
  run.must(BeginStep{"b#1"});
  EXPECT_EQ(run.bodies("limits_computed").size(), 1U);
  run.must(RecordEntry{"b#1", "y", "1"});
  EXPECT_EQ(run.value("a#1", "later"), nullptr);
  EXPECT_THAT(run.bodies("entry_computed"), IsEmpty());
}

TEST(Recomputation, OfWhatGivesNoNumberIsAFormulaError) {  // A6
  RunDriver run(linear({step("a", {decimal("x"), computed("flag", "{a:x} > 1")})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "2"});
  EXPECT_EQ(run.value("a#1", "flag"), nullptr);
  EXPECT_EQ(told(run.exceptions().back()),
            "formula_error at a#1:flag: The value can't be computed. The result is not a number.");
}

TEST(Recomputation, GivesAResultAfterAllToAStepThatWasLetGoOnWithoutOne) {  // A6
  RunDriver run(linear({step("a", {decimal("x"), computed("ratio", "1 / {a:x}")}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "0"});
  EXPECT_EQ(told(run.exceptions().back()),
            "formula_error at a#1:ratio: The value can't be computed. " +
                run.bodies("entry_computed").back().at("error").get<std::string>());
  const std::string error = run.exceptions().back().id;
  run.must(run.release("a#1", error, "by hand", kSven, "supervisor"), kSven);
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.value("a#1", "ratio"), nullptr);
  run.must(CorrectEntry{"a#1", "x", "4", "misread"});
  EXPECT_EQ(run.value("a#1", "ratio")->value, "0.2");
}

// A5, A6: a computed value whose limits are computed too is judged by the limits of the same input.
TEST(Recomputation, RenewsLimitsBeforeTheValueTheyJudge) {
  Entry twice = computed("twice", "{a:x} * 2");
  twice.limit_formulas = {{&Limits::action_high, expr("{a:x} * 3")}};
  RunDriver run(linear({step("a", {decimal("x"), twice})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.must(CorrectEntry{"a#1", "x", "10", "misread"});
  EXPECT_EQ(run.value("a#1", "twice")->value, "20.0");
  EXPECT_EQ(run.value("a#1", "twice")->verdict, "ok");
  EXPECT_EQ(run.step("a#1").limits.at("twice").action_high->to_text(), "30.0");
  EXPECT_EQ(run.bodies("entry_computed").size(), 2U);
  EXPECT_EQ(run.bodies("limits_computed").size(), 2U);
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

struct Limited {
  RunDriver run;
  explicit Limited(const char* net)
      : run(linear({step("a", {decimal("p")}), step("b", {net_entry()})})) {
    run.start();
    run.work("a#1", {{"p", "10"}});
    run.must(BeginStep{"b#1"});
    if (*net != '\0') run.must(RecordEntry{"b#1", "net", net});
  }
  static Entry net_entry() {
    Entry net = decimal("net");
    net.limit_formulas = {{&Limits::alert_high, expr("{a:p} + 0")},
                          {&Limits::action_high, expr("200 / {a:p}")}};
    return net;
  }
};

TEST(RenewedLimits, AreRecordedWithFormulasAndInputsOnlyWhenTheyChanged) {  // A5
  Limited at("");
  const auto limits = [&] { return at.run.bodies("limits_computed"); };
  EXPECT_EQ(limits()[0].dump(),
            R"({"entry":"net","limits":[["alert_high","10.0"],["action_high","20.0"]],)"
            R"("formulas":[["alert_high","{a:p} + 0"],["action_high","200 / {a:p}"]],)"
            R"("inputs":[["a#1:p","10.0"]],"error":""})");
  at.run.must(CorrectEntry{"a#1", "p", "10.0", "with its decimals"});
  EXPECT_EQ(limits().size(), 1U);
  at.run.must(CorrectEntry{"a#1", "p", "8", "misread"});
  ASSERT_EQ(limits().size(), 2U);
  EXPECT_EQ(limits()[1].at("limits").dump(), R"([["alert_high","8.0"],["action_high","25.0"]])");
}

TEST(RenewedLimits, ThatCantBeComputedAreUnknownAndSaySo) {  // A6
  Limited at("5");
  at.run.must(CorrectEntry{"a#1", "p", "0", "misread"});
  const Json body = at.run.bodies("limits_computed").back();
  EXPECT_EQ(body.at("limits"), Json::array());
  EXPECT_EQ(told(at.run.exceptions().back()),
            "formula_error at b#1:net: The limits can't be computed. " +
                body.at("error").get<std::string>());
  EXPECT_EQ(at.run.step("b#1").limits.at("net"), Limits{});
}

// A5: a value that came before its limits were known is judged as soon as they are.
TEST(RenewedLimits, JudgeAValueThatCameBeforeThem) {
  Entry net = decimal("net");
  net.limit_formulas = {{&Limits::action_high, expr("{a:x} * 2")}};
  const auto after = [&](const char* x) {
    RunDriver run(linear({step("a", {net, decimal("x")})}));
    run.start();
    run.must(BeginStep{"a#1"});
    run.must(RecordEntry{"a#1", "net", "5"});
    run.must(RecordEntry{"a#1", "x", x});
    EXPECT_EQ(run.exceptions().at(0).exception_class, "formula_error");  // not known yet
    return run.exceptions();
  };
  EXPECT_EQ(after("2.5").size(), 1U);
  ASSERT_EQ(after("2.4").size(), 2U);
  EXPECT_EQ(told(after("2.4").back()),
            "action_limit at a#1:net, 5.0 (at most 4.8): Title of net: 5.0 is outside the action "
            "limits (at most 4.8).");
}

TEST(RenewedLimits, JudgeAValueAgainOnlyWhereTheVerdictChanges) {  // A5
  Limited none("");
  none.run.must(CorrectEntry{"a#1", "p", "2", "misread"});
  EXPECT_EQ(none.run.exceptions().size(), 1U);  // the correction itself
  Limited good("5");
  good.run.must(CorrectEntry{"a#1", "p", "6", "misread"});
  EXPECT_EQ(good.run.exceptions().size(), 1U);
  good.run.must(CorrectEntry{"a#1", "p", "4", "misread"});
  EXPECT_EQ(told(good.run.exceptions().back()),
            "alert_limit at b#1:net, 5.0 (at most 4.0): Title of net: 5.0 is outside the alert "
            "limits (at most 4.0).");
  Limited alert("11");
  ASSERT_EQ(alert.run.exceptions().size(), 1U);
  alert.run.must(CorrectEntry{"a#1", "p", "9", "misread"});
  EXPECT_EQ(alert.run.exceptions().size(), 2U);  // the correction; it was an alert before
}

// A6: what a result was computed from is no longer so; that it can't be computed any more matters
// to the step that acted on it at least as much as another number would.
TEST(Recomputation, OpensWhoReliedOnAResultThatIsGone) {
  RunDriver run(linear({step("a", {decimal("x")}), step("calc", {computed("r", "1 / {a:x}")}),
                        relying("use", "calc"), step("last")}));
  run.start();
  run.work("a#1", {{"x", "4"}});
  run.work("calc#1", {});
  run.work("use#1");
  run.must(CorrectEntry{"a#1", "x", "0", "misread"});
  EXPECT_EQ(run.value("calc#1", "r"), nullptr);
  EXPECT_TRUE(run.step("use#1").reopened);
}

}  // namespace
}  // namespace batchwright::workflows::test

// The static checker on gates, effects, times, requirements, late results, limit formulas and
// chosen ways: every rule has a recipe that breaks it and nothing else. Requirements A4, B6, B7,
// B13, B15.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/recipe_files.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

using Errors = std::multiset<std::string>;

// Two steps a and b; `of_b` are further keys of b, `more` of the document.
Errors errors_with(const std::string& of_b, const std::string& more = "") {
  const std::string children = R"([{"id":"a","title":"A","entries":[
      {"id":"x","title":"X","kind":"decimal","unit":"g","places":1}]},
    {"id":"b","title":"B")" + (of_b.empty() ? "" : "," + of_b) +
                               "}]";
  const auto reading = read_mbr(mbr_text(children, more.empty() ? "" : more + ","));
  if (!reading) return {reading.error().message};
  return errors_of(reading->findings);
}

Errors with_gate(const std::string& gate) {
  return errors_with(R"("gates":[{"id":"g","remedy":"Do it",)" + gate + "}]");
}

TEST(CheckGates, KnowEverythingTheyLookAt) {
  EXPECT_EQ(with_gate(R"("kind":"step","subject":"a")"), Errors{});
  EXPECT_EQ(with_gate(R"("kind":"step","subject":"c")"), Errors{"gate.subject @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"step","subject":"b")"), Errors{"gate.subject @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"equipment","subject":"MX")"), Errors{"gate.subject @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"material","subject":"M2")"), Errors{"gate.subject @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"training","subject":"T@3")"), Errors{});
  EXPECT_EQ(with_gate(R"("kind":"condition","condition":"{a:x} < 1")"), Errors{});
  EXPECT_EQ(with_gate(R"("kind":"condition","condition":"{a:y} < 1")"),
            Errors{"name.unknown @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"condition","condition":"{a:x} + 1")"),
            Errors{"expression.kind @ b gate g"});
}

TEST(CheckGates, StateTimesThatCanBeKept) {
  EXPECT_EQ(with_gate(R"("kind":"time_window","subject":"a","minimum_s":60,"maximum_s":30)"),
            Errors{"gate.time @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"time_window","subject":"a")"), Errors{"gate.time @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"step","subject":"a","maximum_s":30)"),
            Errors{"gate.time @ b gate g"});
  EXPECT_EQ(with_gate(R"("kind":"room","subject":"114","maximum_s":30)"), Errors{});
}

TEST(CheckGates, HaveDifferentIdsAndARemedyInEveryLanguage) {
  EXPECT_EQ(errors_with(R"("gates":[{"id":"g","kind":"step","subject":"a","remedy":"Do"},
                                    {"id":"g","kind":"step","subject":"a","remedy":"Do"}])"),
            Errors{"gate.duplicate @ b gate g"});
  EXPECT_THAT(errors_with(R"("gates":[{"id":"g","kind":"step","subject":"a","remedy":""}])"),
              testing::Contains("text.missing @ b gate g"));
}

TEST(CheckEffects, NameEachSubjectOnce) {
  EXPECT_EQ(errors_with(R"("effects":[{"subject":"114","state":"dirty"}])"), Errors{});
  EXPECT_EQ(errors_with(R"("effects":[{"subject":"114","state":"dirty"},
                                      {"subject":"114","state":"clean"}])"),
            (Errors{"effect.duplicate @ b effect 114", "effect.duplicate @ b effect 114"}));
}

TEST(CheckRelying, IsOnAnotherStepThatExists) {
  EXPECT_EQ(errors_with(R"("relies_on":["a"])"), Errors{});
  EXPECT_EQ(errors_with(R"("relies_on":["c"])"), Errors{"relies_on.unknown @ b"});
  EXPECT_EQ(errors_with(R"("relies_on":["b"])"), Errors{"relies_on.itself @ b"});
  EXPECT_EQ(errors_with(R"("relies_on":["a","a"])"), Errors{"relies_on.duplicate @ b"});
}

Errors with_time_limit(const std::string& limit) {
  return errors_with("", R"("time_limits":[{"id":"t","title":"T",)" + limit + "}]");
}

TEST(CheckTimeLimits, LieBetweenTwoStepsAndCanBeKept) {
  EXPECT_EQ(with_time_limit(R"("from":"a","to":"b","maximum_s":60)"), Errors{});
  EXPECT_EQ(with_time_limit(R"("from":"a","to":"c","maximum_s":60)"),
            Errors{"time_limit.step @ time limit t"});
  EXPECT_EQ(with_time_limit(R"("from":"a","to":"a","maximum_s":60)"),
            Errors{"time_limit.step @ time limit t"});
  EXPECT_EQ(with_time_limit(R"("from":"a","to":"b","minimum_s":61,"maximum_s":60)"),
            Errors{"time_limit.range @ time limit t"});
  EXPECT_EQ(with_time_limit(R"("from":"a","to":"b")"), Errors{"time_limit.range @ time limit t"});
  EXPECT_EQ(with_time_limit(R"("from":"a","to":"b","maximum_s":60,"reaction_plan":"R9")"),
            Errors{"plan.unknown @ time limit t"});
}

TEST(CheckRequirements, HaveIdsOfTheirOwn) {
  EXPECT_EQ(errors_with("", R"("equipment":[{"id":"M","class":"MX","title":"M"}],
                               "materials":[{"id":"M","item":"1","title":"M"}])"),
            Errors{"requirement.duplicate @ material M"});
}

Errors with_entry(const std::string& entry) {
  return errors_with(R"("entries":[{"id":"y","title":"Y",)" + entry + "}]",
                     R"("equipment":[{"id":"M","class":"MX","title":"M"}])");
}

TEST(CheckEntries, IdentifyWhatTheProcedureNeeds) {
  EXPECT_EQ(with_entry(R"("kind":"text","identifies":"M")"), Errors{});
  EXPECT_EQ(with_entry(R"("kind":"text","identifies":"N")"), Errors{"identifies.unknown @ b:y"});
}

TEST(CheckEntries, NameAnExceptionClassThatExists) {
  EXPECT_EQ(with_entry(R"("kind":"yes_no","expected":true,"exception_class":"filter_integrity")"),
            Errors{});
  EXPECT_EQ(with_entry(R"("kind":"yes_no","expected":true,"exception_class":"bad_luck")"),
            Errors{"exception_class.unknown @ b:y"});
}

TEST(CheckEntries, ComputeLimitsFromWhatExistsInTheirUnit) {
  const auto limit = [](const std::string& formula) {
    return with_entry(R"("kind":"decimal","unit":"g","places":1,"action":[{"formula":")" + formula +
                      R"("},null])");
  };
  EXPECT_EQ(limit("{a:x} * 0.995"), Errors{});
  EXPECT_EQ(limit("{a:z} * 0.995"), Errors{"name.unknown @ b:y"});
  EXPECT_EQ(limit("{a:x} > 1"), Errors{"expression.kind @ b:y"});
  EXPECT_EQ(limit("{b:y} * 2"), Errors{"limit.formula @ b:y"});
}

TEST(CheckLateResults, HaveAnOwnerADueTimeAndBlockAStep) {
  const auto late = [](const std::string& keys) {
    return with_entry(R"("kind":"decimal","late":{"owner":"qc",)" + keys + "}");
  };
  EXPECT_EQ(late(R"("due_s":60)"), Errors{});
  EXPECT_EQ(late(R"("due_s":60,"consequence":"blocks_step","blocks":"a")"), Errors{});
  EXPECT_EQ(late(R"("due_s":0)"), Errors{"late.due @ b:y"});
  EXPECT_EQ(late(R"("due_s":60,"consequence":"blocks_step","blocks":"c")"),
            Errors{"late.blocks @ b:y"});
  EXPECT_EQ(late(R"("due_s":60,"blocks":"a")"), Errors{"late.blocks @ b:y"});
}

Errors with_plan(const std::string& keys) {
  return errors_with(
      "", R"("reaction_plans":[{"id":"R1","what":"Do","calls_role":"supervisor",)" + keys + "}]");
}

TEST(CheckPlans, SayWhenAndToWhomTheyEscalateAndWhatTheyHold) {
  EXPECT_EQ(with_plan(R"("escalate_after_s":60,"escalate_severity":"major","escalate_role":"q")"),
            Errors{});
  EXPECT_EQ(with_plan(R"("escalate_severity":"major","escalate_role":"q")"),
            Errors{"plan.escalate @ plan R1"});
  EXPECT_EQ(with_plan(R"("escalate_after_s":60,"escalate_severity":"major")"),
            Errors{"plan.escalate @ plan R1"});
  EXPECT_EQ(with_plan(R"("hold_level":"batch")"), Errors{"plan.hold_level @ plan R1"});
  EXPECT_EQ(with_plan(R"("holds":true,"hold_max_s":60)"), Errors{"plan.hold_max @ plan R1"});
  EXPECT_EQ(with_plan(R"("holds":true,"hold_level":"batch","hold_max_s":60)"), Errors{});
}

Errors with_transition(const std::string& keys) {
  const auto reading = read_mbr(mbr_text(R"([{"id":"a","title":"A"},{"id":"b","title":"B"}],
      "chart":{"nodes":[{"id":"begin","kind":"begin"},{"id":"t","kind":"transition",)" +
                                         keys + R"(},{"id":"end","kind":"end"}],
      "links":[["begin","a"],["a","t"],["t","b"],["b","end"]]})"));
  return reading ? errors_of(reading->findings) : Errors{reading.error().message};
}

TEST(CheckCharts, LetAPersonOrAConditionChooseAWayNeverBoth) {
  EXPECT_EQ(with_transition(R"("chosen_by":"supervisor")"), Errors{});
  EXPECT_EQ(with_transition(R"("condition":"true")"), Errors{});
  EXPECT_EQ(with_transition(R"("condition":"true","chosen_by":"supervisor")"),
            Errors{"transition.condition.chosen @ @t"});
  EXPECT_EQ(with_transition(R"("condition_source":"when dry")"),
            Errors{"transition.condition.open @ @t"});
}

}  // namespace
}  // namespace batchwright::workflows::test

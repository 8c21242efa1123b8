// Limits that depend on batch size, potency or earlier values, and what a correction of those does
// to steps that acted on them. Requirements A5, B8.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kTarget =
    "{volume} * 0.0500 * 121.14 * 10000 / ({identify:assay} * (100 - {identify:lod}))";

std::string times(const char* factor) {
  return std::string("round(") + kTarget + ", 1) * " + factor;
}

// identify > weigh (limits from assay and loss on drying) > stir > charge (relies on weigh) > end.
std::shared_ptr<const Mbr> recipe() {
  Entry net = decimal("net", "g");
  net.rounding = Rounding::kHalfUp;
  net.limit_formulas = {{&Limits::target, expr(kTarget)},
                        {&Limits::alert_low, expr(times("0.997"))},
                        {&Limits::alert_high, expr(times("1.003"))},
                        {&Limits::action_low, expr(times("0.995"))},
                        {&Limits::action_high, expr(times("1.005"))}};
  net.reaction_plan = "R1";
  Element charge = step("charge", {acknowledge()}, {performed(), verified()});
  charge.step->relies_on = {"weigh"};
  return linear(
      {step("identify", {decimal("assay", "%"), decimal("lod", "%")}),
       step("weigh", {net}, {performed(), verified()}), step("stir"), charge, step("end")},
      {plan("R1", 1, false)},
      {{.id = "volume",
        .title = {{"en", "Volume"}},
        .value = {dec("100"), "L"},
        .text = {},
        .source = {}}});
}

void sign_and_complete(RunDriver& run, const std::string& step) {
  run.sign(step, "performed", kMary);
  run.sign(step, "verified", kJan);
  run.must(CompleteStep{step});
}

RunDriver charged() {
  RunDriver run(recipe());
  run.start();
  run.work("identify#1", {{"assay", "99.4"}, {"lod", "0.3"}});
  run.must(BeginStep{"weigh#1"});
  run.must(RecordEntry{"weigh#1", "net", "611.4"});
  sign_and_complete(run, "weigh#1");
  run.work("stir#1");
  run.must(BeginStep{"charge#1"});
  run.must(RecordEntry{"charge#1", "done", "done"});
  sign_and_complete(run, "charge#1");
  return run;
}

TEST(DependentLimits, AreComputedWhenTheStepBeginsAndRecordedWithTheirInputs) {
  RunDriver run(recipe());
  run.start();
  run.work("identify#1", {{"assay", "99.4"}, {"lod", "0.3"}});
  run.must(BeginStep{"weigh#1"});
  const Limits& limits = run.step("weigh#1").limits.at("net");
  EXPECT_EQ(limits.target->to_text(), "611.2");
  EXPECT_EQ(limits.alert_low->to_text(), "609.4");
  EXPECT_EQ(limits.alert_high->to_text(), "613.0");
  EXPECT_EQ(limits.action_low->to_text(), "608.1");
  EXPECT_EQ(limits.action_high->to_text(), "614.3");
  const auto computed = run.bodies("limits_computed");
  ASSERT_EQ(computed.size(), 1U);
  EXPECT_EQ(computed[0].at("inputs").size(), 3U);
}

TEST(DependentLimits, JudgeAtTheBoundaryAndOneUnitBeyond) {
  for (const auto& [value, verdict] :
       std::vector<std::pair<const char*, const char*>>{{"608.0", "action"},
                                                        {"608.1", "alert"},
                                                        {"609.3", "alert"},
                                                        {"609.4", "ok"},
                                                        {"613.0", "ok"},
                                                        {"613.1", "alert"},
                                                        {"614.3", "alert"},
                                                        {"614.4", "action"}}) {
    RunDriver run(recipe());
    run.start();
    run.work("identify#1", {{"assay", "99.4"}, {"lod", "0.3"}});
    run.must(BeginStep{"weigh#1"});
    run.must(RecordEntry{"weigh#1", "net", value});
    EXPECT_EQ(run.value("weigh#1", "net")->verdict, verdict) << value;
  }
}

// The late correction of the shipped example: 611.2 > 612.4 g, and exactly the step that weighed
// and the step that charged what was weighed are looked at again.
TEST(DependentLimits, ACorrectionAfterChargingReopensWeighingAndChargingOnly) {
  RunDriver run = charged();
  run.must(CorrectEntry{"identify#1", "lod", "0.5", "read from the other certificate"});
  EXPECT_EQ(run.step("weigh#1").limits.at("net").target->to_text(), "612.4");
  EXPECT_THAT(run.open(), ElementsAre("weigh#1", "charge#1", "end#1"));
  EXPECT_TRUE(run.step("weigh#1").reopened);
  EXPECT_TRUE(run.step("charge#1").reopened);
  EXPECT_EQ(run.step("charge#1").reopened_by, "identify#1:lod");
  EXPECT_EQ(run.step("stir#1").status, StepStatus::kComplete);
  EXPECT_EQ(run.step("identify#1").status, StepStatus::kComplete);
  ASSERT_EQ(run.exceptions().size(), 1U);  // 611.4 is within the new limits too
  EXPECT_EQ(run.exceptions()[0].exception_class, "correction");
  const auto corrections = run.bodies("entry_corrected");
  EXPECT_THAT(corrections[0].at("affected"), Contains("limit weigh:net"));
  EXPECT_THAT(corrections[0].at("affected"), Contains("step weigh#1"));
  EXPECT_THAT(corrections[0].at("affected"), Contains("step charge#1"));

  for (const char* step : {"weigh#1", "charge#1"}) sign_and_complete(run, step);
  run.work("end#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.state.conflicts, IsEmpty());
}

TEST(DependentLimits, AValueThatTheNewLimitsRejectOpensAnExceptionAndStays) {
  RunDriver run = charged();
  run.must(CorrectEntry{"identify#1", "lod", "0.9", "read from the other certificate"});
  EXPECT_EQ(run.value("weigh#1", "net")->value, "611.4");
  EXPECT_EQ(run.exceptions().back().exception_class, "action_limit");
  EXPECT_EQ(run.exceptions().back().value, "611.4");
}

TEST(DependentLimits, WithoutTheirInputsAreAnExceptionRecordAndTheValueIsStored) {
  RunDriver run(recipe());
  run.start();
  run.must(BeginStep{"identify#1"});
  run.must(RecordEntry{"identify#1", "assay", "0"});
  run.must(RecordEntry{"identify#1", "lod", "0.3"});
  run.must(CompleteStep{"identify#1"});
  run.must(BeginStep{"weigh#1"});
  EXPECT_EQ(run.exceptions().back().exception_class, "formula_error");
  run.must(RecordEntry{"weigh#1", "net", "611.4"});
  EXPECT_EQ(run.value("weigh#1", "net")->value, "611.4");
}

TEST(Units, AValueInAnotherUnitIsConvertedExactlyOrRefused) {  // A5
  RunDriver run(linear({step("a", {decimal("mass", "g")})}));
  run.start();
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "mass", "1", "mL"}), "entry.unit");
  run.must(RecordEntry{"a#1", "mass", "0.6114", "kg"});
  EXPECT_EQ(run.value("a#1", "mass")->value, "611.4");
  EXPECT_EQ(run.value("a#1", "mass")->raw, "0.6114");
}

// Of another program, or altered: what nobody knows limits nothing.
TEST(DependentLimits, OfAnUnknownNameOrNoNumberAreLeftOut) {
  RunDriver run(recipe());
  run.start();
  run.work("identify#1", {{"assay", "99.4"}, {"lod", "0.3"}});
  run.must(BeginStep{"weigh#1"});
  record::Draft draft = encode_event(LimitsComputed{
      "net", {{"action_high", "700"}, {"sideways", "1"}, {"alert_high", "many"}}, {}, {}, {}});
  draft.subject = {"run", run.state.run};
  draft.step = "weigh#1";
  run.append({draft});
  const Limits limits = run.step("weigh#1").limits.at("net");
  EXPECT_EQ(limits.action_high, dec("700"));
  EXPECT_FALSE(limits.alert_high);
}

}  // namespace
}  // namespace batchwright::workflows::test

// Computed entries: golden vectors, automatic evaluation, recomputation, errors. Requirement A6.
#include <gmock/gmock.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using testing::IsEmpty;

constexpr const char* kTris =
    "{volume} * 0.0500 * 121.14 * (100 / {lot:assay}) * (100 / (100 - {lot:lod}))";

std::shared_ptr<const Mbr> tris_recipe() {
  Entry mass = computed("mass", kTris);
  mass.rounding = Rounding::kHalfUp;
  mass.unit = "g";
  const Parameter volume{"volume", {}, {dec("100"), "L"}, "", "BUF-0117"};
  return linear({step("lot", {decimal("assay", "%", 1), decimal("lod", "%", 1)}),
                 step("weigh", {mass}), step("end")},
                {}, {volume});
}

struct Vector {
  const char *assay, *lod, *mass;
};

TEST(ComputedEntries, TheFormulaOfTheShippedRecipeGivesItsGoldenVectors) {  // A6
  for (const Vector& vector : {Vector{"99.4", "0.3", "611.2"}, Vector{"99.0", "0.5", "614.9"},
                               Vector{"100.6", "0.1", "602.7"}, Vector{"100", "0", "605.7"}}) {
    RunDriver run(tris_recipe());
    run.start();
    run.work("lot#1", {{"assay", vector.assay}, {"lod", vector.lod}});
    run.must(BeginStep{"weigh#1"});
    ASSERT_NE(run.value("weigh#1", "mass"), nullptr);
    EXPECT_EQ(run.value("weigh#1", "mass")->value, vector.mass);
  }
}

TEST(ComputedEntries, FormulaInputsRawAndReportedResultAreRecorded) {
  RunDriver run(tris_recipe());
  run.start();
  run.work("lot#1", {{"assay", "99.4"}, {"lod", "0.3"}});
  EXPECT_THAT(run.bodies("entry_computed"), IsEmpty());  // its step was not begun
  run.must(BeginStep{"weigh#1"});
  const Json body = run.bodies("entry_computed").at(0);
  EXPECT_EQ(body["formula"], kTris);
  EXPECT_EQ(body["inputs"],
            Json::parse(R"([["volume","100"],["lot#1:assay","99.4"],["lot#1:lod","0.3"]])"));
  EXPECT_TRUE(body["raw"].get<std::string>().starts_with("611.18"));
  EXPECT_EQ(body["value"], "611.2");
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"weigh#1", "mass", "611"}), "entry.computed");
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"weigh#1", "mass", "611", "why"}), "entry.computed");
}

TEST(ComputedEntries, WaitForTheirLastInputAndFollowChains) {
  RunDriver run(linear({step("a", {decimal("x"), decimal("y"), computed("sum", "{a:x} + {a:y}"),
                                   computed("twice", "{a:sum} * 2")})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  EXPECT_EQ(run.value("a#1", "sum"), nullptr);
  run.must(RecordEntry{"a#1", "y", "2"});
  EXPECT_EQ(run.value("a#1", "sum")->value, "3.0");
  EXPECT_EQ(run.value("a#1", "twice")->value, "6.0");
  run.must(CorrectEntry{"a#1", "x", "10", "typed wrongly"});
  EXPECT_EQ(run.value("a#1", "sum")->value, "12.0");
  EXPECT_EQ(run.value("a#1", "twice")->value, "24.0");
  EXPECT_EQ(run.bodies("entry_computed").size(), 4U);
  run.must(CompleteStep{"a#1"});
}

TEST(ComputedEntries, AZeroDivisorOpensAnExceptionAndIsNeverANumber) {  // A6
  RunDriver run(linear({step("a", {decimal("x"), computed("ratio", "1 / {a:x}")}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "0"});
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "formula_error");
  EXPECT_EQ(run.value("a#1", "ratio"), nullptr);
  EXPECT_FALSE(run.bodies("entry_computed").at(0)["error"].get<std::string>().empty());
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
}

TEST(ComputedEntries, AFormulaErrorEndsByCorrectingTheInputOrByASupervisor) {
  const auto mbr = linear({step("a", {decimal("x"), computed("ratio", "1 / {a:x}")})});
  RunDriver corrected(mbr);
  corrected.start();
  corrected.must(BeginStep{"a#1"});
  corrected.must(RecordEntry{"a#1", "x", "0"});
  corrected.must(CorrectEntry{"a#1", "x", "4", "typed wrongly"});
  EXPECT_EQ(corrected.value("a#1", "ratio")->value, "0.2");  // 0.25, half to even
  corrected.must(CompleteStep{"a#1"});

  RunDriver released(mbr);
  released.start();
  released.must(BeginStep{"a#1"});
  released.must(RecordEntry{"a#1", "x", "0"});
  const std::string id = released.exceptions().at(0).id;
  EXPECT_EQ(
      released.rule_of_refusal(released.release("a#1", id, "by hand", kJan, "operator"), kJan),
      "release.role");
  released.must(released.release("a#1", id, "computed by hand, see photo", kInes, "supervisor"),
                kInes);
  released.must(CompleteStep{"a#1"});
}

TEST(ComputedEntries, AreJudgedByTheirLimitsLikeTypedValues) {
  Entry yield = computed("yield", "100 * {a:out} / {a:in}");
  yield.limits.action_low = dec("95.0");
  yield.limits.action_high = dec("100.5");
  RunDriver run(linear({step("a", {decimal("in"), decimal("out"), yield})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "in", "100"});
  run.must(RecordEntry{"a#1", "out", "94.9"});
  EXPECT_EQ(run.value("a#1", "yield")->verdict, "action");
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].entry, "yield");
}

TEST(ComputedEntries, InALoopReadTheirOwnInstanceAndOthersTheNewest) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece body = chart.element(step("read", {decimal("x"), computed("twice", "{read:x} * 2")}));
  const Piece after = chart.element(step("after", {computed("last", "{read:twice} + 0")}));
  chart.finish(chart.sequence({chart.loop(body, "count(\"read\") < 2"), after}));
  RunDriver run(finished(procedure));
  run.start();
  run.work("read#1", {{"x", "1"}});
  run.work("read#2", {{"x", "5"}});
  run.must(BeginStep{"after#1"});
  EXPECT_EQ(run.value("after#1", "last")->value, "10.0");
  run.must(CorrectEntry{"read#1", "x", "2", "typed wrongly"});
  EXPECT_EQ(run.value("read#1", "twice")->value, "4.0");
  EXPECT_EQ(run.value("read#2", "twice")->value, "10.0");
  EXPECT_EQ(run.value("after#1", "last")->value, "10.0");
  run.must(CorrectEntry{"read#2", "x", "6", "typed wrongly"});
  EXPECT_EQ(run.value("after#1", "last")->value, "12.0");
}

}  // namespace
}  // namespace batchwright::workflows::test

// Corrections: nothing is lost, exactly the right signatures are voided, what used the value is
// named. Requirements B8, C6.
#include <gmock/gmock.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// "lot" feeds the formula of "weigh", which is signed too, and the condition behind it.
std::shared_ptr<const Mbr> recipe() {
  Entry mass = computed("mass", "{lot:assay} * 2");
  mass.limits.action_low = dec("0.0");
  mass.limits.action_high = dec("1000.0");
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece lot = chart.element(step("lot", {decimal("assay"), decimal("lod")}, {performed()}));
  const Piece weigh =
      chart.element(step("weigh", {mass, acknowledge()}, {performed(), verified()}));
  const Piece room = chart.element(step("room", {decimal("pressure")}, {performed()}));
  const Piece choice = chart.choice(
      {{"{lot:assay} > 50", chart.element(step("strong"))}, {"true", chart.element(step("weak"))}});
  chart.finish(chart.sequence({lot, weigh, room, choice, chart.element(step("last"))}));
  return finished(procedure);
}

class EngineCorrection : public testing::Test {
 protected:
  EngineCorrection() : run(recipe()) {
    run.start();
    run.must(BeginStep{"lot#1"});
    run.must(RecordEntry{"lot#1", "assay", "99.4"});
    run.must(RecordEntry{"lot#1", "lod", "0.3"});
  }

  void finish_lot() {
    run.sign("lot#1", "performed", kMary);
    run.must(CompleteStep{"lot#1"});
  }

  void finish_weigh_and_room() {
    run.must(BeginStep{"weigh#1"});
    run.must(RecordEntry{"weigh#1", "done", "done"});
    run.sign("weigh#1", "performed", kMary);
    run.sign("weigh#1", "verified", kJan);
    run.must(CompleteStep{"weigh#1"});
    run.must(BeginStep{"room#1"});
    run.must(RecordEntry{"room#1", "pressure", "12"});
    run.sign("room#1", "performed", kMary);
    run.must(CompleteStep{"room#1"});
  }

  RunDriver run;
};

TEST_F(EngineCorrection, BeforeAnybodySignedItKeepsBothValuesAndOpensNoException) {  // B8
  run.must(CorrectEntry{"lot#1", "assay", "98.9", "read the wrong line"}, kJan);
  const auto& values = run.step("lot#1").entries.at("assay").values;
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(values[0].value, "99.4");
  EXPECT_EQ(values[0].actor, "mary");
  EXPECT_TRUE(values[0].superseded);
  EXPECT_EQ(values[1].value, "98.9");
  EXPECT_EQ(values[1].actor, "jan");
  EXPECT_EQ(values[1].reason, "read the wrong line");
  EXPECT_THAT(run.exceptions(), IsEmpty());
  const Json body = run.bodies("entry_corrected").at(0);
  EXPECT_EQ(body["old_value"], "99.4");
  EXPECT_EQ(body["corrects"], values[0].line_hash);
}

TEST_F(EngineCorrection, NeedsAReasonAndAnotherValueThatIsOneAtAll) {
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"lot#1", "assay", "98", ""}), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"lot#1", "assay", "99.4", "why"}), "correct.same");
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"lot#1", "assay", "many", "why"}), "entry.format");
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"lot#1", "colour", "1", "why"}), "entry.unknown");
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"weigh#1", "mass", "1", "why"}), "step.not_its_turn");
  finish_lot();
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"weigh#1", "done", "done", "why"}), "correct.nothing");
}

TEST_F(EngineCorrection, OfASignedStepVoidsTheSignatureAndAsksForItAgain) {  // C6
  run.sign("lot#1", "performed", kMary);
  run.must(CorrectEntry{"lot#1", "lod", "0.5", "misread"});
  const StepState& lot = run.step("lot#1");
  EXPECT_EQ(lot.status, StepStatus::kRunning);
  EXPECT_FALSE(lot.signatures[0].voided_by.empty());
  EXPECT_EQ(lot.signatures[0].voided_by, lot.entries.at("lod").values.back().line_hash);
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "correction");
  EXPECT_EQ(run.exceptions()[0].severity, "minor");
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"lot#1"}), "step.signature.missing");
  finish_lot();
  EXPECT_THAT(run.open(), ElementsAre("weigh#1"));
  EXPECT_EQ(run.step("lot#1").signatures.size(), 2U);  // the voided one stays visible
}

TEST_F(EngineCorrection, VoidsExactlyTheSignaturesThatCoveredTheChangedData) {  // C6
  finish_lot();
  finish_weigh_and_room();
  EXPECT_THAT(run.open(), ElementsAre("strong#1"));
  run.must(CorrectEntry{"lot#1", "assay", "40", "label read again"});

  // The step itself, and the step whose computed value changed with it; not the room, whose data is
  // the same.
  EXPECT_FALSE(run.step("lot#1").signatures[0].voided_by.empty());
  EXPECT_FALSE(run.step("weigh#1").signatures[0].voided_by.empty());
  EXPECT_FALSE(run.step("weigh#1").signatures[1].voided_by.empty());
  EXPECT_TRUE(run.step("room#1").signatures[0].voided_by.empty());
  EXPECT_EQ(run.value("weigh#1", "mass")->value, "80.0");
  EXPECT_EQ(run.step("room#1").status, StepStatus::kComplete);
  EXPECT_THAT(run.open(), ElementsAre("lot#1", "weigh#1", "strong#1"));
  EXPECT_THAT(
      run.bodies("entry_corrected").at(0)["affected"].get<std::vector<std::string>>(),
      UnorderedElementsAre(
          "step lot#1", "formula weigh:mass", "limit weigh:mass", "step weigh#1",
          "condition :" + run.bodies("transition_fired").at(0)["transition"].get<std::string>()));
}

TEST_F(EngineCorrection, ReopenedStepsAreSignedAgainWhileTheProcessGoesOn) {
  finish_lot();
  finish_weigh_and_room();
  run.must(CorrectEntry{"lot#1", "assay", "40", "label read again"});
  run.work("strong#1");
  run.work("last#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.open(), ElementsAre("lot#1", "weigh#1"));
  finish_lot();
  run.sign("weigh#1", "performed", kMary);
  run.sign("weigh#1", "verified", kJan);
  run.must(CompleteStep{"weigh#1"});
  EXPECT_THAT(run.open(), IsEmpty());
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.state.conflicts, IsEmpty());
}

TEST_F(EngineCorrection, AfterTheRunIsCompleteReopensForASignatureOnly) {
  finish_lot();
  finish_weigh_and_room();
  run.work("strong#1");
  run.work("last#1");
  run.must(CorrectEntry{"room#1", "pressure", "13", "misread"});
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.open(), ElementsAre("room#1"));
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"room#1", "pressure", "14"}), "step.signed");
  run.sign("room#1", "performed", kMary);
  run.must(CompleteStep{"room#1"});
  EXPECT_THAT(run.open(), IsEmpty());
}

TEST_F(EngineCorrection, AReopenedStepTakesNoNewValues) {
  Entry note = entry("note", EntryKind::kText);
  note.required = false;
  RunDriver other(linear({step("a", {decimal("x"), note}, {performed()}), step("b")}));
  other.start();
  other.must(BeginStep{"a#1"});
  other.must(RecordEntry{"a#1", "x", "1"});
  other.sign("a#1", "performed", kMary);
  other.must(CompleteStep{"a#1"});
  other.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_EQ(other.rule_of_refusal(RecordEntry{"a#1", "note", "late"}), "step.signed");
}

TEST_F(EngineCorrection, OfAStepThatNeedsNoSignatureLeavesItComplete) {
  RunDriver plain(linear({step("a", {decimal("x")}), step("b")}));
  plain.start();
  plain.work("a#1", {{"x", "1"}});
  plain.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_EQ(plain.step("a#1").status, StepStatus::kComplete);
  EXPECT_THAT(plain.open(), ElementsAre("b#1"));
  ASSERT_EQ(plain.exceptions().size(), 1U);
  EXPECT_EQ(plain.exceptions()[0].exception_class, "correction");
}

TEST_F(EngineCorrection, ToABadValueOpensItsExceptionToo) {
  RunDriver other(linear({step("a", {temperature("R2")})}, {plan("R2", 2, false)}));
  other.start();
  other.must(BeginStep{"a#1"});
  other.must(RecordEntry{"a#1", "temperature", "25.0"});
  other.must(CorrectEntry{"a#1", "temperature", "27.0", "misread"});
  ASSERT_EQ(other.exceptions().size(), 1U);
  EXPECT_EQ(other.exceptions()[0].exception_class, "action_limit");
}

TEST_F(EngineCorrection, OfAHeldStepIsPossibleAndTheStepStaysHeld) {
  RunDriver other(linear({step("a", {temperature("R5")})}, {plan("R5", 0, true)}));
  other.start();
  other.must(BeginStep{"a#1"});
  other.must(RecordEntry{"a#1", "temperature", "252"});
  other.must(CorrectEntry{"a#1", "temperature", "25.2", "decimal point"});
  EXPECT_EQ(other.step("a#1").status, StepStatus::kHeld);
  EXPECT_EQ(other.value("a#1", "temperature")->value, "25.2");
}

TEST_F(EngineCorrection, CanFollowACorrectionAndVoidsEachSignatureOnce) {
  run.sign("lot#1", "performed", kMary);
  run.must(CorrectEntry{"lot#1", "lod", "0.5", "misread"});
  const std::string voided_by = run.step("lot#1").signatures[0].voided_by;
  run.must(CorrectEntry{"lot#1", "lod", "0.3", "was right at first"});
  EXPECT_EQ(run.step("lot#1").signatures[0].voided_by, voided_by);
  EXPECT_EQ(run.step("lot#1").entries.at("lod").values.size(), 3U);
}

}  // namespace
}  // namespace batchwright::workflows::test

// What happens around the steps: overrides, repetitions, N/A, captured values, choices, handover,
// relations, recalls, redlines, reviews. Requirements A9, B8, B9, B11, B14, D3.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ProceduralCommand;

RunDriver started(std::vector<Element> steps) {
  RunDriver run(linear(std::move(steps)));
  run.start();
  return run;
}

TEST(Overrides, AForcedStepNeedsAnotherQualifiedPersonAndSaysWhatWasMissing) {  // D3
  RunDriver run = started({step("a", {decimal("x")}, {performed()}), step("b")});
  run.must(BeginStep{"a#1"}, kInes);
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "why"}, kMary), "override.role");
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "why"}, kInes), "override.same_person");
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", ""}, kSven), "reason.missing");
  run.must(ForceStep{"a#1", "probe broken, measured by hand"}, kSven);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kComplete);
  EXPECT_TRUE(run.step("a#1").forced);
  EXPECT_THAT(run.bodies("step_forced")[0].at("missing"),
              ElementsAre("entry x", "signature performed by operator"));
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
  EXPECT_EQ(run.rule_of_refusal(ForceStep{"a#1", "again"}, kSven), "step.complete");
}

TEST(Repetition, ARepeatedStepGetsAnInstanceNumberAndNothingIsUndone) {  // B8
  RunDriver run = started({step("a", {decimal("x")}, {performed()}), step("b"), step("c")});
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  run.work("b#1");
  EXPECT_EQ(run.rule_of_refusal(RepeatStep{"a#1", "why"}, kMary), "repeat.role");
  run.must(RepeatStep{"a#1", "sample lost"}, kSven);
  EXPECT_TRUE(run.step("a#1").voided);
  EXPECT_FALSE(run.step("a#1").signatures[0].voided_by.empty());
  EXPECT_EQ(run.value("a#1", "x")->value, "1.0");
  EXPECT_THAT(run.open(), ElementsAre("a#2", "c#1"));
  EXPECT_EQ(run.rule_of_refusal(RepeatStep{"a#1", "why"}, kSven), "repeat.nothing");
  run.must(BeginStep{"a#2"});
  run.must(RecordEntry{"a#2", "x", "2"});
  run.sign("a#2", "performed", kMary);
  run.must(CompleteStep{"a#2"});
  EXPECT_THAT(run.open(), ElementsAre("c#1"));  // no second token after it
  run.work("c#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.state.conflicts, IsEmpty());
}

TEST(Repetition, ARunningStepThatIsRepeatedGivesItsTokenToTheNext) {
  RunDriver run = started({step("a"), step("b")});
  run.must(BeginStep{"a#1"});
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_THAT(run.open(), ElementsAre("a#2"));
  run.work("a#2");
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
}

TEST(NotApplicable, NeedsAReasonAndTheWordOfTheProcedure) {
  Entry optional = decimal("x");
  optional.may_be_not_applicable = true;
  RunDriver run = started({step("a", {optional, decimal("y")})});
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(MarkNotApplicable{"a#1", "y", "why"}), "entry.applies");
  EXPECT_EQ(run.rule_of_refusal(MarkNotApplicable{"a#1", "x", ""}), "reason.missing");
  run.must(MarkNotApplicable{"a#1", "x", "no second wash today"});
  run.must(RecordEntry{"a#1", "y", "1"});
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.step("a#1").not_applicable.at("x"), "no second wash today");
}

TEST(CapturedValues, AreInvalidatedNeverOvertyped) {  // B8
  RunDriver run = started({step("a", {decimal("net", "g")}, {performed()})});
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "net", "611.4", "g", "scale:BS-04"});
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"a#1", "net", "611.5", "typo"}), "correct.captured");
  run.sign("a#1", "performed", kMary);
  run.must(InvalidateValue{"a#1", "net", "scale was not level", ""});
  EXPECT_EQ(run.value("a#1", "net"), nullptr);
  EXPECT_FALSE(run.step("a#1").signatures[0].voided_by.empty());
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
  run.must(RecordEntry{"a#1", "net", "611.6", "g", "scale:BS-04"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.step("a#1").entries.at("net").values.size(), 2U);
}

// An OR split whose ways a supervisor chooses.
std::shared_ptr<const Mbr> with_choice() {
  Element procedure = group("test", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece first = chart.element(step("a"));
  const std::string split = chart.node(NodeKind::kOrSplit), join = chart.node(NodeKind::kOrJoin);
  chart.link(first.last, split);
  for (const char* way : {"wash", "skip"}) {
    const std::string chosen = chart.node(NodeKind::kTransition);
    procedure.chart.nodes.back().chosen_by = "supervisor";
    chart.link(split, chosen);
    const Piece piece = chart.element(step(way));
    chart.link(chosen, piece.first);
    chart.link(piece.last, join);
  }
  chart.finish({first.first, join});
  return finished(procedure);
}

TEST(Choices, APersonOfTheRoleChoosesWithAReasonAndTheRecordSaysWho) {  // B9
  RunDriver run(with_choice());
  run.start();
  const ChooseTransition wash{"", "n3", "colour was dark"};
  EXPECT_EQ(run.rule_of_refusal(wash, kSven), "choose.not_now");
  run.work("a#1");
  EXPECT_THAT(run.open(), IsEmpty());
  EXPECT_EQ(run.rule_of_refusal(wash, kMary), "choose.role");
  EXPECT_EQ(run.rule_of_refusal(ChooseTransition{"", "n3", ""}, kSven), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(ChooseTransition{"", "a", "why"}, kSven), "choose.unknown");
  run.must(wash, kSven);
  EXPECT_THAT(run.open(), ElementsAre("wash#1"));
  const auto fired = run.bodies("transition_fired");
  EXPECT_EQ(fired[0].at("inputs")[0], (Json{"chosen by", "sven"}));
  EXPECT_EQ(run.rule_of_refusal(wash, kSven), "choose.not_now");
  run.work("wash#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(Handover, OutgoingSignsAndAnotherPersonTakesOver) {  // B14
  RunDriver run = started({step("a"), step("b")});
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(run.take_over(kJan), kJan), "shift.nothing");
  EXPECT_EQ(run.rule_of_refusal(run.hand_over("", kMary), kMary), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(run.hand_over("stirring", kMary), kJan), "sign.signer");
  run.must(run.hand_over("stirring, jacket on", kMary), kMary);
  EXPECT_THAT(run.bodies("handed_over")[0].at("open_steps"), ElementsAre("a#1"));
  EXPECT_EQ(run.rule_of_refusal(run.hand_over("again", kMary), kMary), "shift.waiting");
  EXPECT_EQ(run.rule_of_refusal(run.take_over(kMary), kMary), "shift.same_person");
  TakeOver unsigned_one = run.take_over(kJan);
  unsigned_one.signature_hex.clear();
  EXPECT_EQ(run.rule_of_refusal(unsigned_one, kJan), "sign.signature");
  run.must(run.take_over(kJan), kJan);
  ASSERT_EQ(run.state.handovers.size(), 1U);
  EXPECT_EQ(run.state.handovers[0].from, "mary");
  EXPECT_EQ(run.state.handovers[0].to, "jan");
}

TEST(Relations, ReworkBeginsOnlyAfterQualityApprovedIt) {  // B11; 21 CFR 211.115
  RunDriver run(linear({step("a")}));
  run.must(StartRun{run.state.run, "R-1", "rework", std::string(64, 'a')}, kInes);
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"a#1"}), "gate.rework");
  const RelateRun rework{"rework-of", "B-2417", "refiltration approved, DEV-12"};
  EXPECT_EQ(run.rule_of_refusal(rework, kSven), "relate.role");
  EXPECT_EQ(run.rule_of_refusal(RelateRun{"cousin", "B-1", ""}, kPetra), "relate.kind");
  run.must(rework, kPetra);
  run.must(RelateRun{"sub-lot", "B-2417-01", ""});
  run.work("a#1");
  EXPECT_EQ(run.state.relations.size(), 2U);
}

TEST(Recall, StopsTheNextStepUntilQualityDecides) {  // A1
  RunDriver run = started({step("a"), step("b")});
  run.must(BeginStep{"a#1"});
  run.must(RecallRecipe{"label text is wrong"});
  run.must(RecordEntry{"a#1", "done", "done"});
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.recalled");
  EXPECT_EQ(run.rule_of_refusal(DecideRecall{true, "why"}, kSven), "recall.role");
  run.must(DecideRecall{true, "this batch has no label yet"}, kPetra);
  run.work("b#1");
  EXPECT_EQ(run.rule_of_refusal(RecallRecipe{"again"}), "recall.known");
}

// Another panel, offline, hears of it later: what quality decided stays decided.
TEST(Recall, ThatWasDecidedIsNotToldAgain) {
  RunDriver run = started({step("a"), step("b")});
  run.must(RecallRecipe{"label text is wrong"});
  run.must(DecideRecall{true, "this batch has no label yet"}, kPetra);
  record::Draft late = encode_event(RecipeRecalled{run.state.mbr_hash, "label text is wrong"});
  late.subject = {"run", run.state.run};
  run.append({late});
  EXPECT_FALSE(run.state.recalled);
  EXPECT_EQ(run.state.conflicts.size(), 1U);
  run.work("a#1");
}

TEST(Recall, QualityMayStopTheBatch) {
  RunDriver run = started({step("a"), step("b")});
  run.must(RecallRecipe{"label text is wrong"});
  run.must(DecideRecall{false, "too late"}, kPetra);
  EXPECT_EQ(run.state.status, RunStatus::kStopped);
}

constexpr const char* kChange =
    R"({"op":"replace_step","step":"b","with":{"id":"b","title":{"en":"B, slowly"},)"
    R"("entries":[{"id":"rpm","title":{"en":"Speed"},"kind":"decimal"}]}})";
constexpr const char* kAddition =
    R"({"op":"insert_after","step":"a","with":{"id":"extra","title":{"en":"Rinse"},)"
    R"("entries":[{"id":"done","title":{"en":"Done"},"kind":"acknowledge"}]}})";

std::shared_ptr<const Mbr> plain_recipe() {
  auto mbr = std::make_shared<Mbr>(*linear({step("a"), step("b")}));
  mbr->languages = {"en"};
  mbr->title = {{"en", "Test"}};
  return mbr;
}

TEST(Redlines, ASecondPersonAndQualityApproveBeforeTheChangeIsInForce) {  // A9
  RunDriver run(plain_recipe());
  run.start();
  const std::string master = run.state.mbr_hash;
  EXPECT_EQ(run.rule_of_refusal(ProposeRedline{"{}", "why"}), "redline.invalid");
  EXPECT_EQ(run.rule_of_refusal(ProposeRedline{kChange, ""}), "reason.missing");
  run.must(ProposeRedline{kChange, "other stirrer"});
  EXPECT_EQ(run.exceptions().back().exception_class, "redline");
  const std::string id = run.state.redlines.begin()->first;
  run.work("a#1");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.redline");
  const ApproveRedline approve{id, "agreed"};
  EXPECT_EQ(run.rule_of_refusal(approve, kMary), "redline.same_person");
  run.must(approve, kJan);
  EXPECT_EQ(run.rule_of_refusal(approve, kJan), "redline.same_person");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.redline");
  run.must(approve, {"petra", {"quality"}});
  EXPECT_TRUE(run.state.redlines.at(id).in_force);
  EXPECT_EQ(run.state.mbr_hash, master);
  run.work("b#1", {{"rpm", "250"}});
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_EQ(state_text(replay(plain_recipe(), "run-1", run.lines)), state_text(run.state));
}

TEST(Redlines, AnAddedStepComesBetweenAndIsMarked) {
  RunDriver run(plain_recipe());
  run.start();
  run.must(ProposeRedline{kAddition, "rinse once"});
  const std::string id = run.state.redlines.begin()->first;
  run.must(ApproveRedline{id, "agreed"}, kJan);
  run.must(ApproveRedline{id, "agreed"}, kPetra);
  run.work("a#1");
  EXPECT_THAT(run.open(), ElementsAre("extra#1"));
  EXPECT_EQ(run.step("extra#1").redline, id);
  run.work("extra#1");
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
}

TEST(Redlines, AStepThatWasBegunKeepsItsWords) {
  RunDriver run(plain_recipe());
  run.start();
  run.work("a#1");
  run.must(BeginStep{"b#1"});
  EXPECT_EQ(run.rule_of_refusal(ProposeRedline{kChange, "too late"}), "redline.begun");
}

}  // namespace
}  // namespace batchwright::workflows::test

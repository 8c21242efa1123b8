// A change to one running batch only, which breaks nothing that was begun and loses no token.
// Requirement A9; the plain way is in life_of_a_run_test.cpp.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/recipe_files.h"
#include "tests/workflows/run_driver.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/redline.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = ProceduralCommand;

const Person kBoth{"bo", {"operator", "quality"}};  // acts as operator
constexpr const char* kDone = R"({"id":"done","title":{"en":"Done"},"kind":"acknowledge"})";

std::string change_of_step(const char* op, const std::string& path, const std::string& id,
                           const std::string& entries = kDone) {
  return fmt::format(
      R"({{"op":"{}","step":"{}","with":{{"id":"{}","title":{{"en":"New"}},"entries":[{}]}}}})", op,
      path, id, entries);
}
std::string insert(const std::string& path, const std::string& id,
                   const std::string& entries = kDone) {
  return change_of_step("insert_after", path, id, entries);
}
std::string replace(const std::string& path, const std::string& entries = kDone) {
  return change_of_step("replace_step", path, path, entries);
}
std::string set(const std::string& parameter, const std::string& value) {
  return fmt::format(R"({{"op":"set_parameter","parameter":"{}","value":"{}"}})", parameter, value);
}

RunDriver started(std::shared_ptr<const Mbr> mbr) {
  RunDriver run(std::move(mbr));
  run.start();
  return run;
}

std::string rule_of_proposal(RunDriver& run, const std::string& change) {
  return run.rule_of_refusal(ProposeRedline{change, "why"});
}

std::string propose(RunDriver& run, const std::string& change) {
  run.must(ProposeRedline{change, "why"}, kMary);
  return run.exceptions().back().value;
}

std::string message_of_refusal(RunDriver& run, const Command& command, const Person& who = kMary) {
  const auto done = run.execute(command, who);
  return done ? "" : done.error().message;
}

// Approved by a second person; quality is still missing.
std::string half_approved(RunDriver& run, const std::string& change) {
  std::string id = propose(run, change);
  run.must(ApproveRedline{id, "agreed"}, kJan);
  return id;
}

std::string in_force(RunDriver& run, const std::string& change) {
  std::string id = half_approved(run, change);
  run.must(ApproveRedline{id, "agreed"}, kPetra);
  EXPECT_TRUE(run.state.redlines.at(id).in_force);
  return id;
}

void expect_replayed(const RunDriver& run) {
  EXPECT_THAT(run.state.conflicts, IsEmpty());
  EXPECT_EQ(state_text(replay(run.mbr, run.state.run, run.lines)), state_text(run.state));
}

// ---- rejected and withdrawn

TEST(Redlines, OneThatIsRejectedBlocksNothingAndIsNeverApproved) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = half_approved(run, replace("b"));
  run.work("a#1");
  ASSERT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.redline");
  const RejectRedline reject{id, "not needed"};
  EXPECT_EQ(run.rule_of_refusal(reject, kJan), "redline.role");
  EXPECT_EQ(run.rule_of_refusal(reject, kBoth), "redline.role");  // acts as operator
  EXPECT_EQ(run.rule_of_refusal(RejectRedline{id, ""}, kSven), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(RejectRedline{"none", "why"}, kSven), "redline.nothing");
  run.must(reject, kSven);
  EXPECT_EQ(run.rule_of_refusal(reject, kSven), "redline.nothing");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{id, "agreed"}, kPetra), "redline.nothing");
  EXPECT_TRUE(run.state.redlines.at(id).rejected);
  EXPECT_EQ(run.state.redlines.at(id).rejection, "not needed");
  run.work("b#1");
  EXPECT_EQ(run.step("b#1").redline, "");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  expect_replayed(run);
}

TEST(Redlines, WhoProposedItWithdrawsItAndQualityRejectsIt) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string first = propose(run, replace("b"));
  run.must(RejectRedline{first, "typed wrongly"}, kMary);
  EXPECT_TRUE(run.state.redlines.at(first).rejected);
  const std::string second = propose(run, replace("b"));
  run.must(RejectRedline{second, "no"}, kPetra);
  EXPECT_TRUE(run.state.redlines.at(second).rejected);
}

TEST(Redlines, WhatIsInForceCanNotBeRejected) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = in_force(run, replace("b"));
  for (const Person& who : {kMary, kSven, kPetra}) {
    EXPECT_EQ(run.rule_of_refusal(RejectRedline{id, "regret"}, who), "redline.nothing");
  }
  EXPECT_THAT(message_of_refusal(run, RejectRedline{id, "regret"}, kSven), HasSubstr("in force"));
}

// The state text shows it: two machines that differ in it differ in their hash.
TEST(Redlines, TheStateTextSaysThatOneWasRejectedAndWhy) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  run.must(RejectRedline{id, "not needed"}, kSven);
  RunState other = run.state;
  other.redlines.at(id).rejected = false;
  EXPECT_NE(state_text(other), state_text(run.state));
  other = run.state;
  other.redlines.at(id).rejection = "else";
  EXPECT_NE(state_text(other), state_text(run.state));
}

// ---- who approves

TEST(Redlines, QualityCountsOnlyWhenThePersonActsAsQuality) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  run.must(ApproveRedline{id, "agreed"}, kBoth);
  EXPECT_FALSE(run.state.redlines.at(id).quality);
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{id, "agreed"}, kJan), "redline.quality");
  EXPECT_THAT(message_of_refusal(run, ApproveRedline{id, "agreed"}, kJan),
              HasSubstr("you act as operator"));
  EXPECT_FALSE(run.state.redlines.at(id).in_force);
  run.must(ApproveRedline{id, "agreed"}, kPetra);
  EXPECT_TRUE(run.state.redlines.at(id).in_force);
}

TEST(Redlines, QualityMayComeFirstAndASecondPersonCompletesIt) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  run.must(ApproveRedline{id, "agreed"}, kPetra);
  EXPECT_FALSE(run.state.redlines.at(id).in_force);
  run.must(ApproveRedline{id, "agreed"}, kJan);
  EXPECT_TRUE(run.state.redlines.at(id).in_force);
}

TEST(Redlines, ARoleThatThePersonDoesNotHoldCountsForNothing) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  Context context = run.context(kJan);
  context.role = "quality";
  const auto done = decide(run.state, ApproveRedline{id, "agreed"}, context);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().rule, "redline.role");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{id, "agreed"}, {"guest", {"visitor"}}),
            "redline.role");
}

// ---- what the batch has gone on from

TEST(Redlines, NothingIsAddedBehindAStepThatTheBatchHasGoneOnFrom) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string early = half_approved(run, insert("a", "extra"));
  run.work("a#1");
  EXPECT_EQ(rule_of_proposal(run, insert("a", "late")), "redline.begun");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{early, "agreed"}, kPetra), "redline.begun");
  EXPECT_THAT(message_of_refusal(run, ApproveRedline{early, "agreed"}, kPetra),
              HasSubstr("passed over"));
  run.work("b#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(Redlines, AStepIsAddedBehindOneThatIsBeingWorkedOn) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  run.must(BeginStep{"a#1"});
  in_force(run, insert("a", "extra"));
  run.must(RecordEntry{"a#1", "done", "done"});
  run.must(CompleteStep{"a#1"});
  EXPECT_THAT(run.open(), ElementsAre("extra#1"));
  run.work("extra#1");
  run.work("b#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  expect_replayed(run);
}

// After `a`, the token waits until the parameter lets it go on.
std::shared_ptr<const Mbr> waiting_recipe() {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece a = chart.element(step("a", {decimal("x")}));
  const Piece b = chart.element(step("b"));
  const std::string way = chart.transition("{a:x} > {least}");
  chart.link(a.last, way);
  chart.link(way, b.first);
  chart.finish({a.first, b.last});
  Parameter least{"least", {{"en", "Least"}}, {dec("5"), ""}, "", "test"};
  return finished(std::move(procedure), {}, {least});
}

TEST(Redlines, ATokenThatWaitsBehindTheStepIsNotLeftBeforeAWayThatIsGone) {  // A9
  RunDriver run = started(waiting_recipe());
  const std::string early = half_approved(run, insert("a", "extra"));
  run.work("a#1", {{"x", "3"}});
  ASSERT_THAT(run.open(), IsEmpty());
  EXPECT_EQ(rule_of_proposal(run, insert("a", "late")), "redline.begun");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{early, "agreed"}, kPetra), "redline.begun");
  in_force(run, set("least", "2"));  // nothing was decided by it yet, and now it is
  EXPECT_THAT(run.open(), ElementsAre("b#1"));
  EXPECT_EQ(rule_of_proposal(run, set("least", "1")), "redline.used");
  EXPECT_THAT(message_of_refusal(run, ProposeRedline{set("least", "1"), "why"}),
              HasSubstr("the condition :n2"));
}

TEST(Redlines, ARepetitionHasNoTokenToHandOn) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  run.work("a#1");
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(rule_of_proposal(run, insert("a", "extra")), "redline.begun");
  run.must(BeginStep{"a#2"});
  EXPECT_EQ(rule_of_proposal(run, insert("a", "extra")), "redline.begun");
}

TEST(Redlines, AStepAddedToABranchIsWaitedForAtTheJoin) {  // A9
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece both = chart.parallel({chart.element(step("l")), chart.element(step("r"))});
  chart.finish(chart.sequence({both, chart.element(step("end"))}));
  RunDriver run = started(finished(std::move(procedure)));
  in_force(run, insert("l", "extra"));
  run.work("r#1");
  run.work("l#1");
  EXPECT_THAT(run.open(), ElementsAre("extra#1"));
  EXPECT_EQ(rule_of_proposal(run, insert("r", "late")), "redline.begun");  // waits at the join
  EXPECT_EQ(rule_of_proposal(run, insert("l", "late")), "redline.begun");
  in_force(run, insert("extra", "more"));
  run.work("extra#1");
  run.work("more#1");
  EXPECT_THAT(run.open(), ElementsAre("end#1"));
  run.work("end#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  expect_replayed(run);
}

std::shared_ptr<const Mbr> loop_recipe() {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece again = chart.loop(chart.element(step("a")), "count(\"a\") < {passes}");
  chart.finish(chart.sequence({again, chart.element(step("end"))}));
  Parameter passes{"passes", {{"en", "Passes"}}, {dec("2"), ""}, "", "test"};
  return finished(std::move(procedure), {}, {passes});
}

TEST(Redlines, InALoopWhatWasExecutedKeepsItsWordsAndTheNextPassGetsAStepMore) {  // A9
  RunDriver run = started(loop_recipe());
  run.work("a#1");
  ASSERT_THAT(run.open(), ElementsAre("a#2"));
  EXPECT_EQ(rule_of_proposal(run, replace("a")), "redline.begun");
  EXPECT_EQ(rule_of_proposal(run, set("passes", "3")), "redline.used");
  in_force(run, insert("a", "extra"));
  run.work("a#2");
  EXPECT_THAT(run.open(), ElementsAre("extra#1"));
  run.work("extra#1");
  run.work("end#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  expect_replayed(run);
}

// ---- what was begun by its words

TEST(Redlines, AStepIsRepeatedByNewWordsAndSaysSo) {  // A9
  Element b = step("b");
  b.step->gates = {{.id = "g",
                    .kind = Gate::Kind::kRole,
                    .subject = "pilot",
                    .condition = {},
                    .remedy = {{"en", "Call a pilot."}}}};
  RunDriver run = started(linear({step("a"), b}));
  run.work("a#1");
  run.must(OverrideGate{"b#1", "g", "pilot is ill"}, kSven);
  run.must(BeginStep{"b#1"});
  EXPECT_EQ(rule_of_proposal(run, replace("b")), "redline.begun");
  run.must(RepeatStep{"b#1", "spilled"}, kSven);
  run.must(OverrideGate{"b#2", "g", "pilot is ill"}, kSven);
  const std::string same_gate =
      R"({"op":"replace_step","step":"b","with":{"id":"b","title":{"en":"B"},"entries":[)" +
      std::string(kDone) +
      R"(],"gates":[{"id":"g","kind":"role","subject":"captain","remedy":{"en":"Call."}}]}})";
  const std::string id = in_force(run, same_gate);
  EXPECT_EQ(run.step("b#2").redline, id);  // it was ready before
  EXPECT_EQ(run.step("b#1").redline, "");
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#2"}), "gate.g");  // the override was of another gate
  expect_replayed(run);
}

TEST(Redlines, AStepWhoseResultIsAwaitedKeepsItsWords) {  // A9
  Entry result = decimal("x");
  result.late = LateResult{.owner = "quality", .due_s = 3600, .blocks = ""};
  RunDriver run = started(linear({step("a", {acknowledge(), result}), step("b")}));
  run.work("a#1");
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(rule_of_proposal(run, replace("a")), "redline.begun");
  EXPECT_THAT(message_of_refusal(run, ProposeRedline{replace("a"), "why"}),
              HasSubstr("result of a is awaited"));
  run.must(RecordResult{"a#1", "x", "1", ""}, kPetra);
  EXPECT_EQ(rule_of_proposal(run, replace("a")), "");
}

TEST(Redlines, OfABatchThatIsOverNothingIsChanged) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = half_approved(run, replace("b"));
  run.must(Control{"", Kind::kStop, "spill"}, kInes);
  ASSERT_EQ(run.state.status, RunStatus::kStopped);
  EXPECT_EQ(rule_of_proposal(run, replace("b")), "redline.over");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{id, "agreed"}, kPetra), "redline.over");
  run.must(RejectRedline{id, "over"}, kSven);
}

TEST(Redlines, AReviewedBatchIsNotChanged) {  // A9
  RunDriver run = started(linear({step("a")}));
  run.work("a#1");
  run.must(ReviewRun{"production", "accepted", "complete"}, kSven);
  EXPECT_EQ(rule_of_proposal(run, replace("a")), "redline.over");
}

// ---- against the recipe as it is by now

TEST(Redlines, AnApprovalThatTheAmendedRecipeDoesNotBearIsRefused) {  // A9
  RunDriver run = started(linear({step("a"), step("b", {decimal("x")}), step("c")}));
  const std::string doubled = half_approved(
      run, insert("b", "extra",
                  R"({"id":"y","title":{"en":"Y"},"kind":"computed","formula":"{b:x} * 2"})"));
  in_force(run, replace("b"));  // has no x any more
  const ApproveRedline approve{doubled, "agreed"};
  EXPECT_EQ(run.rule_of_refusal(approve, kPetra), "redline.invalid");
  EXPECT_THAT(message_of_refusal(run, approve, kPetra), HasSubstr("The change can't be made"));
  EXPECT_THAT(run.state.conflicts, IsEmpty());
  run.must(RejectRedline{doubled, "x is gone"}, kSven);
  for (const char* ref : {"a#1", "b#1", "c#1"}) run.work(ref);
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(Redlines, TwoOfOneStepAreNotBothApprovedByTheOldWords) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string first = half_approved(run, replace("b"));
  const std::string second = half_approved(run, replace("b", R"({"id":"rpm","title":{"en":"S"},)"
                                                             R"("kind":"decimal"})"));
  const std::string elsewhere = propose(run, replace("a"));
  run.must(ApproveRedline{first, "agreed"}, kPetra);
  EXPECT_TRUE(run.state.redlines.at(second).rejected);
  EXPECT_FALSE(run.state.redlines.at(elsewhere).rejected);
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{second, "agreed"}, kPetra), "redline.nothing");
  expect_replayed(run);
}

TEST(Redlines, AChangeThatTheRecipeDoesNotBearIsRefused) {  // A9
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  Element inner = group("g", Level::kOperation);
  run_in_sequence(inner, {step("x")});
  const Piece both = chart.parallel({chart.element(inner), chart.element(step("r"))});
  chart.finish(chart.sequence({both, chart.element(step("end"))}));
  RunDriver run = started(finished(std::move(procedure)));
  const std::string bar = both.first;
  for (const std::string& change : {insert("r", "end"),
                                    insert("r", bar),
                                    insert("r", "g"),
                                    insert("r", "s/t"),
                                    insert("r", "s>"),
                                    insert("r", ""),
                                    insert("r", "in the way"),
                                    insert("g", "s"),
                                    insert("", "s"),
                                    insert("r/", "s"),
                                    insert("/r", "s"),
                                    insert("nowhere", "s"),
                                    insert("g/x/y", "s"),
                                    change_of_step("replace_step", "r", "other"),
                                    replace("g"),
                                    change_of_step("replace_step", "", "p"),
                                    change_of_step("remove_step", "r", "r"),
                                    set("none", "1"),
                                    std::string("[]"),
                                    std::string("not json"),
                                    std::string()}) {
    EXPECT_EQ(rule_of_proposal(run, change), "redline.invalid") << change;
  }
  EXPECT_THAT(run.state.redlines, IsEmpty());
}

TEST(Redlines, AnAddedStepIsNumberedWhereItStands) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  in_force(run, insert("a", "extra"));
  EXPECT_EQ(run.state.mbr->procedure.find("extra")->number, 2);
  EXPECT_EQ(run.state.mbr->procedure.find("b")->number, 3);
}

// The worked example of the format page changes the page's own example.
TEST(Redlines, TheExampleOfTheFormatPageIsOne) {  // A9
  const std::string page = repository_file("docs/formats/mbr.md");
  const auto example = [&](const std::string& heading) {
    const std::size_t begin = page.find("```json\n", page.find(heading)) + 8;
    return page.substr(begin, page.find("```", begin) - begin);
  };
  const auto reading = read_mbr(example("## Example"));
  ASSERT_TRUE(reading.has_value());
  const auto amended = apply_redline(reading->mbr, example("## Redlines"));
  ASSERT_TRUE(amended.has_value()) << amended.error().message;
  EXPECT_NE((*amended)->procedure.find("close/rinse"), nullptr);
  EXPECT_EQ((*amended)->hash, reading->mbr.hash);
}

// ---- parameters

Parameter parameter(const std::string& id) {
  return {id, {{"en", id}}, {dec("5"), ""}, "", "test"};
}

std::shared_ptr<const Mbr> reading_recipe() {
  Entry limited = decimal("l");
  limited.limit_formulas.push_back({&Limits::action_high, expr("{limit}")});
  Element gated = step("c");
  gated.step->gates = {{.id = "g",
                        .kind = Gate::Kind::kCondition,
                        .subject = {},
                        .condition = expr("{gate} > 1"),
                        .remedy = {{"en", "Wait."}}}};
  return linear({step("a", {decimal("x"), computed("y", "{a:x} * {factor}")}), step("b", {limited}),
                 gated, step("d", {computed("z", "{factor} * 2")})},
                {},
                {parameter("factor"), parameter("limit"), parameter("gate"), parameter("free")});
}

TEST(Redlines, AParameterThatABegunStepUsedStaysAsItIs) {  // A9
  RunDriver run = started(reading_recipe());
  const std::string early = half_approved(run, set("factor", "6"));
  EXPECT_EQ(rule_of_proposal(run, set("factor", "6")), "");
  run.work("a#1", {{"x", "2"}});
  EXPECT_EQ(run.value("a#1", "y")->value, "10.0");
  EXPECT_EQ(rule_of_proposal(run, set("factor", "6")), "redline.used");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{early, "agreed"}, kPetra), "redline.used");
  EXPECT_THAT(message_of_refusal(run, ApproveRedline{early, "agreed"}, kPetra),
              HasSubstr("by a#1."));
  EXPECT_EQ(rule_of_proposal(run, set("limit", "6")), "");
  run.must(BeginStep{"b#1"});
  EXPECT_EQ(rule_of_proposal(run, set("limit", "6")), "redline.used");
  run.must(RecordEntry{"b#1", "l", "1"});
  run.must(CompleteStep{"b#1"});
  EXPECT_EQ(rule_of_proposal(run, set("gate", "6")), "");
  run.must(BeginStep{"c#1"});
  EXPECT_EQ(rule_of_proposal(run, set("gate", "6")), "redline.used");
  in_force(run, set("free", "6"));
}

TEST(Redlines, AParameterThatNothingUsedYetCountsWithItsNewValue) {  // A9
  RunDriver run = started(reading_recipe());
  const std::string master = run.state.mbr_hash;
  in_force(run, set("factor", "7"));
  run.work("a#1", {{"x", "2"}});
  EXPECT_EQ(run.value("a#1", "y")->value, "14.0");
  EXPECT_EQ(run.state.mbr_hash, master);
  expect_replayed(run);
}

TEST(Redlines, AVoidExecutionUsedNothing) {  // A9
  RunDriver run = started(reading_recipe());
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(rule_of_proposal(run, set("factor", "6")), "redline.used");
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(rule_of_proposal(run, set("factor", "6")), "");
}

// The first way was asked and not taken: that was decided by the parameter too.
TEST(Redlines, AParameterThatDecidedTheWayStaysAsItIs) {  // A9
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece a = chart.element(step("a"));
  const Piece ways = chart.choice({{"{asked} > 5", chart.element(step("x"))},
                                   {"completed(\"a\")", chart.element(step("y"))},
                                   {"{unasked} > 5", chart.element(step("z"))}});
  chart.finish(chart.sequence({a, ways}));
  RunDriver run =
      started(finished(std::move(procedure), {}, {parameter("asked"), parameter("unasked")}));
  EXPECT_EQ(rule_of_proposal(run, set("asked", "6")), "");
  run.work("a#1");
  ASSERT_THAT(run.open(), ElementsAre("y#1"));
  EXPECT_EQ(rule_of_proposal(run, set("asked", "6")), "redline.used");
  EXPECT_EQ(rule_of_proposal(run, set("unasked", "6")), "");
}

TEST(Redlines, AStepAndAParameterOfOneNameAreTwoThings) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}, {}, {parameter("b")}));
  const std::string of_step = propose(run, replace("b"));
  in_force(run, set("b", "6"));
  EXPECT_FALSE(run.state.redlines.at(of_step).rejected);
}

// ---- two panels

struct TwoPanels {
  explicit TwoPanels(const std::shared_ptr<const Mbr>& mbr) : north(mbr), south(mbr) {
    south.device = "panel-2";
    south.prefix = "MIX3";
    north.start();
  }
  void later() {
    north.now.unix_ms += 1000;
    south.now.unix_ms += 1000;
  }
  void exchange() {
    south.receive(north.commits());
    north.receive(south.commits());
    EXPECT_EQ(state_text(north.state), state_text(south.state));
  }
  RunDriver north, south;
};

TEST(Redlines, AnApprovalThatComesAfterTheBatchWentOnElsewhereChangesNothing) {  // A9
  for (const std::string& change : {insert("a", "extra"), replace("a"), set("factor", "6")}) {
    SCOPED_TRACE(change);
    TwoPanels panels(linear({step("a", {acknowledge(), computed("y", "{factor} * 2")}), step("b")},
                            {}, {parameter("factor")}));
    panels.exchange();
    const std::string id = half_approved(panels.north, change);
    panels.later();
    panels.south.work("a#1");  // knows of no proposal
    panels.later();
    panels.north.must(ApproveRedline{id, "agreed"}, kPetra);
    ASSERT_TRUE(panels.north.state.redlines.at(id).in_force);
    panels.exchange();
    const RunState& state = panels.north.state;
    EXPECT_FALSE(state.redlines.at(id).in_force);
    EXPECT_EQ(state.mbr, panels.north.mbr);
    ASSERT_THAT(state.conflicts, SizeIs(1));
    EXPECT_THAT(state.conflicts[0], HasSubstr("redline_approved"));
    panels.north.must(RejectRedline{id, "too late"}, kSven);
    panels.north.work("b#1");
    EXPECT_EQ(panels.north.state.status, RunStatus::kComplete);
  }
}

TEST(Redlines, AnApprovalBeforeTheBatchWentOnElsewhereLosesNoToken) {  // A9
  TwoPanels panels(linear({step("a"), step("b")}));
  const std::string id = half_approved(panels.north, insert("a", "extra"));
  panels.exchange();
  panels.later();
  panels.north.must(ApproveRedline{id, "agreed"}, kPetra);
  panels.later();
  panels.south.work("a#1");  // knows of no approval, and sees b next
  panels.exchange();
  EXPECT_TRUE(panels.north.state.redlines.at(id).in_force);
  EXPECT_THAT(panels.north.state.conflicts, SizeIs(1));  // b was not next
  panels.north.must(Tick{});
  EXPECT_THAT(panels.north.open(), ElementsAre("extra#1"));
  panels.north.work("extra#1");
  panels.north.work("b#1");
  EXPECT_EQ(panels.north.state.status, RunStatus::kComplete);
}

TEST(Redlines, OfARejectionAndAnApprovalTheFirstCounts) {  // A9
  for (const bool rejected_first : {true, false}) {
    TwoPanels panels(linear({step("a"), step("b")}));
    const std::string id = half_approved(panels.north, replace("b"));
    panels.exchange();
    panels.later();
    if (rejected_first) panels.south.must(RejectRedline{id, "no"}, kSven);
    if (!rejected_first) panels.north.must(ApproveRedline{id, "agreed"}, kPetra);
    panels.later();
    if (rejected_first) panels.north.must(ApproveRedline{id, "agreed"}, kPetra);
    if (!rejected_first) panels.south.must(RejectRedline{id, "no"}, kSven);
    panels.exchange();
    EXPECT_EQ(panels.north.state.redlines.at(id).rejected, rejected_first);
    EXPECT_EQ(panels.north.state.redlines.at(id).in_force, !rejected_first);
    EXPECT_THAT(panels.north.state.conflicts, SizeIs(1));
  }
}

// Recorded by a program that is not ours: nobody who may not reject takes a change away.
TEST(Redlines, ARecordedRejectionByAnOperatorIsAConflict) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  record::Draft draft = encode_event(RedlineRejected{id, "why"});
  draft.subject = {"run", run.state.run};
  draft.actor = "jan";
  draft.role = "operator";
  run.append({draft});
  EXPECT_FALSE(run.state.redlines.at(id).rejected);
  EXPECT_THAT(run.state.conflicts, SizeIs(1));
}

// ---- how much

TEST(Redlines, OfOneBatchHaveALimit) {  // A9
  RunDriver run = started(linear({step("a")}, {}, {parameter("p")}));
  std::vector<record::Draft> drafts;
  for (std::size_t i = 0; i < kRedlinesMax + 1; ++i) {
    record::Draft draft =
        encode_event(RedlineProposed{fmt::format("r{}", i), set("p", "1"), "why"});
    draft.subject = {"run", run.state.run};
    drafts.push_back(draft);
  }
  run.append(drafts);
  EXPECT_EQ(run.state.redlines.size(), kRedlinesMax);
  EXPECT_THAT(run.state.conflicts, SizeIs(1));
  EXPECT_EQ(rule_of_proposal(run, set("p", "1")), "redline.too_many");
}

TEST(Redlines, NeverMakeAProcedureLargerThanAReaderWouldTake) {  // A9
  std::vector<Element> steps;
  steps.reserve(kStepsMax);
  for (int i = 0; i < kStepsMax; ++i) steps.push_back(step(fmt::format("s{}", i), {}));
  const auto amended = apply_redline(*linear(std::move(steps)), insert("s1", "extra"));
  ASSERT_FALSE(amended.has_value());
  EXPECT_THAT(amended.error().message, HasSubstr("can't have more steps"));
}

}  // namespace
}  // namespace batchwright::workflows::test

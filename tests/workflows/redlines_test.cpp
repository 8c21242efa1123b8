// A change to one running batch only, which breaks nothing that was begun and loses no token.
// Requirement A9; the plain way is in life_of_a_run_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/redline_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Kind = ProceduralCommand;

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
  RunDriver run = started(linear({step("a")}, {}, {parameter("p")}));
  run.work("a#1");
  run.must(run.review("production", "accepted", kSven), kSven);
  const ProposeRedline late{set("p", "6"), "why"};
  EXPECT_EQ(run.rule_of_refusal(late, kMary), "review.closed");
  EXPECT_EQ(run.rule_of_refusal(late, kPetra), "redline.over");
}

TEST(Redlines, NothingIsAcceptedWhileOneWaits) {  // A9, B8
  RunDriver run = started(linear({step("a")}, {}, {parameter("p")}));
  const std::string id = propose(run, set("p", "6"));
  run.work("a#1");
  const auto review = [&] {
    return run.rule_of_refusal(run.review("production", "accepted", kSven), kSven);
  };
  EXPECT_EQ(review(), "review.redline");
  run.must(RejectRedline{id, "not needed"}, kSven);
  EXPECT_EQ(review(), "");
}

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

}  // namespace
}  // namespace batchwright::workflows::test

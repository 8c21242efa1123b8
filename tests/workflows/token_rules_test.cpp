// Where tokens go, one rule of the chart at a time, and that a chart which no checker would let
// pass stands still instead of doing something. Requirements B2, B9, B10.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"
#include "workflows/internal/tokens.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

NodeKind kind_of(char letter) {
  switch (letter) {
    case 'b': return NodeKind::kBegin;
    case 'e': return NodeKind::kEnd;
    case 's': return NodeKind::kAndSplit;
    case 'j': return NodeKind::kAndJoin;
    case 'o': return NodeKind::kOrSplit;
    case 'm': return NodeKind::kOrJoin;
    case 't': return NodeKind::kTransition;
    default: return NodeKind::kElement;
  }
}

// "b>x x>e": the first letter of a node says what it is; anything but b e s j o m t is a step.
// Transitions are true.
std::shared_ptr<const Mbr> chart_of(const std::string& links) {
  Element procedure = group("p", Level::kProcedure);
  const auto add = [&](const std::string& id) {
    for (const Node& node : procedure.chart.nodes) {
      if (node.id == id) return;
    }
    const NodeKind kind = kind_of(id.front());
    const bool element = kind == NodeKind::kElement;
    procedure.chart.nodes.push_back({id, kind, element ? id : "", {}, {}});
    if (kind == NodeKind::kTransition) procedure.chart.nodes.back().condition = expr("true");
    if (element) procedure.children.push_back(step(id));
  };
  std::istringstream words(links);
  for (std::string word; words >> word;) {
    const std::size_t arrow = word.find('>');
    procedure.chart.links.push_back({word.substr(0, arrow), word.substr(arrow + 1)});
    add(procedure.chart.links.back().from);
    add(procedure.chart.links.back().to);
  }
  return finished(std::move(procedure));
}

class Chart {
 public:
  explicit Chart(const std::string& links)
      : state(initial_state(chart_of(links), "run-1")), edit(state) {
    enter_chart(edit, "");
  }
  std::vector<std::string> places() const { return edit.places(""); }

  RunState state;
  StateEdit edit;
};

TEST(TokenRules, BeginsGiveATokenToEachOfTheirLinks) {
  EXPECT_THAT(Chart("b>x b>y x>j y>j j>e").places(), ElementsAre("x", "y"));
  EXPECT_THAT(Chart("b1>x b2>y x>j y>j j>e").places(), ElementsAre("x", "y"));
}

TEST(TokenRules, AnElementHandsItsTokenOverItsFirstLink) {
  Chart chart("b>x x>y y>e");
  ASSERT_TRUE(leave_element(chart.edit, "x"));
  EXPECT_THAT(chart.places(), ElementsAre("y"));
  EXPECT_FALSE(leave_element(chart.edit, "x"));  // it has none any more
  EXPECT_THAT(chart.places(), ElementsAre("y"));
}

TEST(TokenRules, WhereNoTokenWaitsNothingCanBeDone) {
  const Chart chart("b>x x>s1 s1>y s1>z y>e z>e");
  EXPECT_EQ(next_move(chart.edit, "", "x")->kind, Move::Kind::kStart);
  for (const char* place : {"s1", "y", "e", "x>", "nowhere"}) {
    EXPECT_FALSE(next_move(chart.edit, "", place)) << place;
  }
}

TEST(TokenRules, AnElementBeforeTransitionsOrNothingKeepsItsToken) {
  Chart before("b>x x>t1 x>t2 t1>y t2>e");
  ASSERT_TRUE(leave_element(before.edit, "x"));
  EXPECT_THAT(before.places(), ElementsAre("x>"));
  EXPECT_TRUE(has_token_before(before.edit, "", "t2"));
  Chart last("b>x");
  ASSERT_TRUE(leave_element(last.edit, "x"));
  EXPECT_THAT(last.places(), ElementsAre("x>"));
  EXPECT_FALSE(is_finished(last.edit, ""));
}

TEST(TokenRules, ATransitionTakesTheTokenBeforeItOnce) {
  Chart chart("b>x x>t1 x>t2 t1>y t1>z t2>e");
  EXPECT_FALSE(has_token_before(chart.edit, "", "t1"));
  EXPECT_FALSE(fire_transition(chart.edit, "", "t1"));
  ASSERT_TRUE(leave_element(chart.edit, "x"));
  ASSERT_TRUE(fire_transition(chart.edit, "", "t1"));
  EXPECT_THAT(chart.places(), ElementsAre("y", "z"));  // one for every link
  EXPECT_FALSE(fire_transition(chart.edit, "", "t1"));
  EXPECT_FALSE(fire_transition(chart.edit, "", "t2"));
}

TEST(TokenRules, ASplitHandsOnToAllAndAJoinWaitsForAll) {
  Chart chart("b>s1 s1>x s1>y x>j1 y>j1 j1>z z>e");
  ASSERT_TRUE(pass_bar(chart.edit, "", "s1"));
  EXPECT_FALSE(pass_bar(chart.edit, "", "s1"));
  ASSERT_TRUE(leave_element(chart.edit, "x"));
  EXPECT_THAT(chart.places(), ElementsAre("j1<x", "y"));
  EXPECT_FALSE(pass_bar(chart.edit, "", "j1"));
  EXPECT_FALSE(next_move(chart.edit, "", "j1<x"));
  ASSERT_TRUE(leave_element(chart.edit, "y"));
  const auto move = next_move(chart.edit, "", "j1<x");
  ASSERT_TRUE(move);
  EXPECT_EQ(move->kind, Move::Kind::kPass);
  EXPECT_EQ(move->node->id, "j1");
  ASSERT_TRUE(pass_bar(chart.edit, "", "j1"));
  EXPECT_THAT(chart.places(), ElementsAre("z"));
}

// A branch that came round again waits for the other to come round too.
TEST(TokenRules, AJoinTakesOneTokenOfEachAndLeavesTheOthers) {
  Chart chart("b>x b>y x>j1 y>j1 j1>z z>e");
  chart.edit.add_tokens("", "x", 1);
  ASSERT_TRUE(leave_element(chart.edit, "x"));
  ASSERT_TRUE(leave_element(chart.edit, "x"));
  ASSERT_TRUE(leave_element(chart.edit, "y"));
  EXPECT_EQ(chart.edit.tokens("", "j1<x"), 2);
  ASSERT_TRUE(pass_bar(chart.edit, "", "j1"));
  EXPECT_EQ(chart.edit.tokens("", "j1<x"), 1);
  EXPECT_EQ(chart.edit.tokens("", "z"), 1);
  EXPECT_FALSE(pass_bar(chart.edit, "", "j1"));
}

TEST(TokenRules, TwoTokensAtOnePlaceAreTakenOneByOne) {
  for (const char* links : {"b>s1 s1>x x>e", "b>o1 o1>x x>e", "b>m1 m1>x x>e", "b>t1 t1>x x>e"}) {
    Chart chart(links);
    const std::string place = chart.places().at(0);
    chart.edit.add_tokens("", place, 1);
    const auto go = [&] {
      return place[0] == 't' ? fire_transition(chart.edit, "", place)
                             : pass_bar(chart.edit, "", place);
    };
    EXPECT_TRUE(go());
    EXPECT_EQ(chart.edit.tokens("", place), 1) << links;
    EXPECT_TRUE(go());
    EXPECT_EQ(chart.edit.tokens("", place), 0) << links;
    EXPECT_EQ(chart.edit.tokens("", "x"), 2) << links;
    EXPECT_FALSE(go());
    ASSERT_TRUE(leave_element(chart.edit, "x"));
    EXPECT_EQ(chart.edit.tokens("", "x"), 1) << links;
  }
}

TEST(TokenRules, AChartIsFinishedWhenTokensWaitAtItsEndsAlone) {
  Chart chart("b>x b>y x>e1 y>e2");
  EXPECT_FALSE(is_finished(chart.edit, ""));
  ASSERT_TRUE(leave_element(chart.edit, "x"));
  EXPECT_FALSE(is_finished(chart.edit, ""));
  EXPECT_FALSE(next_move(chart.edit, "", "e1"));
  ASSERT_TRUE(leave_element(chart.edit, "y"));
  EXPECT_TRUE(is_finished(chart.edit, ""));
  EXPECT_EQ(next_move(chart.edit, "", "e1")->kind, Move::Kind::kFinish);
  chart.edit.clear_tokens("");
  EXPECT_FALSE(is_finished(chart.edit, ""));
}

TEST(TokenRules, ATransitionBehindTwoElementsTakesTheTokenOfTheOneThatIsDone) {
  Chart chart("b>x b>y x>t1 y>t1 t1>e");
  ASSERT_TRUE(leave_element(chart.edit, "y"));
  EXPECT_EQ(next_move(chart.edit, "", "y>")->kind, Move::Kind::kFire);
  ASSERT_TRUE(leave_element(chart.edit, "x"));
  EXPECT_TRUE(next_move(chart.edit, "", "x>"));
  EXPECT_FALSE(next_move(chart.edit, "", "y>"));  // the first one's comes first
  ASSERT_TRUE(fire_transition(chart.edit, "", "t1"));
  EXPECT_THAT(chart.places(), ElementsAre("e", "y>"));
}

TEST(TokenRules, OnlyAnElementWithATokenThatIsNotAtWorkMayStart) {
  RunDriver run(chart_of("b>x x>y y>e"));
  run.start();
  const auto may = [&](const char* path) { return may_start(StateEdit(run.state), path); };
  EXPECT_FALSE(may("x"));  // it is ready
  run.must(BeginStep{"x#1"});
  EXPECT_FALSE(may("x"));
  EXPECT_FALSE(may("y"));
  EXPECT_FALSE(may(""));
  run.must(RecordEntry{"x#1", "done", "done"});
  run.must(RepeatStep{"x#1", "spilled"}, kSven);
  EXPECT_THAT(run.open(), ElementsAre("x#2"));
  StateEdit edit(run.state);
  edit.set_status({"x", 2}, StepStatus::kAborted);
  EXPECT_TRUE(may("x"));
  edit.set_status({"x", 2}, StepStatus::kComplete);
  EXPECT_TRUE(may("x"));
  edit.set_status({"x", 2}, StepStatus::kHeld);
  EXPECT_FALSE(may("x"));
}

TEST(TokenRules, TheFirstTrueConditionInLinkOrderIsTaken) {
  Element procedure = group("p", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece ways = chart.choice({{"1 = 2", chart.element(step("x"))},
                                   {"1 = 1", chart.element(step("y"))},
                                   {"true", chart.element(step("z"))}});
  chart.finish(ways);
  RunDriver run(finished(procedure));
  run.start();
  EXPECT_THAT(run.open(), ElementsAre("y#1"));
  EXPECT_EQ(run.bodies("transition_fired").size(), 1U);
}

// No checker lets these pass; a panel that gets one all the same shows a run that waits.
TEST(TokenRules, ANodeWithoutItsElementNeverStarts) {
  auto mbr = std::make_shared<Mbr>(*chart_of("b>x x>y y>e"));
  mbr->procedure.children.pop_back();
  RunDriver run(mbr);
  run.start();
  run.work("x#1");
  EXPECT_THAT(run.open(), IsEmpty());
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_THAT(run.state.conflicts, IsEmpty());
}

TEST(TokenRules, AStepWithoutItsNodeNeverStarts) {
  auto mbr = std::make_shared<Mbr>(*chart_of("b>x x>e"));
  mbr->procedure.children.push_back(step("y"));
  RunDriver run(mbr);
  run.start();
  EXPECT_THAT(run.open(), ElementsAre("x#1"));
  EXPECT_FALSE(may_start(StateEdit(run.state), "y"));
}

TEST(TokenRules, ATransitionWithoutAConditionWaitsForAPerson) {
  auto mbr = std::make_shared<Mbr>(*chart_of("b>x x>t1 t1>e"));
  for (Node& node : mbr->procedure.chart.nodes) node.condition.reset();
  RunDriver run(mbr);
  run.start();
  run.work("x#1");
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST(TokenRules, AConditionWhoseValueIsNotThereYetWaits) {
  auto mbr = std::make_shared<Mbr>(*chart_of("b>x x>t1 t1>e"));
  for (Node& node : mbr->procedure.chart.nodes) {
    if (node.kind == NodeKind::kTransition) node.condition = expr("{y:z} > 1");
  }
  RunDriver run(mbr);
  run.start();
  run.work("x#1");
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST(TokenRules, AnEmptyChartHasNothingToWaitFor) {
  const RunState state = initial_state(finished(group("p", Level::kProcedure)), "run-1");
  EXPECT_TRUE(is_finished(StateEdit(state), ""));
}

}  // namespace
}  // namespace batchwright::workflows::test

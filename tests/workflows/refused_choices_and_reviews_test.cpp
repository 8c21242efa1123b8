// Ways that people choose and the reviews at the end: who, when, in which order, and what still has
// to be decided first. Requirements B8, B9, B13, D5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using Kind = ProceduralCommand;

// Operation o: a, then a supervisor chooses wash or skip; a third way has a condition.
RunDriver before_choice() {
  Element operation = group("o", Level::kOperation);
  ChartBuilder chart(operation);
  const Piece first = chart.element(step("a"));
  const std::string split = chart.node(NodeKind::kOrSplit), join = chart.node(NodeKind::kOrJoin);
  chart.link(first.last, split);
  for (const char* way : {"wash", "skip"}) {
    const std::string chosen = chart.node(NodeKind::kTransition);
    operation.chart.nodes.back().chosen_by = "supervisor";
    chart.link(split, chosen);
    const Piece piece = chart.element(step(way));
    chart.link(chosen, piece.first);
    chart.link(piece.last, join);
  }
  const std::string never = chart.transition("false");
  chart.link(split, never);
  chart.link(never, join);
  chart.finish({first.first, join});
  Element procedure = group("p", Level::kProcedure);
  run_in_sequence(procedure, {operation});
  RunDriver run(finished(procedure));
  run.start();
  return run;
}

TEST(RefusedChoices, SayWhetherItIsAPersonsToChooseAndWhen) {  // B9
  RunDriver run = before_choice();
  std::string wash, never;
  for (const Node& node : run.mbr->procedure.children[0].chart.nodes) {
    if (node.kind != NodeKind::kTransition) continue;
    if (node.chosen_by.empty()) never = node.id;
    if (!node.chosen_by.empty() && wash.empty()) wash = node.id;
  }
  const auto choose = [&](const std::string& chart, const std::string& transition, const char* why,
                          const Person& who) {
    return refusal(run, ChooseTransition{chart, transition, why}, who);
  };
  const auto not_a_persons = [](const std::string& place) {
    return fmt::format(
        "choose.unknown @ {}: This way is not a person's to choose. Nothing was changed.", place);
  };
  EXPECT_EQ(choose("o", never, "why", kSven), not_a_persons("o/@" + never));
  EXPECT_EQ(choose("o", "a", "why", kSven), not_a_persons("o/@a"));
  EXPECT_EQ(choose("o", "none", "why", kSven), not_a_persons("o/@none"));
  EXPECT_EQ(choose("cellar", wash, "why", kSven), not_a_persons("cellar/@" + wash));
  const std::string not_now =
      "choose.not_now @ o/@" + wash +
      ": It is not the time for this choice: the step before it is not complete.";
  EXPECT_EQ(choose("o", wash, "why", kSven), not_now);
  run.work("o/a#1");
  run.must(Control{"o", Kind::kHold, "leak"});
  EXPECT_EQ(choose("o", wash, "why", kSven), not_now);
  run.must(Control{"o", Kind::kRestart, "tight"}, kSven);
  EXPECT_EQ(choose("o", wash, "why", kMary),
            "choose.role @ : Only supervisor may choose this way. Nothing was saved. Call such a "
            "person.");
  EXPECT_EQ(choose("o", wash, "", kSven),
            "reason.missing @ o/@" + wash + ": A reason is missing. Say in a few words why.");
  EXPECT_EQ(choose("o", wash, "dark", kSven), "");
  EXPECT_EQ(run.bodies("transition_chosen")[0].dump(),
            fmt::format(R"({{"chart":"o","transition":"{}","reason":"dark"}})", wash));
  EXPECT_EQ(run.bodies("transition_fired")[0].dump(),
            fmt::format(R"({{"chart":"o","transition":"{}","condition":"",)"
                        R"("inputs":[["chosen by","sven"],["reason","dark"]]}})",
                        wash));
  EXPECT_THAT(run.open(), ElementsAre("o/wash#1"));
}

RunDriver complete_run(std::vector<Entry> entries = {decimal("x")}) {
  RunDriver run(linear({step("a", std::move(entries), {performed()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  return run;
}

TEST(RefusedReviews, SayStageOrderAndPerson) {  // B8
  RunDriver run = complete_run();
  const auto review = [&](auto change, const Person& who) {
    ReviewRun command = run.review("production", "accepted", who);
    change(command);
    return refusal(run, command, who);
  };
  constexpr const char* kKind =
      "review.kind @ : A review is of production or quality, accepted or rejected.";
  EXPECT_EQ(review([](ReviewRun& r) { r.stage = "office"; }, kSven), kKind);
  EXPECT_EQ(review([](ReviewRun& r) { r.decision = "perhaps"; }, kSven), kKind);
  constexpr const char* kOrder =
      "review.order @ : Production reviews first, then quality, each once. Nothing was saved.";
  EXPECT_EQ(review([](ReviewRun& r) { r.stage = "quality"; }, kPetra), kOrder);
  EXPECT_EQ(review([](ReviewRun&) {}, kMary),
            "review.role @ : Only supervisor may review the record. Nothing was saved. Call such a "
            "person.");
  EXPECT_EQ(review([](ReviewRun& r) { r.reason.clear(); }, kSven),
            "reason.missing @ : A reason is missing. Say in a few words why.");
  EXPECT_EQ(review([](ReviewRun& r) { r.decision = "rejected"; }, kSven),
            "sign.order @ : The signature must mean \"rejected\". Nothing was signed.");
  run.must(run.review("production", "accepted", kSven), kSven);
  EXPECT_EQ(refusal(run, run.review("production", "accepted", kInes), kInes), kOrder);
  EXPECT_EQ(refusal(run, run.review("quality", "accepted", kSven), kSven),
            "review.role @ : Only quality may review the record. Nothing was saved. Call such a "
            "person.");
  const Person both{"sven", {"quality", "supervisor"}};
  EXPECT_EQ(refusal(run, run.review("quality", "accepted", both), both),
            "review.same_person @ : Quality is independent: the production reviewer can't review "
            "again.");
}

TEST(RefusedReviews, NameWhatIsOpen) {  // B8
  RunDriver run = complete_run();
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  EXPECT_EQ(refusal(run, run.review("production", "accepted", kSven), kSven),
            "review.open @ a#1: A step is open again. Complete it first.");
  run.must(run.review("production", "rejected", kSven), kSven);  // a rejection needs nothing
}

TEST(RefusedReviews, NameAResultThatIsAwaitedOrBad) {  // B13
  const Person lab{"lab", {"laboratory"}};
  const auto with = [](LateResult::Consequence consequence) {
    Entry count = decimal("count", "", 0);
    count.limits.action_high = dec("10");
    count.late =
        LateResult{.owner = "laboratory", .due_s = 60, .consequence = consequence, .blocks = {}};
    return complete_run({decimal("x"), count});
  };
  const auto accept = [](RunDriver& run) {
    return refusal(run, run.review("production", "accepted", kSven), kSven);
  };
  RunDriver blocks = with(LateResult::Consequence::kBlocksRecord);
  EXPECT_EQ(accept(blocks),
            "review.result @ a#1:count: The record can't be accepted: the result a#1:count is "
            "awaited.");
  blocks.must(RecordResult{"a#1", "count", "11", ""}, lab);
  EXPECT_EQ(told(blocks.exceptions().back()),
            "out_of_specification at a#1:count, 11 (at most 10): Title of count: 11 is outside the "
            "action limits (at most 10).");
  EXPECT_EQ(accept(blocks),
            "review.result @ a#1:count: The record can't be accepted: the result a#1:count is out "
            "of specification.");
  RunDriver good = with(LateResult::Consequence::kBlocksRecord);
  good.must(RecordResult{"a#1", "count", "10", ""}, lab);
  EXPECT_EQ(accept(good), "");
  RunDriver informs = with(LateResult::Consequence::kInforms);
  EXPECT_EQ(accept(informs), "");
}

TEST(RefusedReviews, NameTheExceptionThatStoppedTheBatchAndTheRecall) {  // D5, A1
  Entry bubble = temperature();
  bubble.exception_class = "filter_integrity";
  RunDriver run(linear({step("a", {bubble})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  run.must(Control{"", Kind::kAbort, "filter broken"}, kSven);
  EXPECT_EQ(refusal(run, run.review("production", "accepted", kSven), kSven),
            "review.exception @ a#1: Exception MIX2-0001 stopped the batch and was not released by "
            "quality.");
  RunDriver recalled(linear({step("a"), step("b")}));
  recalled.start();
  recalled.must(RecallRecipe{"label error"});
  recalled.must(Control{"", Kind::kAbort, "too late"}, kSven);
  EXPECT_EQ(refusal(recalled, recalled.review("production", "accepted", kSven), kSven),
            "review.recalled @ : The master batch record was recalled, and quality has not decided "
            "about it.");
}

}  // namespace
}  // namespace batchwright::workflows::test

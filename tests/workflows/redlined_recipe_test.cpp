// What a change makes of the recipe of one running batch, and what it may not make of it.
// Requirement A9.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/recipe_files.h"
#include "tests/workflows/redline_driver.h"
#include "workflows/internal/mbr_limits.h"
#include "workflows/internal/redline.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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

TEST(Redlines, TheStepBearsTheNewestOfThoseThatChangedIt) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string first = in_force(run, replace("b"));
  const std::string second = in_force(run, replace("b"));
  ASSERT_NE(first, second);
  run.work("a#1");
  EXPECT_EQ(run.step("b#1").redline, second);
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

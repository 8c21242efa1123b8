// Dry-run: what a recipe has is reached, what it gets wrong is found, and the same recipe gives the
// same report. Requirements A4, B6, B7, B9, B13, B14, B15, D1.
#include "workflows/dry_run.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/workflows/amounts.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/batchml.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

std::shared_ptr<const Mbr> read_recipe(const std::string& text) {
  auto reading = read_mbr(text);
  EXPECT_TRUE(reading.has_value()) << (reading ? "" : reading.error().message);
  if (!reading) return nullptr;
  EXPECT_EQ(errors_of(reading->findings), std::multiset<std::string>{});
  return std::make_shared<const Mbr>(std::move(reading->mbr));
}

std::string unreached(const DryRunReport& report, const std::string& kind) {
  std::string list;
  for (const DryRunItem& item : report.items) {
    if (item.kind == kind && !item.reached) list += item.place + ": " + item.why + "\n";
  }
  return list;
}

const char* const kGated = R"([
  {"id":"a","title":"A","entries":[{"id":"lot","title":"L","kind":"text","identifies":"M"},
    {"id":"scale","title":"S","kind":"choice","choices":["S1","S2"],"identifies":"S"},
    {"id":"x","title":"X","kind":"decimal","unit":"g","places":1,"target":"5.0"}],"minimum_s":60,
    "maximum_s":600},
  {"id":"b","title":"B","entries":[{"id":"y","title":"Y","kind":"yes_no","expected":true}],
   "signatures":[{"meaning":"performed"},{"meaning":"verified","other_person":true}],
   "gates":[{"id":"who","kind":"role","subject":"operator","remedy":"R"},
    {"id":"trained","kind":"training","subject":"T@1","remedy":"R"},
    {"id":"scale","kind":"equipment","subject":"S","remedy":"R"},
    {"id":"lot","kind":"material","subject":"M","remedy":"R"},
    {"id":"room","kind":"room","subject":"114","remedy":"R"},
    {"id":"soon","kind":"time_window","subject":"a","minimum_s":30,"maximum_s":300,"remedy":"R"},
    {"id":"after","kind":"step","subject":"a","remedy":"R"},
    {"id":"enough","kind":"condition","condition":"{a:x} > 1","remedy":"R"}]}])";
const char* const kNeeds = R"("equipment":[{"id":"S","class":"BS","title":"S"}],
  "materials":[{"id":"M","item":"1","title":"M"}],)";

TEST(DryRun, ClosesEveryKindOfGateAlone) {
  const auto report = dry_run(read_recipe(mbr_text(kGated, kNeeds)));
  EXPECT_FALSE(has_errors(report.findings)) << to_text(report);
  EXPECT_EQ(report.count("gate"), 8U);
  EXPECT_EQ(unreached(report, "gate"), "");
  EXPECT_EQ(unreached(report, "time"), "");
  EXPECT_EQ(report.reached("identify"), 2U);
  EXPECT_EQ(report.reached("signature"), 2U);
}

TEST(DryRun, GivesTheSameReportForTheSameRecipe) {
  const auto mbr = read_recipe(mbr_text(kGated, kNeeds));
  EXPECT_EQ(report_hash(dry_run(mbr)), report_hash(dry_run(mbr)));
}

TEST(DryRun, FindsValuesForNestedAlternativesAndCountedLoops) {
  const auto mbr = read_recipe(mbr_text(R"([
    {"repeat":[{"id":"read","title":"R","entries":[
        {"id":"ph","title":"P","kind":"decimal","unit":"pH","places":2,"target":"7.40"}]}],
     "while":"{read:ph} > 7.45 and count(\"add\") < 3","do":[{"id":"add","title":"A"}]},
    {"one_of":[{"when":"{read:ph} > 7.45","children":[{"id":"too-high","title":"H","entries":[
        {"id":"why","title":"W","kind":"choice","choices":["old","new"]}]},
        {"one_of":[{"when":"{too-high:why} = \"new\"","children":[{"id":"new","title":"N"}]},
                   {"children":[]}]}]},
      {"children":[{"id":"good","title":"G"}]}]}])"));
  const auto report = dry_run(mbr);
  EXPECT_EQ(unreached(report, "transition"), "");
  EXPECT_EQ(unreached(report, "step"), "");
  EXPECT_GT(report.count("transition"), 4U);
}

TEST(DryRun, SaysWhichTransitionNoValueFires) {
  const auto mbr = read_recipe(mbr_text(R"([
    {"id":"a","title":"A","entries":[{"id":"x","title":"X","kind":"decimal","places":0}]},
    {"one_of":[{"when":"{a:x} * 0 > 1","children":[{"id":"never","title":"N"}]},
               {"children":[]}]}])"));
  const auto report = dry_run(mbr);
  EXPECT_EQ(report.reached("transition"), 1U);
  EXPECT_THAT(unreached(report, "transition"), testing::HasSubstr("no values were found"));
}

TEST(DryRun, ChoosesTheWaysThatPeopleChoose) {
  const auto mbr = read_recipe(mbr_text(
      R"([{"id":"a","title":"A"},{"id":"b","title":"B"},{"id":"c","title":"C"}],
      "chart":{"nodes":[{"id":"begin","kind":"begin"},
        {"id":"to-b","kind":"transition","chosen_by":"supervisor"},
        {"id":"to-c","kind":"transition","chosen_by":"quality"},
        {"id":"end","kind":"end"}],
      "links":[["begin","a"],["a","to-b"],["a","to-c"],["to-b","b"],["to-c","c"],["b","end"],
               ["c","end"]]})"));
  const auto report = dry_run(mbr);
  EXPECT_EQ(report.reached("transition"), 2U) << to_text(report);
}

TEST(DryRun, FindsThatABatchGetsStuck) {
  const auto mbr = read_recipe(mbr_text(R"([
    {"id":"a","title":"A","entries":[{"id":"x","title":"X","kind":"decimal","target":"1"}]},
    {"one_of":[{"when":"{a:x} > 5","children":[{"id":"b","title":"B"}]},
               {"when":"{a:x} < 0","children":[{"id":"c","title":"C"}]}]}])"));
  const auto report = dry_run(mbr);
  EXPECT_EQ(count_code(report.findings, "way.deadlock"), 1U) << to_text(report);
}

TEST(DryRun, BreaksComputedLimitsByAValueTheyDependOn) {
  const auto mbr = read_recipe(mbr_text(R"([
    {"id":"a","title":"A","entries":[
      {"id":"x","title":"X","kind":"decimal","unit":"kg","places":2,"target":"49.00"},
      {"id":"y","title":"Y","kind":"computed","unit":"%","places":1,"formula":"ratio({a:x}, 50) * 100",
       "alert":["97.0","100.0"],"action":["95.0","100.5"]}]}])"));
  const auto report = dry_run(mbr);
  EXPECT_EQ(unreached(report, "limit"), "") << to_text(report);
}

TEST(DryRun, StopsWhenItIsToldTo) {
  const auto mbr = read_recipe(mbr_text(kGated, kNeeds));
  DryRunOptions few;
  few.commands_max = 20;
  const auto report = dry_run(mbr, few);
  EXPECT_TRUE(report.cancelled);
  EXPECT_LE(report.commands, 21U);
  EXPECT_EQ(count_code(report.findings, "dry_run.stopped"), 1U);
}

void expect_all_transitions(const std::shared_ptr<const Mbr>& mbr) {
  const auto report = dry_run(mbr);
  EXPECT_EQ(unreached(report, "transition"), "");
  EXPECT_EQ(unreached(report, "step"), "");
  EXPECT_GT(report.count("transition"), 0U);
  EXPECT_FALSE(has_errors(report.findings)) << to_text(report);
  fmt::print("{} of {} transitions, {} ways, {} commands\n", report.reached("transition"),
             report.count("transition"), report.ways, report.commands);
}

TEST(DryRun, FiresEveryTransitionOfTheRealRecipes) {
  const std::string syrup = real_recipe("cough-syrup-batchml-v02.xml");
  if (syrup.empty()) GTEST_SKIP() << "the real recipes are not beside this repository";
  const std::string answers =
      repository_file("resources/recipes/resolutions/cough-syrup-batchml-v02.resolve.toml");
  expect_all_transitions(
      std::make_shared<const Mbr>(read_batchml(syrup, answers, "syrup").value().mbr));
  const std::string water = real_recipe("stirred-heated-water-batchml-0701.xml");
  expect_all_transitions(std::make_shared<const Mbr>(read_batchml(water, "", "water").value().mbr));
}

TEST(DryRun, OfAThousandStepsTakesWorkInProportion) {
  const auto commands = [](int steps) {
    std::vector<Element> children;
    for (int i = 0; i < steps; ++i) {
      children.push_back(step(fmt::format("s{}", i),
                              {temperature("R2"), entry("ok", EntryKind::kYesNo)},
                              {performed(), verified()}));
    }
    const auto start = std::chrono::steady_clock::now();
    const auto report = dry_run(linear(std::move(children), {plan("R2", 2, false)}));
    fmt::print("{} steps: {} ways, {} commands, {:.1f} s\n", steps, report.ways, report.commands,
               std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    EXPECT_EQ(report.reached("step"), static_cast<std::size_t>(steps));
    EXPECT_EQ(unreached(report, "limit"), "");
    return report.commands;
  };
  const int many = static_cast<int>(amount("BATCHWRIGHT_DRY_RUN_STEPS", 1000));
  const std::size_t few = commands(many / 4);
  EXPECT_LT(commands(many), few * 8);  // one way more per 250 disturbed steps
}

}  // namespace
}  // namespace batchwright::workflows::test

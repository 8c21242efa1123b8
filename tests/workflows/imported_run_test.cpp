// A real recipe, imported with its answers, is performed from begin to end: every phase once, in an
// order its chart allows. Rows A3, A4, J5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/recipe_files.h"
#include "tests/workflows/run_driver.h"
#include "workflows/batchml.h"

namespace batchwright::workflows {
namespace {

std::string value_for(const Entry& entry) {
  switch (entry.kind) {
    case EntryKind::kDecimal: return entry.limits.target ? entry.limits.target->to_text() : "1";
    case EntryKind::kChoice: return entry.choices.front();
    case EntryKind::kYesNo: return entry.expected.value_or(true) ? "yes" : "no";
    case EntryKind::kDateTime: return "2026-11-22T14:05:33.120+01:00";
    case EntryKind::kPhoto: return std::string(64, 'a');
    case EntryKind::kAcknowledge: return "done";
    default: return "recorded";
  }
}

void perform(test::RunDriver& run, const StepRef& ref) {
  const std::string step = to_text(ref);
  run.must(BeginStep{step});
  for (const Entry& entry : run.mbr->procedure.find(ref.path)->step->entries) {
    run.must(RecordEntry{step, entry.id, value_for(entry)});
  }
  run.must(CompleteStep{step});
}

// Titles of the steps in the order in which they were performed.
std::vector<std::string> perform_all(test::RunDriver& run) {
  std::vector<std::string> titles;
  run.start();
  constexpr std::size_t kStepsMax = 1'000;
  while (titles.size() < kStepsMax) {
    const std::vector<StepRef> open = open_steps(run.state);
    if (open.empty()) break;
    perform(run, open.front());
    titles.push_back(run.mbr->procedure.find(open.front().path)->title.at("en"));
  }
  return titles;
}

test::RunDriver imported(const std::string& recipe, const std::string& answers) {
  auto read = read_batchml(recipe, answers, "recipe.xml").value();
  EXPECT_FALSE(read.mbr.draft);
  return test::RunDriver(std::make_shared<const Mbr>(std::move(read.mbr)));
}

TEST(ImportedRun, CoughSyrupIsPerformedFromBeginToEnd) {
  const std::string xml = test::real_recipe("cough-syrup-batchml-v02.xml");
  if (xml.empty()) GTEST_SKIP() << "the real recipes are not beside this repository";
  test::RunDriver run = imported(
      xml,
      test::repository_file("resources/recipes/resolutions/cough-syrup-batchml-v02.resolve.toml"));
  const std::vector<std::string> titles = perform_all(run);
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_EQ(titles.size(), 36U);
  EXPECT_EQ(titles.front(), "Qualify Operator");
  EXPECT_EQ(titles.back(), "Mark and Label FG");
  EXPECT_THAT(run.state.conflicts, testing::IsEmpty());
  for (const auto& [step, state] : run.state.steps) {
    EXPECT_EQ(step.instance, 1) << to_text(step);
    EXPECT_EQ(state.status, StepStatus::kComplete) << to_text(step);
  }
}

TEST(ImportedRun, StirredHeatedWaterIsPerformedFromBeginToEnd) {
  const std::string xml = test::real_recipe("stirred-heated-water-batchml-0701.xml");
  if (xml.empty()) GTEST_SKIP() << "the real recipes are not beside this repository";
  test::RunDriver run = imported(xml, "");
  EXPECT_THAT(
      perform_all(run),
      testing::ElementsAre("2026-04-26_HC20_V3.0_MixingOfLiquids_Procedure:StirringDuration",
                           "2026-04-26_HC20_V3.0_Dosing_Procedure:Dosing",
                           "2026-04-26_HC10_V3.0_HeatingOfLiquids_Procedure:HeatingPWM"));
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

}  // namespace
}  // namespace batchwright::workflows

// Real recipes through the built programs: import, run, verify (rows A3, A4, J5, B10).
#include <gtest/gtest.h>

#include <filesystem>

#include "base/json.h"
#include "tests/support/process.h"

namespace batchwright::test {
namespace {

const std::string kRecipes = std::string(BATCHWRIGHT_SOURCE_DIR) + "/../shared/recipes/";
const std::string kResources = std::string(BATCHWRIGHT_SOURCE_DIR) + "/resources/recipes/";

Json last_object(const std::string& text) {
  auto json = parse_json(text.substr(0, text.find_last_not_of('\n') + 1));
  EXPECT_TRUE(json) << text;
  return json ? *json : Json::object();
}

class RealRecipe : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kRecipes)) GTEST_SKIP() << "the real recipes are not here";
  }
  void runs_to_completion_and_verifies(const std::string& recipe) {
    const auto run = run_program({program("batchwright"), "run", "--recipe", recipe, "--store",
                                  folder / "store", "--auto", "--seed", "7", "--json"});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const auto result = last_object(run.out);
    EXPECT_EQ(result["state"], "complete");
    EXPECT_GT(result["steps_completed"].get<int>(), 2);
    const auto verified =
        run_program({program("batchwright"), "verify", folder / "store", "--json"});
    EXPECT_EQ(verified.exit_code, 0) << verified.out;
    EXPECT_TRUE(last_object(verified.out)["proved"].get<bool>());
  }
  TemporaryFolder folder;
};

TEST_F(RealRecipe, CoughSyrupIsReadCompletelyAndItsDefectsAreNamed) {
  const auto import = run_program({program("batchwright"), "recipe", "import",
                                   kRecipes + "cough-syrup-batchml-v02.xml", "-o",
                                   folder / "out.mbr.json", "--json"});
  EXPECT_EQ(import.exit_code, 1) << "a draft until the author answered";
  const auto report = last_object(import.out);
  EXPECT_EQ(report["steps"], 80);
  EXPECT_EQ(report["transitions"], 58);
  EXPECT_EQ(report["links"], 167);
  EXPECT_EQ(report["control_links"], 155);
  EXPECT_EQ(report["branch_bars"], 12);
  EXPECT_EQ(report["parameters"], 51);
  EXPECT_EQ(report["enumeration_sets"], 13);
  EXPECT_EQ(report["unit_procedures"], 2);
  EXPECT_EQ(report["operations"], 11);
  EXPECT_EQ(report["phases"], 36);
  EXPECT_FALSE(report["findings"].empty());
  for (const auto& finding : report["findings"])
    EXPECT_FALSE(finding["place"].get<std::string>().empty());
}

TEST_F(RealRecipe, CoughSyrupRunsOnceItsAuthorAnswered) {
  const auto answers = kResources + "resolutions/cough-syrup-batchml-v02.resolve.toml";
  const auto out = folder / "cough.mbr.json";
  const auto import =
      run_program({program("batchwright"), "recipe", "import",
                   kRecipes + "cough-syrup-batchml-v02.xml", "--resolve", answers, "-o", out});
  ASSERT_EQ(import.exit_code, 0) << import.out;
  runs_to_completion_and_verifies(out);
}

TEST_F(RealRecipe, StirredHeatedWaterImportsAndRuns) {
  const auto file = kRecipes + "stirred-heated-water-batchml-0701.xml";
  const auto import = run_program({program("batchwright"), "recipe", "import", file, "-o",
                                   folder / "water.mbr.json", "--json"});
  EXPECT_EQ(import.exit_code, 0) << import.err;
  runs_to_completion_and_verifies(file);
}

TEST_F(RealRecipe, GeneralRecipeIsRefusedWithTheReason) {
  const auto import =
      run_program({program("batchwright"), "recipe", "import",
                   kRecipes + "general-recipe-batchml-0701.xml", "-o", folder / "x.mbr.json"});
  EXPECT_EQ(import.exit_code, 1);
  EXPECT_NE(import.err.find("MasterRecipe"), std::string::npos) << import.err;
}

TEST(ShippedRecipe, ChecksCleanAndRunsToCompletion) {
  TemporaryFolder folder;
  const auto recipe = kResources + "tris-saline-100l.mbr.json";
  const auto check = run_program({program("batchwright"), "recipe", "check", recipe});
  EXPECT_EQ(check.exit_code, 0) << check.out;
  const auto run = run_program({program("batchwright"), "run", "--recipe", recipe, "--store",
                                folder / "store", "--auto", "--seed", "3", "--json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_GE(last_object(run.out)["steps_completed"].get<int>(), 31)
      << "the acid loop may be skipped";
  const auto verified = run_program({program("batchwright"), "verify", folder / "store"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out;
}

}  // namespace
}  // namespace batchwright::test

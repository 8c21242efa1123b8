// The recipe tools as an author and an approver call them. Requirements A7 and A8.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/bytes.h"
#include "base/json.h"
#include "base/sha256.h"
#include "tests/support/process.h"

namespace batchwright::test {
namespace {

using ::testing::HasSubstr;

const std::string kResources = std::string(BATCHWRIGHT_SOURCE_DIR) + "/resources";
const std::string kVersion2 = kResources + "/recipes/tris-saline-100l-v2.mbr.json";
const std::string kVersion3 = kResources + "/recipes/tris-saline-100l.mbr.json";
const std::string kLibrary = kResources + "/library/site-blocks.library.json";
const std::string kSource = kResources + "/library/dispense-salt.recipe.json";

Finished recipe(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {program("batchwright"), "recipe"});
  return run_program(arguments);
}

std::string read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(RecipeTools, DiffAnswersZeroForTheSameOneForAnotherAndTwoForWhatCanNotBeRead) {  // A8
  const auto same = recipe({"diff", kVersion3, kVersion3});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  EXPECT_THAT(same.out, HasSubstr("No difference."));
  const auto other = recipe({"diff", kVersion2, kVersion3});
  EXPECT_EQ(other.exit_code, 1);
  EXPECT_THAT(other.out, HasSubstr("action high: \"30.0\" -> \"26.0\""));
  EXPECT_EQ(recipe({"diff", kVersion2, kResources + "/none.mbr.json"}).exit_code, 2);
  EXPECT_EQ(recipe({"diff", kVersion2, kResources + "/demo/people.json"}).exit_code, 2);
}

TEST(RecipeTools, TheHashShownToPeopleIsThatOfTheJsonBytes) {  // A8
  const auto json = recipe({"diff", kVersion2, kVersion3, "--json"});
  EXPECT_EQ(json.exit_code, 1);
  const auto text = json.out.substr(0, json.out.size() - 1);
  ASSERT_TRUE(parse_json(text));
  EXPECT_THAT(recipe({"diff", kVersion2, kVersion3}).out,
              HasSubstr("diff: " + to_hex(sha256(text))));
}

TEST(RecipeTools, ASourceIsBuiltAndItsRecordMovesOnlyWhenANewerBlockIsAdopted) {  // A7
  const TemporaryFolder folder;
  const auto pinned = folder / "pinned.mbr.json";
  const auto adopted = folder / "adopted.mbr.json";
  const auto built = recipe({"build", kSource, "--library", kLibrary, "-o", pinned});
  ASSERT_EQ(built.exit_code, 0) << built.err;
  EXPECT_EQ(recipe({"check", pinned}).exit_code, 0);
  ASSERT_EQ(recipe({"build", kSource, "--library", kLibrary, "-o", adopted, "--adopt",
                    "line-clearance@2"})
                .exit_code,
            0);
  const auto used =
      recipe({"where-used", "line-clearance", "--library", kLibrary, pinned, adopted, kVersion3});
  EXPECT_EQ(used.exit_code, 0) << used.err;
  EXPECT_THAT(used.out, HasSubstr("DISP-0010 1 pins line-clearance@1: version 2 exists"));
  EXPECT_THAT(used.out, HasSubstr("DISP-0010 1 pins line-clearance@2: the newest"));
  EXPECT_THAT(used.out, HasSubstr("2 of 3 records use line-clearance; its newest version is 2."));
  const auto json = recipe({"where-used", "scale-check", "--library", kLibrary, pinned, "--json"});
  EXPECT_THAT(json.out, HasSubstr(R"("pinned":1,"standing":"newest")"));
}

TEST(RecipeTools, ABlockThatIsNoLongerWhatWasPinnedIsNamed) {  // A7
  const TemporaryFolder folder;
  const auto record = folder / "pinned.mbr.json";
  ASSERT_EQ(recipe({"build", kSource, "--library", kLibrary, "-o", record}).exit_code, 0);
  auto text = read(record);
  const auto at = text.find("line-clearance@1 sha256 ") + 24;
  text[at] = text[at] == '0' ? '1' : '0';
  std::ofstream(record, std::ios::binary) << text;
  const auto used = recipe({"where-used", "line-clearance", "--library", kLibrary, record});
  EXPECT_EQ(used.exit_code, 1);
  EXPECT_THAT(used.out, HasSubstr("the library's block is not what was pinned"));
}

TEST(RecipeTools, NothingIsWrittenFromASourceWithErrors) {  // A7
  const TemporaryFolder folder;
  const auto out = folder / "never.mbr.json";
  const auto refused =
      recipe({"build", kSource, "--library", kLibrary, "-o", out, "--adopt", "line-clearance@9"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("its newest is 2"));
  EXPECT_FALSE(std::filesystem::exists(out));
  EXPECT_EQ(recipe({"where-used", "nothing", "--library", kLibrary, kVersion3}).exit_code, 2);
}

}  // namespace
}  // namespace batchwright::test

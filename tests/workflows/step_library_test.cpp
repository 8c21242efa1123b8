// Requirement A7: blocks of a library, used by version, where they are used, and that a built
// record never moves with the library.
#include "workflows/step_library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/mbr_diff.h"

namespace batchwright::workflows {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr const char* kClearance1 =
    R"({"title":{"en":"Clear the line"},"instruction":"Look.","entries":[{"id":"clear","title":"Is it clear?","kind":"yes_no","expected":true}],"signatures":[{"meaning":"performed"}]})";
constexpr const char* kClearance2 =
    R"({"title":{"en":"Clear the line"},"instruction":"Look twice.","entries":[{"id":"clear","title":"Is it clear?","kind":"yes_no","expected":true}],"signatures":[{"meaning":"performed"},{"meaning":"verified","other_person":true}]})";

std::string block(const std::string& id, int version, const std::string& step,
                  std::string sha256 = {}) {
  if (sha256.empty()) sha256 = to_hex(block_hash(*parse_json(step)));
  return R"({"id":")" + id + R"(","version":)" + std::to_string(version) + R"(,"sha256":")" +
         sha256 + R"(","step":)" + step + "}";
}

std::string library_text(const std::vector<std::string>& blocks) {
  std::string list;
  for (const auto& one : blocks) list += (list.empty() ? "" : ",") + one;
  return R"({"format":"batchwright/library/1","id":"site","blocks":[)" + list + "]}";
}

StepLibrary library(const std::vector<std::string>& blocks) {
  auto reading = read_library(library_text(blocks));
  EXPECT_TRUE(reading.has_value());
  EXPECT_THAT(test::errors_of(reading->findings), IsEmpty());
  return std::move(reading->library);
}

StepLibrary both() {
  return library(
      {block("line-clearance", 1, kClearance1), block("line-clearance", 2, kClearance2)});
}

std::string source(const std::string& children, const std::string& more = {}) {
  auto text = test::mbr_text(children, more);
  const std::string format = "batchwright/mbr/1";
  return text.replace(text.find(format), format.size(), "batchwright/recipe-source/1");
}

SourceBuilding build(const std::string& text, const StepLibrary& from,
                     const std::vector<BlockName>& adopt = {}) {
  auto building = build_source(text, from, adopt);
  EXPECT_TRUE(building.has_value()) << (building ? "" : building.error().message);
  return building ? std::move(*building) : SourceBuilding{};
}

const std::string kUse1 =
    source(R"([{"use":"line-clearance@1","id":"clear-before"},{"id":"mix","title":"Mix"}])");

TEST(StepLibrary, ABuiltRecordHoldsTheBlocksStepAndNamesItsVersionAndHash) {
  const auto building = build(kUse1, both());
  EXPECT_THAT(building.reading.findings, IsEmpty());
  const Mbr& mbr = building.reading.mbr;
  const auto* step = mbr.procedure.find("clear-before");
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(step->step->instruction.at("en"), "Look.");
  EXPECT_EQ(step->step->entries.size(), 1u);
  const auto pins = pins_of(mbr);
  ASSERT_EQ(pins.size(), 1u);
  EXPECT_EQ(pins[0].block, "line-clearance");
  EXPECT_EQ(pins[0].version, 1);
  EXPECT_EQ(pins[0].sha256, to_hex(block_hash(*parse_json(kClearance1))));
  const auto again = read_mbr(mbr.text);
  ASSERT_TRUE(again);
  EXPECT_EQ(pins_of(again->mbr).size(), 1u) << "the approved text itself carries the pins";
}

TEST(StepLibrary, ABuiltRecordIsTheSameAsOneWrittenOutByHandButForItsProvenance) {
  const auto built = build(kUse1, both()).reading.mbr;
  std::string step = kClearance1;
  step.insert(1, R"("id":"clear-before",)");
  const auto by_hand = read_mbr(test::mbr_text("[" + step + R"(,{"id":"mix","title":"Mix"}])"));
  const auto diff = diff_mbr(by_hand->mbr, built);
  ASSERT_EQ(diff.changes.size(), 1u);
  EXPECT_EQ(diff.changes[0].field, "provenance");
}

TEST(StepLibrary, ANewerBlockMovesNobodyUntilItIsAdopted) {
  const auto before = build(kUse1, library({block("line-clearance", 1, kClearance1)}));
  const auto after = build(kUse1, both());
  EXPECT_EQ(before.reading.mbr.text, after.reading.mbr.text) << "version 2 arrived, nothing moved";
  const auto adopted = build(kUse1, both(), {{"line-clearance", 2}});
  EXPECT_EQ(pins_of(adopted.reading.mbr).at(0).version, 2);
  EXPECT_EQ(adopted.reading.mbr.procedure.find("clear-before")->step->signatures.size(), 2u);
}

TEST(StepLibrary, BlocksMayStandInEveryKindOfGroupAndUnderOtherTitles) {
  const auto building = build(
      source(R"([{"parallel":[[{"use":"line-clearance@1","id":"a"}],[{"id":"b","title":"B"}]]},
        {"repeat":[{"use":"line-clearance@2","id":"c","with":{"title":"Clear again"}}],
         "while":"count(\"c\") < 2"},
        {"id":"op","title":"O","level":"operation","children":[{"use":"line-clearance@1","id":"d"}]}])"),
      both());
  EXPECT_THAT(building.reading.findings, IsEmpty());
  const auto& root = building.reading.mbr.procedure;
  EXPECT_EQ(root.find("a")->title.at("en"), "Clear the line");
  EXPECT_EQ(root.find("c")->title.at("en"), "Clear again");
  EXPECT_NE(root.find("op/d"), nullptr);
  EXPECT_EQ(building.pins.size(), 2u) << "each version once";
}

TEST(StepLibrary, EverythingWrongWithASourceIsToldAtOnceAndNothingIsBuilt) {
  const auto building =
      build(source(R"([{"use":"line-clearance","id":"a"},{"use":"line-clearance@7","id":"b"},
                 {"use":"nothing@1","id":"c"},{"use":"line-clearance@1"},
                 {"use":"line-clearance@1","id":"e","with":{"entries":[]}},
                 {"use":"line-clearance@1","id":"f","minimum_s":5}])",
                   R"("provenance":"library block forged@1 sha256 00",)"),
            both(), {{"label-check", 3}});
  const auto errors = test::errors_of(building.reading.findings);
  for (const char* error :
       {"use.name @ /procedure/children/0/use", "use.unknown @ /procedure/children/1/use",
        "use.unknown @ /procedure/children/2/use", "key.missing @ /procedure/children/3",
        "key.unknown @ /procedure/children/4/with/entries",
        "key.unknown @ /procedure/children/5/minimum_s", "provenance.pin @ /provenance",
        "adopt.unused @ label-check"})
    EXPECT_THAT(errors, Contains(error));
  EXPECT_THAT(building.reading.mbr.text, IsEmpty());
}

TEST(StepLibrary, EverythingWrongWithALibraryIsToldAtOnce) {
  const auto reading = read_library(library_text(
      {block("a", 1, kClearance1, std::string(64, '0')), block("a", 1, kClearance1),
       block("b", 0, kClearance1), block("c", 1, R"({"title":"C","entries":[{"id":"x"}]})"),
       block("d", 1, R"({"id":"mine","title":"D"})"), block("e f", 1, R"({"title":"E"})"),
       R"({"id":"g","version":1,"step":{"title":"G"}})"}));
  ASSERT_TRUE(reading);
  const auto errors = test::errors_of(reading->findings);
  for (const char* error :
       {"block.hash @ /blocks/0/sha256", "block.duplicate @ /blocks/1", "block.version @ /blocks/2",
        "key.missing @ /blocks/3/step/entries/0", "block.step @ /blocks/4/step/id",
        "id.invalid @ /blocks/5/id", "block.hash.missing @ /blocks/6"})
    EXPECT_THAT(errors, Contains(error));
}

TEST(StepLibrary, TheHashOfABlockDoesNotDependOnHowItIsWritten) {
  EXPECT_EQ(block_hash(*parse_json(R"({"title":"A","minimum_s":5})")),
            block_hash(*parse_json(R"( {"minimum_s" : 5, "title":"A"} )")));
  EXPECT_NE(block_hash(*parse_json(R"({"title":"A","minimum_s":5})")),
            block_hash(*parse_json(R"({"title":"A","minimum_s":6})")));
}

TEST(StepLibrary, OtherDocumentsAreRefusedByName) {
  for (const char* text : {"", "[]", "{}", R"({"format":"batchwright/mbr/1"})"}) {
    EXPECT_EQ(read_library(text).error().code, ErrorCode::kMalformed) << text;
    EXPECT_EQ(build_source(text, {}).error().code, ErrorCode::kMalformed) << text;
  }
  EXPECT_EQ(read_library(R"({"format":"batchwright/library/2"})").error().code,
            ErrorCode::kUnsupported);
  for (const char* name :
       {"", "@", "a", "a@", "@1", "a@0", "a@01", "a@-1", "a@1x", "a b@1", "a@99999999999"})
    EXPECT_FALSE(block_name_from_text(name)) << name;
}

TEST(StepLibrary, TheExamplesOfTheFormatPageBuildWithoutAFinding) {
  const auto page = test::repository_file("docs/formats/library.md");
  const auto example = [&page](std::size_t from) {
    const auto begin = page.find("```json\n", from) + 8;
    return std::pair{page.substr(begin, page.find("```", begin) - begin), begin};
  };
  const auto [library_example, at] = example(0);
  const auto reading = read_library(library_example);
  ASSERT_TRUE(reading) << reading.error().message;
  EXPECT_THAT(test::errors_of(reading->findings), IsEmpty());
  const auto building = build(example(at).first, reading->library);
  EXPECT_THAT(test::errors_of(building.reading.findings), IsEmpty());
  EXPECT_EQ(pins_of(building.reading.mbr).size(), 1u);
}

}  // namespace
}  // namespace batchwright::workflows

// The real recipes of others, which lie beside this repository; skipped where they aren't there.
// Rows A3, A4, J5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/recipe_files.h"
#include "workflows/batchml.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {
namespace {

using testing::IsEmpty;

constexpr const char* kCoughSyrup = "cough-syrup-batchml-v02.xml";
constexpr const char* kWater = "stirred-heated-water-batchml-0701.xml";
constexpr const char* kGeneral = "general-recipe-batchml-0701.xml";

#define SKIP_WITHOUT(text) \
  if ((text).empty()) GTEST_SKIP() << "the real recipes are not beside this repository"

std::string answers() {
  return test::repository_file(
      "resources/recipes/resolutions/cough-syrup-batchml-v02.resolve.toml");
}

int count_level(const Element& element, Level level) {
  int count = element.level == level ? 1 : 0;
  for (const Element& child : element.children) count += count_level(child, level);
  return count;
}

TEST(RealBatchML, CoughSyrupIsCountedAsItIs) {
  const std::string xml = test::real_recipe(kCoughSyrup);
  SKIP_WITHOUT(xml);
  const auto read = read_batchml(xml, "", kCoughSyrup);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  const ImportCounts& counts = read->counts;
  EXPECT_EQ(counts.steps, 80);
  EXPECT_EQ(counts.transitions, 58);
  EXPECT_EQ(counts.links, 167);
  EXPECT_EQ(counts.control_links, 155);
  EXPECT_EQ(counts.branch_bars, 12);
  EXPECT_EQ(counts.dangling_links, 0);
  EXPECT_EQ(counts.parameters, 51);
  EXPECT_EQ(counts.enumeration_sets, 13);
  EXPECT_EQ(counts.unit_procedures, 2);
  EXPECT_EQ(counts.operations, 11);
  EXPECT_EQ(counts.phases, 36);
}

int count_nodes(const Element& element, NodeKind kind) {
  int count = 0;
  for (const Node& node : element.chart.nodes) count += node.kind == kind ? 1 : 0;
  for (const Element& child : element.children) count += count_nodes(child, kind);
  return count;
}

TEST(RealBatchML, CoughSyrupKeepsItsLevelsAndBars) {
  const std::string xml = test::real_recipe(kCoughSyrup);
  SKIP_WITHOUT(xml);
  const Mbr mbr = read_batchml(xml, "", kCoughSyrup).value().mbr;
  EXPECT_EQ(count_level(mbr.procedure, Level::kUnitProcedure), 2);
  EXPECT_EQ(count_level(mbr.procedure, Level::kOperation), 11);
  EXPECT_EQ(count_level(mbr.procedure, Level::kPhase), 36);
  EXPECT_EQ(mbr.count_steps(), 36);
  EXPECT_EQ(count_nodes(mbr.procedure, NodeKind::kAndSplit), 6);
  EXPECT_EQ(count_nodes(mbr.procedure, NodeKind::kAndJoin), 6);
  EXPECT_EQ(count_nodes(mbr.procedure, NodeKind::kTransition), 58);
}

TEST(RealBatchML, TheDefectsOfCoughSyrupAreFindingsWithTheirPlace) {
  const std::string xml = test::real_recipe(kCoughSyrup);
  SKIP_WITHOUT(xml);
  const auto read = read_batchml(xml, "", kCoughSyrup).value();
  EXPECT_TRUE(read.mbr.draft);
  EXPECT_EQ(test::count_code(read.findings, "transition.condition.empty"), 21U);
  EXPECT_EQ(test::count_code(read.findings, "condition.name.unknown"), 2U);
  EXPECT_EQ(test::count_code(read.findings, "node.unreachable"), 1U);
  EXPECT_EQ(test::count_code(read.findings, "node.exit.ambiguous"), 6U);
  EXPECT_EQ(test::count_code(read.findings, "link.from_end"), 1U);
  EXPECT_EQ(test::errors_of(read.findings).size(), 31U);
  EXPECT_THAT(
      test::errors_of(read.findings),
      testing::Contains(
          "node.unreachable @ 1204071096890-C2f/1204071143625-C35/@1204071208609-C9e (line 673)"));
  for (const Finding& finding : read.findings) {
    if (finding.severity != Severity::kError) continue;
    EXPECT_THAT(finding.place, testing::HasSubstr("(line ")) << finding.code;
  }
}

TEST(RealBatchML, WithItsAnswersCoughSyrupIsRunnable) {
  const std::string xml = test::real_recipe(kCoughSyrup);
  SKIP_WITHOUT(xml);
  const auto read = read_batchml(xml, answers(), kCoughSyrup).value();
  EXPECT_THAT(test::errors_of(read.findings), IsEmpty());
  EXPECT_FALSE(read.mbr.draft);
  EXPECT_EQ(read.counts.transitions, 58)
      << "the counts are those of the file, whatever was answered";
}

TEST(RealBatchML, EveryAnswerForCoughSyrupIsNeeded) {
  const std::string xml = test::real_recipe(kCoughSyrup);
  SKIP_WITHOUT(xml);
  const std::string all = answers();
  for (const char* id :
       {"empty-conditions", "\"1206464714375-C1ed\"", "\"1206464044968-C1bf\"", "1204071208609-C9e",
        "1206460909437-C38", "1206460916109-C39", "1206462727875-Cd6", "1206462727906-Cd7",
        "1206462777203-C102", "1206462777234-C103", "1204071184203-C51"}) {
    std::string fewer = all;
    const std::size_t at = fewer.find(id);
    ASSERT_NE(at, std::string::npos) << id;
    const std::size_t begin = fewer.rfind('\n', at) + 1;
    fewer.erase(begin, fewer.find('\n', at) - begin);
    EXPECT_TRUE(has_errors(read_batchml(xml, fewer, kCoughSyrup).value().findings)) << id;
  }
}

TEST(RealBatchML, StirredHeatedWaterIsImportedWithoutAnErrorOrAnAnswer) {
  const std::string xml = test::real_recipe(kWater);
  SKIP_WITHOUT(xml);
  const auto read = read_batchml(xml, "", kWater).value();
  EXPECT_THAT(test::errors_of(read.findings), IsEmpty());
  EXPECT_FALSE(read.mbr.draft);
  EXPECT_EQ(read.counts.steps, 5);
  EXPECT_EQ(read.counts.transitions, 4);
  EXPECT_EQ(read.counts.operations, 3);
  EXPECT_EQ(read.counts.parameters, 6);
  EXPECT_EQ(read.mbr.count_steps(), 3);
  const Element& heating = *read.mbr.procedure.find("003:888136a9-c795-41c2-970c-169fa9852d22");
  ASSERT_EQ(heating.step->entries.size(), 3U);
  EXPECT_EQ(heating.step->entries[0].unit, "°C");
  EXPECT_EQ(heating.step->entries[0].limits.target->to_text(), "21.0");
}

TEST(RealBatchML, BothRecipesAreReadBackFromTheirNativeTextWithoutADifference) {
  for (const char* name : {kCoughSyrup, kWater}) {
    const std::string xml = test::real_recipe(name);
    SKIP_WITHOUT(xml);
    const Mbr mbr = read_batchml(xml, name == kCoughSyrup ? answers() : "", name).value().mbr;
    const auto again = read_mbr(mbr.text).value();
    EXPECT_EQ(again.mbr.text, mbr.text);
    EXPECT_THAT(test::errors_of(again.findings), IsEmpty());
  }
}

TEST(RealBatchML, AGeneralRecipeIsRefusedAndTheMessageSaysWhy) {
  const std::string xml = test::real_recipe(kGeneral);
  SKIP_WITHOUT(xml);
  const auto read = read_batchml(xml, "", kGeneral);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::kMalformed);
  EXPECT_THAT(read.error().message, testing::HasSubstr("general recipe"));
}

// Seeded damage of the real file: each kind is reported with its line.
TEST(RealBatchML, DamageOfCoughSyrupIsFoundWithItsLine) {
  const std::string xml = test::real_recipe(kCoughSyrup);
  SKIP_WITHOUT(xml);
  const auto errors_after = [&](const std::string& from, const std::string& to) {
    std::string damaged = xml;
    const std::size_t at = damaged.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    damaged.replace(at, from.size(), to);
    return test::errors_of(read_batchml(damaged, answers(), kCoughSyrup).value().findings);
  };
  EXPECT_THAT(errors_after("<batchML:ToIDValue>1206462253125-C9c<", "<batchML:ToIDValue>nowhere<"),
              testing::Contains(testing::StartsWith("link.dangling")));
  EXPECT_THAT(errors_after("<batchML:UnitOfMeasure>RPM<", "<batchML:UnitOfMeasure>furlong<"),
              testing::Contains(testing::HasSubstr("unit.unknown")));
  EXPECT_THAT(errors_after("<batchML:ValueString>3600<", "<batchML:ValueString>fast<"),
              testing::Contains(testing::HasSubstr("parameter.value")));
  EXPECT_THAT(
      errors_after("<batchML:RecipeElementID>1206462253125-C9b<", "<batchML:RecipeElementID>gone<"),
      testing::Contains(testing::HasSubstr("node.element.unknown")));
  EXPECT_THAT(errors_after("Mix Slurry A1 Complete = True", "Mix Slurry A9 Complete = True"),
              testing::Contains(testing::HasSubstr("condition.name.unknown")));
}

}  // namespace
}  // namespace batchwright::workflows

// The native format batchwright/mbr/1: what authors may write, and the one text it becomes. Rows
// A3, A4, A5.
#include "workflows/mbr_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {
namespace {

using test::mbr_text;
using testing::HasSubstr;
using testing::IsEmpty;

std::string example_of_the_format_page() {
  const std::string page = test::repository_file("docs/formats/mbr.md");
  const std::size_t begin = page.find("```json\n") + 8;
  return page.substr(begin, page.find("```", begin) - begin);
}

MbrReading read(const std::string& text) {
  auto reading = read_mbr(text);
  EXPECT_TRUE(reading.has_value()) << (reading ? "" : reading.error().message);
  return reading ? *std::move(reading) : MbrReading{};
}

// The canonical text of the children, which shows the chart that was written out.
Chart chart_of(const std::string& children) {
  const MbrReading reading = read(mbr_text(children));
  EXPECT_THAT(test::errors_of(reading.findings), IsEmpty());
  return reading.mbr.procedure.chart;
}

std::string links_of(const Chart& chart) {
  std::string text;
  for (const Link& link : chart.links)
    text += (text.empty() ? "" : " ") + link.from + ">" + link.to;
  return text;
}

std::string condition_of(const Chart& chart, const char* node) {
  const Node* found = chart.find(node);
  return found == nullptr || !found->condition ? "none" : found->condition->text();
}

constexpr const char* kA = R"({"id":"a","title":"A"})";
constexpr const char* kB = R"({"id":"b","title":"B"})";
constexpr const char* kC = R"({"id":"c","title":"C"})";

TEST(MbrJson, TheExampleOfTheFormatPageIsReadWithoutAFinding) {
  const MbrReading reading = read(example_of_the_format_page());
  EXPECT_THAT(test::errors_of(reading.findings), IsEmpty());
  EXPECT_THAT(reading.findings, IsEmpty());
  EXPECT_EQ(reading.mbr.count_steps(), 7);
}

TEST(MbrJson, EveryKeyOfTheExampleArrivesInTheModel) {
  const Mbr mbr = read(example_of_the_format_page()).mbr;
  EXPECT_EQ(mbr.id, "EX-001");
  EXPECT_EQ(mbr.title.at("de"), "Salzwasser");
  EXPECT_EQ(mbr.batch_size.value.to_text(), "10");
  EXPECT_EQ(mbr.find_parameter("salt")->value.unit, "g");
  EXPECT_EQ(mbr.find_parameter("water-grade")->text, "Purified water");
  const ReactionPlan& plan = *mbr.find_plan("R1");
  EXPECT_TRUE(plan.holds);
  EXPECT_EQ(plan.remeasure_max, 2);
  EXPECT_EQ(plan.remeasure_after_s, 600);
  EXPECT_EQ(plan.severity, "major");
  const Element& weigh = *mbr.procedure.find("weigh");
  const Entry& net = weigh.step->entries.front();
  EXPECT_EQ(net.kind, EntryKind::kDecimal);
  EXPECT_EQ(net.rounding, Rounding::kHalfUp);
  EXPECT_EQ(net.places, 1);
  EXPECT_EQ(net.limits.alert_low->to_text(), "87.4");
  EXPECT_EQ(net.limits.action_high->to_text(), "88.2");
  EXPECT_EQ(net.limits.hard_low->to_text(), "0");
  EXPECT_FALSE(net.limits.hard_high.has_value());
  EXPECT_EQ(net.criticality, "CPP");
  EXPECT_EQ(net.stands_in_for, "scale");
  EXPECT_EQ(weigh.step->entries[1].expected, true);
  EXPECT_EQ(weigh.step->entries[3].choices.size(), 2U);
  EXPECT_FALSE(weigh.step->entries[4].required);
  EXPECT_EQ(weigh.step->entries[6].formula->text(), "{weigh:net} / {volume}");
  EXPECT_TRUE(weigh.step->signatures[1].other_person);
  EXPECT_EQ(weigh.step->recovery, Recovery::kAskSupervisor);
  EXPECT_EQ(weigh.step->maximum_s, 900);
  EXPECT_TRUE(mbr.procedure.find("dissolve/stir")->step->unattended);
  EXPECT_EQ(mbr.procedure.find("close")->chart.find("t1")->condition_source,
            "Sample Complete = True");
}

TEST(MbrJson, ReadingTheCanonicalTextGivesTheSameTextAndHash) {
  const Mbr mbr = read(example_of_the_format_page()).mbr;
  const Mbr again = read(mbr.text).mbr;
  EXPECT_EQ(again.text, mbr.text);
  EXPECT_EQ(again.hash, mbr.hash);
  EXPECT_EQ(mbr.hash, sha256(mbr.text));
  EXPECT_EQ(write_mbr(mbr), mbr.text);
}

TEST(MbrJson, LayoutKeyOrderAndShortFormsDontChangeTheHash) {
  const Mbr shorter = read(mbr_text(R"([{"id":"a","title":"A"}])")).mbr;
  const Mbr longer =
      read(R"({ "procedure": {"children": [ {"title": {"en": "A"}, "id": "a", "level": "step",
      "entries": [], "recovery": "resume", "minimum_s": 0} ], "title": "P", "id": "p", "level": "procedure"},
      "languages": ["en"], "draft": false, "title": "Test", "version": "1", "id": "T",
      "format": "batchwright/mbr/1", "$schema": "../schemas/mbr-1.schema.json" })")
          .mbr;
  EXPECT_EQ(shorter.text, longer.text);
}

TEST(MbrJson, AnyChangeOfAValueChangesTheHash) {
  const Mbr one = read(mbr_text(R"([{"id":"a","title":"A","minimum_s":10}])")).mbr;
  const Mbr two = read(mbr_text(R"([{"id":"a","title":"A","minimum_s":11}])")).mbr;
  EXPECT_NE(one.hash, two.hash);
}

TEST(MbrJson, TrailingZerosOfLimitsAreKept) {
  const std::string entry =
      R"({"id":"x","title":"X","kind":"decimal","places":2,"target":"25.00"})";
  const Mbr mbr = read(mbr_text(R"([{"id":"a","title":"A","entries":[)" + entry + "]}]")).mbr;
  EXPECT_THAT(mbr.text, HasSubstr(R"("target":"25.00")"));
}

TEST(MbrJson, UnitsAreStoredByTheirSymbol) {
  const Mbr mbr = read(mbr_text("[" + std::string(kA) + "]",
                                R"("batch_size":{"value":"5","unit":"kilogram"},)"))
                      .mbr;
  EXPECT_EQ(mbr.batch_size.unit, "kg");
}

TEST(MbrJson, ChildrenWithoutAChartBecomeASequence) {
  const Chart chart = chart_of("[" + std::string(kA) + "," + kB + "]");
  EXPECT_EQ(links_of(chart), "begin>a a>b b>end");
}

TEST(MbrJson, ParallelBecomesAnAndSplitAndJoin) {
  const Chart chart =
      chart_of("[{\"parallel\":[[" + std::string(kA) + "],[" + kB + "," + kC + "]]}]");
  EXPECT_EQ(links_of(chart), "begin>split-1 split-1>a split-1>b b>c a>join-1 c>join-1 join-1>end");
  EXPECT_EQ(chart.find("split-1")->kind, NodeKind::kAndSplit);
  EXPECT_EQ(chart.find("join-1")->kind, NodeKind::kAndJoin);
}

TEST(MbrJson, OneOfBecomesTransitionsInTheirOrderAndTheLastIsOtherwise) {
  const Chart chart =
      chart_of("[" + std::string(kA) + R"(,{"one_of":[{"when":"count(\"a\") = 2","children":[)" +
               kB + R"(]},{"children":[]}]}])");
  EXPECT_EQ(links_of(chart),
            "begin>a a>choice-1 choice-1>when-1 when-1>b choice-1>when-2 b>merge-1 when-2>merge-1 "
            "merge-1>end");
  EXPECT_EQ(condition_of(chart, "when-1"), "count(\"a\") = 2");
  EXPECT_EQ(condition_of(chart, "when-2"), "true");
}

TEST(MbrJson, RepeatBecomesALoopThatIsLeftWhenItsConditionIsNotTrue) {
  const Chart chart = chart_of("[{\"repeat\":[" + std::string(kA) +
                               R"(],"while":"count(\"a\") < 3","do":[)" + kB + "]}," + kC + "]");
  EXPECT_EQ(links_of(chart),
            "begin>again-1 again-1>a a>test-1 test-1>when-1 when-1>b b>again-1 test-1>when-2 "
            "when-2>c c>end");
  EXPECT_EQ(condition_of(chart, "when-1"), "count(\"a\") < 3");
  EXPECT_EQ(condition_of(chart, "when-2"), "not (count(\"a\") < 3)");
}

TEST(MbrJson, GroupsNest) {
  const Chart chart = chart_of("[{\"parallel\":[[{\"repeat\":[" + std::string(kA) +
                               R"(],"while":"count(\"a\") < 3"}],[)" + kB + "]]}]");
  EXPECT_EQ(
      links_of(chart),
      "begin>split-1 split-1>again-1 again-1>a a>test-1 test-1>when-1 when-1>again-1 test-1>when-2 "
      "split-1>b when-2>join-1 b>join-1 join-1>end");
}

TEST(MbrJson, WrittenOutNodesNeverTakeTheIdOfAChild) {
  const Chart chart =
      chart_of(R"([{"id":"begin","title":"Begin"},{"parallel":[[{"id":"split-1","title":"S"}],[)" +
               std::string(kA) + "]]}]");
  EXPECT_EQ(
      links_of(chart),
      "begin_>begin begin>split-1_ split-1_>split-1 split-1_>a split-1>join-1 a>join-1 join-1>end");
}

TEST(MbrJson, ASequenceAndTheSameChartWrittenOutAreOneMbr) {
  const Mbr sequence = read(mbr_text("[" + std::string(kA) + "," + kB + "]")).mbr;
  const std::string written =
      R"({"format":"batchwright/mbr/1","id":"T","version":"1","title":"Test","procedure":{"id":"p","title":"P",
      "children":[{"id":"a","title":"A"},{"id":"b","title":"B"}],
      "chart":{"nodes":[{"id":"begin","kind":"begin"},{"id":"a","kind":"element","element":"a"},
                        {"id":"b","kind":"element","element":"b"},{"id":"end","kind":"end"}],
               "links":[["begin","a"],["a","b"],["b","end"]]}}})";
  EXPECT_EQ(read(written).mbr.text, sequence.text);
}

TEST(MbrJson, WhatIsNotAnMbrIsRefusedAsAWhole) {
  for (const char* text : {"", "{", "[]", "null", "{\"id\":\"x\"}",
                           "{\"format\":\"batchwright/state/1\"}", "{\"format\":7}", "<xml/>"}) {
    const auto reading = read_mbr(text);
    ASSERT_FALSE(reading.has_value()) << text;
    EXPECT_EQ(reading.error().code, ErrorCode::kMalformed) << text;
    EXPECT_FALSE(reading.error().message.empty());
  }
}

TEST(MbrJson, ANewerVersionOfTheFormatIsUnsupported) {
  EXPECT_EQ(read_mbr(R"({"format":"batchwright/mbr/2"})").error().code, ErrorCode::kUnsupported);
}

TEST(MbrJson, DuplicateKeysNanAndHugeNumbersAreRefused) {
  for (const char* member :
       {R"("id":"again")", R"("x":NaN)", R"("x":1e999)", R"("x":-1e999)", R"("x":Infinity)"}) {
    EXPECT_FALSE(read_mbr(mbr_text("[]", std::string(member) + ",")).has_value()) << member;
  }
}

TEST(MbrJson, TenThousandDeepNestingIsRefused) {
  EXPECT_FALSE(read_mbr(mbr_text(std::string(10'000, '[') + std::string(10'000, ']'))).has_value());
  std::string deep = R"({"id":"a","title":"A"})";
  for (int i = 0; i < 2'500; ++i)
    deep = R"({"id":"g","title":"G","level":"phase","children":[)" + deep + "]}";
  EXPECT_FALSE(read_mbr(mbr_text("[" + deep + "]")).has_value());
}

TEST(MbrJson, SeventeenLevelsOfElementsAreOneFindingAndSixteenAreFine) {
  const auto nested = [](int levels) {
    std::string inner = R"({"id":"a","title":"A"})";
    for (int i = 1; i < levels; ++i)
      inner = R"({"id":"g","title":"G","level":"phase","children":[)" + inner + "]}";
    return read(mbr_text("[" + inner + "]")).findings;
  };
  EXPECT_EQ(test::count_code(nested(16), "element.depth"), 0U);
  EXPECT_EQ(test::count_code(nested(17), "element.depth"), 1U);
}

TEST(MbrJson, SeventeenNestedGroupsAreAFinding) {
  const auto nested = [](int levels) {
    std::string inner = R"({"id":"a","title":"A"})";
    for (int i = 0; i < levels; ++i)
      inner = R"({"repeat":[)" + inner + R"(],"while":"count(\"a\") < 2"})";
    return read(mbr_text("[" + inner + "]")).findings;
  };
  EXPECT_EQ(test::count_code(nested(16), "group.depth"), 0U);
  EXPECT_GE(test::count_code(nested(17), "group.depth"), 1U);
}

TEST(MbrJson, AReadingWithErrorsHasNoTextToApprove) {
  const MbrReading reading = read(mbr_text(R"([{"id":"a","title":"A","colour":"red"}])"));
  EXPECT_TRUE(reading.mbr.text.empty());
  EXPECT_EQ(reading.mbr.hash, Digest{});
}

TEST(MbrJson, AllFindingsOfReaderAndCheckerComeAtOnce) {
  const MbrReading reading = read(mbr_text(
      R"([{"id":"a","title":"A","colour":"red","minimum_s":9,"maximum_s":3,
           "entries":[{"id":"x","title":"X","kind":"decimal","unit":"furlong","target":1}]}])"));
  EXPECT_EQ(test::errors_of(reading.findings),
            (std::multiset<std::string>{"key.unknown @ /procedure/children/0/colour",
                                        "step.duration @ a", "unit.unknown @ a:x",
                                        "decimal.type @ /procedure/children/0/entries/0/target"}));
}

// The schema helps editors; it must offer the same words as the reader.
template <typename E, std::size_t N>
void expect_words(const Json& schema, const std::array<Name<E>, N>& names) {
  std::set<std::string> expected;
  for (const auto& name : names) expected.emplace(name.text);
  EXPECT_EQ(schema.at("enum").get<std::set<std::string>>(), expected);
}

TEST(MbrJson, TheEditorSchemaOffersTheWordsOfTheReader) {
  const auto schema = parse_json(test::repository_file("resources/schemas/mbr-1.schema.json"));
  ASSERT_TRUE(schema.has_value()) << schema.error().message;
  const Json& defs = schema->at("$defs");
  expect_words(defs.at("element").at("properties").at("level"), kLevelNames);
  expect_words(defs.at("element").at("properties").at("recovery"), kRecoveryNames);
  expect_words(defs.at("entry").at("properties").at("kind"), kEntryKindNames);
  expect_words(defs.at("entry").at("properties").at("rounding"), kRoundingNames);
  expect_words(defs.at("node").at("properties").at("kind"), kNodeKindNames);
}

}  // namespace
}  // namespace batchwright::workflows

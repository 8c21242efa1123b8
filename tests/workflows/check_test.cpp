// The static checker: every rule has a recipe that breaks it and nothing else, named for the
// defect. Rows A3, A4, A5.
#include "workflows/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <filesystem>
#include <vector>

#include "tests/workflows/recipe_files.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {
namespace {

struct Defect {
  const char* file;
  std::multiset<std::string> errors;  // exactly these
};

const std::vector<Defect> kDefects = {
    // clang-format off
    {"unknown-key", {"key.unknown @ /colour"}},
    {"unknown-key-of-a-step", {"key.unknown @ /procedure/children/0/instrction"}},
    {"unknown-key-with-slash", {"key.unknown @ /a~1b~0c"}},
    {"missing-version", {"key.missing @ (document)", "mbr.version @ version"}},
    {"empty-id", {"text.empty @ /id", "mbr.id @ id"}},
    {"children-not-a-list", {"json.type @ /procedure/children", "element.empty @ (procedure)", "step.none @ (procedure)"}},
    {"number-instead-of-text", {"decimal.type @ /procedure/children/0/entries/0/target"}},
    {"decimal-with-exponent", {"decimal.invalid @ /procedure/children/0/entries/0/target"}},
    {"negative-duration", {"json.type @ /procedure/children/0/minimum_s"}},
    {"fractional-duration", {"json.type @ /procedure/children/0/minimum_s"}},
    {"unknown-kind-of-entry", {"word.unknown @ /procedure/children/0/entries/0/kind"}},
    {"unknown-recovery", {"word.unknown @ /procedure/children/0/recovery"}},
    {"unit-of-a-text", {"key.unknown @ /procedure/children/0/entries/0/unit"}},
    {"element-id-with-slash", {"id.invalid @ /procedure/children/0/id", "id.invalid @ a/b"}},
    {"entry-id-with-space", {"id.invalid @ /procedure/children/0/entries/0/id", "id.invalid @ a:my value"}},
    {"title-that-reverses-text", {"text.invalid @ /procedure/children/0/title", "text.missing @ a"}},
    {"title-is-a-number", {"words.type @ /procedure/children/0/title", "text.missing @ a"}},
    {"language-is-no-tag", {"language.invalid @ /title/e"}},
    {"range-with-one-side", {"range.invalid @ /procedure/children/0/entries/0/alert"}},
    {"condition-that-is-not-an-expression", {"expression.invalid @ /procedure/children/1/one_of/0/when", "transition.condition.empty @ @when-1"}},
    {"group-without-level", {"level.missing @ /procedure/children/0"}},
    {"parameter-with-value-and-text", {"parameter.value @ /parameters/0"}},
    {"parallel-with-one-branch", {"group.branches @ /procedure/children/0/parallel"}},
    {"parallel-with-empty-branch", {"group.branch.empty @ /procedure/children/0/parallel/1"}},
    {"one-of-without-when", {"group.when.missing @ /procedure/children/0/one_of/0", "transition.never @ @when-2"}},
    {"repeat-without-children", {"group.branch.empty @ /procedure/children/1/repeat"}},
    {"group-beside-a-chart", {"group.with_chart @ /procedure/children/0", "element.empty @ (procedure)", "step.none @ (procedure)"}},
    {"link-with-three-ends", {"link.invalid @ /procedure/chart/links/2"}},
    {"long-list-of-signatures", {"list.long @ /procedure/children/0/signatures"}},
    {"language-listed-twice", {"language.duplicate @ languages"}},
    {"english-missing", {"language.english @ languages"}},
    {"translation-missing", {"text.missing @ (procedure)", "text.missing @ a"}},
    {"parameter-twice", {"parameter.duplicate @ parameter q"}},
    {"parameter-with-unknown-unit", {"unit.unknown @ parameter q"}},
    {"batch-size-with-unknown-unit", {"unit.unknown @ batch_size"}},
    {"entry-with-unknown-unit", {"unit.unknown @ a:x"}},
    {"plan-twice", {"plan.duplicate @ plan R1"}},
    {"plan-holds-without-role", {"plan.role.missing @ plan R1"}},
    {"unknown-reaction-plan", {"plan.unknown @ a:x"}},
    {"root-is-an-operation", {"level.root @ (procedure)"}},
    {"unit-procedure-inside-an-operation", {"level.nesting @ o/u"}},
    {"phase-inside-a-phase", {"level.nesting @ o/u"}},
    {"step-with-children", {"level.nesting @ s/a", "level.step_group @ s"}},
    {"group-without-children", {"element.empty @ g"}},
    {"no-step-at-all", {"element.empty @ g", "step.none @ (procedure)"}},
    {"element-id-twice", {"element.duplicate @ a"}},
    {"minimum-above-maximum", {"step.duration @ a"}},
    {"entry-id-twice", {"entry.duplicate @ a:x"}},
    {"alert-outside-action", {"limit.order @ a:x", "limit.order @ a:x"}},
    {"target-outside-alert", {"limit.order @ a:x"}},
    {"low-above-high", {"limit.order @ a:x"}},
    {"choice-without-choices", {"entry.choices @ a:x"}},
    {"choice-listed-twice", {"entry.choices @ a:x"}},
    {"formula-missing", {"key.missing @ /procedure/children/0/entries/0", "entry.formula.missing @ a:x"}},
    {"formula-names-unknown-step", {"name.unknown @ a:x"}},
    {"formula-names-unknown-entry", {"name.unknown @ a:x"}},
    {"formula-names-unknown-parameter", {"name.unknown @ a:x"}},
    {"formula-gives-true-or-false", {"expression.kind @ a:x"}},
    {"formula-adds-text", {"expression.kind @ a:x"}},
    {"formula-adds-other-units", {"expression.unit @ a:x"}},
    {"formula-gives-another-unit", {"expression.unit @ a:x"}},
    {"formulas-in-a-circle", {"formula.cycle @ a:x"}},
    {"formula-of-itself", {"formula.cycle @ a:x"}},
    {"condition-names-unknown-step", {"name.unknown @ @when-1"}},
    {"condition-is-a-number", {"expression.kind @ @when-1"}},
    {"two-begins", {"chart.begin.several @ (procedure)"}},
    {"no-begin", {"chart.begin.missing @ (procedure)"}},
    {"no-end", {"chart.end.missing @ (procedure)", "node.dead_end @ @a"}},
    {"node-id-twice", {"node.duplicate @ @e1"}},
    {"node-of-unknown-element", {"node.element.unknown @ @z"}},
    {"element-with-two-nodes", {"node.element.twice @ @z"}},
    {"link-to-unknown-node", {"link.unknown_node @ @a"}},
    {"link-twice", {"link.duplicate @ @a"}},
    {"link-from-the-end", {"link.from_end @ @e1"}},
    {"link-to-the-begin", {"link.to_begin @ @b1"}},
    {"empty-condition", {"transition.condition.empty @ @t1"}},
    {"condition-in-words", {"transition.condition.open @ @t1"}},
    {"unreachable-step", {"node.unreachable @ @b"}},
    {"unreachable-transition", {"node.unreachable @ @t1"}},
    {"dead-end", {"node.dead_end @ @b"}},
    {"loop-without-exit", {"loop.no_exit @ @t1"}},
    {"loop-whose-exit-is-never-true", {"transition.never @ @t2", "loop.no_exit @ @t1"}},
    {"loop-without-a-step", {"loop.without_step @ @m1"}},
    {"loop-over-a-group-that-may-be-passed-without-a-step", {"loop.without_step @ @m1"}},
    {"step-that-repeats-itself", {"loop.no_exit @ @a"}},
    {"join-of-alternatives", {"join.never_fires @ @j1"}},
    {"join-waits-for-itself", {"join.never_fires @ @j1"}},
    {"join-of-an-unreachable-branch", {"node.unreachable @ @b", "join.never_fires @ @j1"}},
    {"join-of-two-choices-of-one-branch", {"join.never_fires @ @j1"}},
    {"branches-not-joined", {"branch.unjoined @ @e1", "branch.leak @ @m1"}},
    {"end-inside-a-branch", {"branch.unjoined @ @e1", "branch.unjoined @ @e2"}},
    {"way-out-of-a-branch", {"branch.leak @ @m1"}},
    {"split-inside-a-loop", {"branch.leak @ @m1", "branch.unjoined @ @e1"}},
    {"several-links-without-conditions", {"node.exit.ambiguous @ @a"}},
    {"link-beside-a-transition", {"node.exit.ambiguous @ @a"}},
    {"transition-with-two-links", {"node.exit.ambiguous @ @t1"}},
    {"transition-behind-one-that-is-always-true", {"transition.never @ @t2"}},
    // clang-format on
};

constexpr const char* kFolder = "tests/workflows/recipes/bad/";

class DefectTest : public testing::TestWithParam<Defect> {};

TEST_P(DefectTest, IsFoundWithItsPlaceAndNothingElseIsReported) {
  const std::string text =
      test::repository_file(std::string(kFolder) + GetParam().file + ".mbr.json");
  ASSERT_FALSE(text.empty());
  const auto reading = read_mbr(text);
  ASSERT_TRUE(reading.has_value()) << reading.error().message;
  EXPECT_EQ(test::errors_of(reading->findings), GetParam().errors);
  for (const Finding& finding : reading->findings) EXPECT_FALSE(finding.message.empty());
}

INSTANTIATE_TEST_SUITE_P(EveryRule, DefectTest, testing::ValuesIn(kDefects),
                         [](const auto& defect) {
                           std::string name = defect.param.file;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Check, EveryRecipeInTheFolderOfDefectsIsTested) {
  std::set<std::string> files, tested;
  for (const auto& file :
       std::filesystem::directory_iterator(std::string(BATCHWRIGHT_SOURCE_DIR "/") + kFolder)) {
    files.insert(file.path().filename().string());
  }
  for (const Defect& defect : kDefects) tested.insert(std::string(defect.file) + ".mbr.json");
  EXPECT_EQ(files, tested);
}

// Defects that no reader lets through are made in code.
Mbr sound_mbr() {
  return read_mbr(test::mbr_text(R"([{"id":"a","title":"A"},{"id":"b","title":"B"}])")).value().mbr;
}

TEST(Check, ASoundMbrHasNoFindings) {
  EXPECT_THAT(check_mbr(sound_mbr()), testing::IsEmpty());
}

TEST(Check, AChildWithoutANodeWouldNeverBePerformed) {
  Mbr mbr = sound_mbr();
  Element child = mbr.procedure.children.back();
  child.id = "c";
  mbr.procedure.children.push_back(child);
  EXPECT_THAT(test::errors_of(check_mbr(mbr)), testing::ElementsAre("element.without_node @ c"));
}

TEST(Check, AStepWithChildrenIsAFinding) {
  Mbr mbr = sound_mbr();
  mbr.procedure.step = StepContent{};
  EXPECT_THAT(test::errors_of(check_mbr(mbr)),
              testing::Contains("element.step_with_children @ (procedure)"));
}

TEST(Check, AUnitOnATextIsAFinding) {
  Mbr mbr = sound_mbr();
  Entry entry;
  entry.id = "x";
  entry.title = {{"en", "X"}};
  entry.unit = "kg";
  mbr.procedure.children.front().step->entries.push_back(entry);
  EXPECT_THAT(test::errors_of(check_mbr(mbr)),
              testing::ElementsAre("entry.unit_without_number @ a:x"));
}

TEST(Check, ASignatureOfUnknownMeaningIsAFinding) {
  Mbr mbr = sound_mbr();
  mbr.procedure.children.front().step->signatures.push_back({"liked", "operator", false});
  EXPECT_THAT(test::errors_of(check_mbr(mbr)), testing::ElementsAre("signature.invalid @ a"));
}

TEST(Check, ElementsNestedTooDeepByCodeAreAFindingAndNoCrash) {
  Mbr mbr = sound_mbr();
  Element element = mbr.procedure;
  for (int i = 0; i < 40; ++i) {
    Element outer = mbr.procedure;
    outer.children = {element};
    element = outer;
  }
  mbr.procedure = element;
  EXPECT_EQ(test::count_code(check_mbr(mbr), "element.depth"), 1U);
}

TEST(Check, AProcedureMayStandDirectlyBelowTheRootAndNowhereElse) {
  const std::string procedure =
      R"([{"id":"q","title":"Q","level":"procedure","children":[{"id":"a","title":"A"}]}])";
  EXPECT_THAT(read_mbr(test::mbr_text(procedure)).value().findings, testing::IsEmpty());
  const std::string deeper =
      R"([{"id":"q","title":"Q","level":"procedure","children":)" + procedure + "}]";
  EXPECT_THAT(test::errors_of(read_mbr(test::mbr_text(deeper)).value().findings),
              testing::ElementsAre("level.nesting @ q/q"));
}

// Ten thousand steps in a hundred operations, each with a formula that names another step.
std::string large_recipe() {
  std::string operations;
  for (int o = 0; o < 100; ++o) {
    std::string steps;
    for (int s = 0; s < 100; ++s) {
      const std::string before =
          "o" + std::to_string(o) + "/s" + std::to_string(s == 0 ? 99 : s - 1);
      steps += std::string(s == 0 ? "" : ",") + R"({"id":"s)" + std::to_string(s) +
               R"(","title":"S","entries":[{"id":"x","title":"X","kind":"decimal"},)" +
               R"({"id":"y","title":"Y","kind":"computed","formula":"{)" + before +
               R"(:x} * 2"}]})";
    }
    operations += std::string(o == 0 ? "" : ",") + R"({"id":"o)" + std::to_string(o) +
                  R"(","title":"O","level":"operation","children":[)" + steps + "]}";
  }
  return test::mbr_text("[" + operations + "]");
}

TEST(Check, TenThousandStepsAreCheckedInWellUnderASecondOfProcessorTime) {
  const Mbr mbr = read_mbr(large_recipe()).value().mbr;
  ASSERT_EQ(mbr.count_steps(), 10'000);
  const std::clock_t start = std::clock();
  EXPECT_THAT(check_mbr(mbr), testing::IsEmpty());
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  RecordProperty("seconds", std::to_string(seconds));
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  constexpr double kMax = 10.0;  // instrumented code is slower
#else
  constexpr double kMax = 1.0;
#endif
  EXPECT_LT(seconds, kMax);
}

TEST(Check, FindingsBeyondTenThousandAreCounted) {
  std::string children;
  for (int i = 0; i < 12'000; ++i) {
    children += (i == 0 ? "" : ",") + std::string(R"({"id":"s)") + std::to_string(i) +
                R"(","title":"S","colour":1})";
  }
  const auto reading = read_mbr(test::mbr_text("[" + children + "]"));
  ASSERT_TRUE(reading.has_value());
  EXPECT_EQ(reading->findings.size(), 10'001U);
  EXPECT_EQ(reading->findings.back().code, "findings.more");
  EXPECT_THAT(reading->findings.back().message, testing::StartsWith("2000 "));
}

}  // namespace
}  // namespace batchwright::workflows

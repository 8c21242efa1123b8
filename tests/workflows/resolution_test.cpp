// The author's answers: every key, every rule, and that an answer that hits nothing is a finding.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/batchml_text.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/batchml.h"

namespace batchwright::workflows {
namespace {

using test::errors_of;
using test::two_steps;
using testing::ElementsAre;
using testing::IsEmpty;

Import answered(const std::string& condition, const std::string& toml) {
  return read_batchml(two_steps(condition), toml, "x.xml").value();
}

std::string condition_of(const Import& imported) {
  const Node* node = imported.mbr.procedure.chart.find("t1");
  return node == nullptr || !node->condition ? "none" : node->condition->text();
}

TEST(Resolution, EmptyConditionsMayMeanThatThePreviousStepIsComplete) {
  const Import imported = answered("", "empty-conditions = \"previous-step-complete\"");
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  EXPECT_EQ(condition_of(imported), "completed(\"ex\")");
}

TEST(Resolution, AConditionIsAnsweredByAnExpression) {
  const Import imported = answered("when it looks good", "[conditions]\nt1 = 'count(\"ex\") = 1'");
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  EXPECT_EQ(condition_of(imported), "count(\"ex\") = 1");
  EXPECT_EQ(imported.mbr.procedure.chart.find("t1")->condition_source, "when it looks good");
}

TEST(Resolution, AConditionIsAnsweredByWordsThatNameSteps) {
  EXPECT_EQ(condition_of(answered("when it looks good", "[conditions]\nt1 = \"Mix Complete\"")),
            "completed(\"ex\")");
}

TEST(Resolution, AnAnswerThatIsNeitherIsAFinding) {
  const Import imported = answered("", "[conditions]\nt1 = \"Stir Complete\"");
  EXPECT_THAT(errors_of(imported.findings),
              testing::Contains("resolve.condition @ conditions \"t1\""));
  EXPECT_TRUE(imported.mbr.draft);
}

TEST(Resolution, AnExpressionWithAnUnknownNameIsAFindingOfTheChecker) {
  EXPECT_THAT(errors_of(answered("", "[conditions]\nt1 = '{ex:ph} > 7'").findings),
              ElementsAre("name.unknown @ @t1 (line 1)"));
}

TEST(Resolution, RemovingTakesTheTransitionAndItsLinks) {
  const Import imported = answered("", "[[remove]]\ntransitions = [\"t1\"]\nreason = \"test\"");
  EXPECT_EQ(imported.mbr.procedure.chart.find("t1"), nullptr);
  EXPECT_EQ(imported.mbr.procedure.chart.links.size(), 2U);
  EXPECT_THAT(errors_of(imported.findings),
              ElementsAre("node.dead_end @ @x (line 1)", "node.unreachable @ @y (line 1)"));
}

TEST(Resolution, RemovingALinkTakesOnlyThat) {
  const Import imported = answered("TRUE", "[remove]\nlinks = [\"L1\"]\nreason = \"test\"");
  EXPECT_EQ(imported.mbr.procedure.chart.links.size(), 3U);
}

TEST(Resolution, ARemovalWithoutAReasonIsAFinding) {
  for (const char* toml :
       {"[[remove]]\nlinks = [\"L1\"]", "[[remove]]\nlinks = [\"L1\"]\nreason = \"  \""}) {
    EXPECT_THAT(errors_of(answered("TRUE", toml).findings),
                testing::Contains("resolve.reason @ resolution line 1"))
        << toml;
  }
}

TEST(Resolution, AnAnswerThatMatchesNothingIsAnError) {
  const Import imported =
      answered("TRUE",
               "[conditions]\nt9 = \"true\"\n[units]\nfurlong = \"m\"\n[[remove]]\ntransitions = "
               "[\"t8\"]\nlinks = [\"L8\"]\nreason = \"r\"");
  EXPECT_THAT(errors_of(imported.findings), ElementsAre("resolve.unused @ conditions \"t9\"",
                                                        "resolve.unused @ remove link \"L8\"",
                                                        "resolve.unused @ remove transition \"t8\"",
                                                        "resolve.unused @ units \"furlong\""));
}

TEST(Resolution, AnAnswerForEmptyConditionsThatIsNotNeededIsAWarning) {
  const Import imported = answered("TRUE", "empty-conditions = \"previous-step-complete\"");
  EXPECT_THAT(errors_of(imported.findings), IsEmpty());
  EXPECT_EQ(test::count_code(imported.findings, "resolve.unused"), 1U);
}

TEST(Resolution, UnknownKeysAndWrongTypesAreFindingsWithTheirLine) {
  const Import imported =
      answered("TRUE",
               "colour = \"red\"\nrecipe = 7\n[conditions]\nt1 = true\n[[remove]]\nsteps = "
               "[\"x\"]\nlinks = \"L1\"\nreason = \"r\"");
  EXPECT_THAT(errors_of(imported.findings),
              ElementsAre("resolve.key @ resolution line 1", "resolve.key @ resolution line 6",
                          "resolve.type @ resolution line 2", "resolve.type @ resolution line 4",
                          "resolve.type @ resolution line 7"));
}

TEST(Resolution, ATextThatIsNotTomlIsOneFindingAndGivesNoAnswers) {
  const Import imported =
      answered("", "empty-conditions = \"previous-step-complete\"\n[conditions\n");
  EXPECT_THAT(errors_of(imported.findings),
              ElementsAre("resolve.malformed @ resolution line 2",
                          "transition.condition.empty @ @t1 (line 1)"));
}

TEST(Resolution, KeysTwiceAndDeepNestingAreNotToml) {
  EXPECT_EQ(test::count_code(answered("TRUE", "recipe = \"R-1\"\nrecipe = \"R-1\"").findings,
                             "resolve.malformed"),
            1U);
  EXPECT_EQ(test::count_code(answered("TRUE", "x = " + std::string(10'000, '[')).findings,
                             "resolve.malformed"),
            1U);
}

TEST(Resolution, MoreThanAMegabyteIsNotRead) {
  EXPECT_EQ(
      test::count_code(answered("TRUE", "#" + std::string(1u << 20, 'x')).findings, "resolve.size"),
      1U);
}

}  // namespace
}  // namespace batchwright::workflows

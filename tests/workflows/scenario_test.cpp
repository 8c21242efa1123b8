// Scenarios: named courses of a batch, and what must come of them. Requirements A4, D1, G3.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/recipe_files.h"
#include "workflows/dry_run.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

const char* const kStep = R"([{"id":"a","title":"A","entries":[
  {"id":"t","title":"T","kind":"decimal","unit":"°C","places":1,"target":"25.0",
   "action":["24.0","26.0"],"reaction_plan":"R2"}],
  "signatures":[{"meaning":"performed"}],"maximum_s":600}])";

DryRunReport play(const std::string& scenario) {
  const auto reading = read_mbr(
      mbr_text(kStep, R"("reaction_plans":[{"id":"R2","what":"Wait","calls_role":"supervisor",
      "remeasure_max":1}],"expectations":{"scenarios":[{"id":"s",)" +
                          scenario + "}]},"));
  EXPECT_TRUE(reading.has_value());
  EXPECT_EQ(errors_of(reading->findings), std::multiset<std::string>{});
  DryRunOptions options;
  options.scenario = "s";
  return dry_run(std::make_shared<const Mbr>(reading->mbr), options);
}

TEST(Scenario, PassesWhenExactlyItsExceptionsOpen) {
  const auto report = play(R"("events":[
    {"step":"a","instance":1,"action":"enter","entry":"t","value":"27.3"},
    {"step":"a","instance":1,"action":"enter","entry":"t","value":"25.3"}],
    "exceptions":["action_limit minor"])");
  ASSERT_EQ(report.scenarios.size(), 1U);
  EXPECT_TRUE(report.scenarios[0].passed) << to_text(report);
}

TEST(Scenario, FailsWhenAnotherOneOpensOrIsMoreSevere) {
  const std::string events =
      R"("events":[{"step":"a","action":"enter","entry":"t","value":"27.3"}],)";
  for (const char* exceptions : {R"("exceptions":[])", R"("exceptions":["alert_limit"])",
                                 R"("exceptions":["action_limit major"])",
                                 R"("exceptions":["action_limit","action_limit"])"}) {
    const auto report = play(events + exceptions);
    EXPECT_FALSE(report.scenarios.at(0).passed) << exceptions;
    EXPECT_EQ(count_code(report.findings, "scenario.exceptions"), 1U) << exceptions;
  }
  EXPECT_TRUE(play(events + R"("exceptions":["action_limit"])").scenarios.at(0).passed);
}

TEST(Scenario, FailsWhenItEndsOtherwiseOrAnEventNeverComes) {
  EXPECT_EQ(count_code(play(R"("ends":"aborted")").findings, "scenario.ends"), 1U);
  EXPECT_EQ(
      count_code(
          play(R"("events":[{"step":"a","instance":2,"action":"wait","seconds":1}])").findings,
          "scenario.unused"),
      1U);
}

TEST(Scenario, LetsTimePassThePowerFailAndThePeopleCorrect) {
  const auto report = play(R"("events":[
    {"step":"a","instance":1,"action":"power_cut","seconds":60,"reason":"As left"},
    {"step":"a","instance":1,"action":"wait","seconds":700},
    {"step":"a","action":"correct","entry":"t","value":"25.1","reason":"Misread"},
    {"step":"a","action":"reopens","value":"a"},
    {"step":"a","action":"expect","entry":"t","value":"25.1"},
    {"step":"a","action":"count","value":"1"}],
    "exceptions":["interruption","time_exceeded","correction"])");
  EXPECT_TRUE(report.scenarios.at(0).passed) << to_text(report);
}

TEST(Scenario, EndsByAbortWhenThePlanHolds) {
  const auto report = play(R"("events":[
    {"step":"a","instance":1,"action":"enter","entry":"t","value":"27.3"},
    {"step":"a","instance":1,"action":"enter","entry":"t","value":"27.2"},
    {"step":"a","action":"abort_held"}],
    "exceptions":["action_limit","action_limit","run_aborted"],"ends":"aborted")");
  EXPECT_TRUE(report.scenarios.at(0).passed) << to_text(report);
}

TEST(Scenario, ThatIsNotThereIsAFinding) {
  const auto reading = read_mbr(mbr_text(kStep, R"("reaction_plans":[{"id":"R2","what":"W",
      "calls_role":"supervisor"}],)"));
  DryRunOptions options;
  options.scenario = "none";
  const auto report = dry_run(std::make_shared<const Mbr>(reading->mbr), options);
  EXPECT_EQ(count_code(report.findings, "scenario.unknown"), 1U);
}

}  // namespace
}  // namespace batchwright::workflows::test

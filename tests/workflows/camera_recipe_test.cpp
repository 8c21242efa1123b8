// Camera checks in an MBR: what is written is what is read, a wrong one is found, a changed check
// is named by the diff, and a dry-run plays them. Requirements E3, E8, E11, A8.
#include "tests/workflows/camera_recipe.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/workflows/recipe_files.h"
#include "workflows/check.h"
#include "workflows/dry_run.h"
#include "workflows/mbr_diff.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using When = CameraChallenge::When;

std::shared_ptr<Mbr> recipe() {
  Entry look = camera_check("look");
  look.camera_check->check.challenge_sha256 = digest("challenge set");
  look.camera_check->attempts_max = 1;
  look.camera_check->fills = {{"lot", "lot"}};
  look.camera_check->expects = {
      {"gtin", {}, "salt", {}}, {"grade", {}, {}, "grade"}, {"unit", "kg", {}, {}}};
  Entry lot = entry("lot", EntryKind::kText);
  lot.captured_by = "camera";
  SignatureRule second = verified();
  second.camera = CameraStandIn{"look", StandInMode::kConfirmsEntry};
  auto mbr = std::make_shared<Mbr>(*linear({step("start", {camera_challenge("set", When::kStart)}),
                                            step("a", {lot, look}, {performed(), second}),
                                            step("end", {camera_challenge("set", When::kEnd)})}));
  mbr->markets = {"US", "EU"};
  mbr->materials = {{"salt", "04012345678901", {{"en", "Salt"}}}};
  mbr->parameters = {
      {.id = "grade", .title = {{"en", "Grade"}}, .value = {}, .text = "USP", .source = {}}};
  return mbr;
}

std::vector<std::string> rules_of(const Mbr& mbr, Severity severity = Severity::kError) {
  std::vector<std::string> rules;
  for (const Finding& finding : check_mbr(mbr)) {
    if (finding.severity == severity) rules.push_back(finding.code);
  }
  return rules;
}

Entry& look_of(Mbr& mbr) {
  return mbr.procedure.children[1].step->entries[1];
}

TEST(CameraRecipe, WhatIsWrittenIsRead) {
  const std::string text = write_mbr(*recipe());
  const auto reading = read_mbr(text);
  ASSERT_TRUE(reading.has_value());
  EXPECT_THAT(errors_of(reading->findings), IsEmpty());
  EXPECT_EQ(reading->mbr.text, text);
  const StepContent& read = *reading->mbr.procedure.find("a")->step;
  const CameraCheck& check = *read.entries[1].camera_check;
  EXPECT_EQ(check.check.id, "label");
  EXPECT_EQ(check.check.sha256, digest("label"));
  EXPECT_EQ(check.check.challenge_sha256, digest("challenge set"));
  EXPECT_EQ(check.camera, "CAM-A");
  EXPECT_EQ(check.attempts_max, 1);
  EXPECT_EQ(check.fills.at(0), std::pair(std::string("lot"), std::string("lot")));
  EXPECT_EQ(check.expects.at(0).requirement, "salt");
  EXPECT_EQ(check.expects.at(1).parameter, "grade");
  EXPECT_EQ(check.expects.at(2).text, "kg");
  EXPECT_EQ(read.signatures[1].camera->mode, StandInMode::kConfirmsEntry);
  EXPECT_EQ(reading->mbr.markets.size(), 2U);
  EXPECT_EQ(reading->mbr.procedure.find("end")->step->entries[0].camera_challenge->when,
            When::kEnd);
}

TEST(CameraRecipe, TheExampleOfTheFormatPageIsReadWithoutAFinding) {
  const std::string page = repository_file("docs/formats/mbr.md");
  const std::size_t section = page.find("## Steps with camera checks");
  const std::size_t begin = page.find("```json\n", section) + 8;
  const auto reading = read_mbr(
      mbr_text(page.substr(begin, page.find("```", begin) - begin), R"("markets":["US"],)"));
  ASSERT_TRUE(reading.has_value()) << reading.error().message;
  EXPECT_THAT(reading->findings, IsEmpty());
  EXPECT_TRUE(reading->mbr.procedure.find("pick")->step->signatures[1].camera.has_value());
}

TEST(CameraRecipe, AttemptsThatAreNotWrittenAreTwo) {
  auto mbr = recipe();
  look_of(*mbr).camera_check->attempts_max = 2;
  EXPECT_EQ(write_mbr(*mbr).find("attempts_max"), std::string::npos);
  EXPECT_EQ(read_mbr(write_mbr(*mbr))
                ->mbr.procedure.find("a")
                ->step->entries[1]
                .camera_check->attempts_max,
            2);
  look_of(*mbr).camera_check->attempts_max = 0;
  EXPECT_EQ(read_mbr(write_mbr(*mbr))
                ->mbr.procedure.find("a")
                ->step->entries[1]
                .camera_check->attempts_max,
            0);
}

TEST(CameraRecipe, EveryDefectIsFound) {
  struct Case {
    const char* rule;
    std::function<void(Mbr&)> spoil;
  };
  const std::vector<Case> cases = {
      {"check.missing", [](Mbr& mbr) { look_of(mbr).camera_check.reset(); }},
      {"check.approved", [](Mbr& mbr) { look_of(mbr).camera_check->check.sha256 = "abc"; }},
      {"check.approved", [](Mbr& mbr) { look_of(mbr).camera_check->check.version = ""; }},
      {"check.challenge_set",
       [](Mbr& mbr) { look_of(mbr).camera_check->check.challenge_sha256 = "abc"; }},
      {"check.camera", [](Mbr& mbr) { look_of(mbr).camera_check->camera = ""; }},
      {"check.attempts", [](Mbr& mbr) { look_of(mbr).camera_check->attempts_max = 11; }},
      {"check.late",
       [](Mbr& mbr) {
         look_of(mbr).late = LateResult{.owner = "laboratory", .due_s = 60, .blocks = {}};
       }},
      {"check.fills", [](Mbr& mbr) { look_of(mbr).camera_check->fills = {{"lot", "none"}}; }},
      {"check.fills",
       [](Mbr& mbr) { mbr.procedure.children[1].step->entries[0].captured_by = ""; }},
      {"check.fills",
       [](Mbr& mbr) { look_of(mbr).camera_check->fills = {{"lot", "lot"}, {"lot2", "lot"}}; }},
      {"check.expects",
       [](Mbr& mbr) { look_of(mbr).camera_check->expects[0].requirement = "sand"; }},
      {"check.expects", [](Mbr& mbr) { look_of(mbr).camera_check->expects[1].parameter = "x"; }},
      {"check.expects",
       [](Mbr& mbr) { look_of(mbr).camera_check->expects[2].parameter = "grade"; }},
      {"check.same",
       [](Mbr& mbr) {
         mbr.procedure.children[0].step->entries.push_back(camera_check("again"));
         mbr.procedure.children[0].step->entries.back().camera_check->camera = "CAM-B";
       }},
      {"check.same",
       [](Mbr& mbr) {
         mbr.procedure.children[0].step->entries.push_back(camera_check("again"));
         mbr.procedure.children[0].step->entries.back().camera_check->check.challenge_sha256 =
             digest("another set");
       }},
      {"challenge.checks",
       [](Mbr& mbr) {
         mbr.procedure.children[0].step->entries[0].camera_challenge->checks = {"x"};
       }},
      {"challenge.checks",
       [](Mbr& mbr) { mbr.procedure.children[0].step->entries[0].camera_challenge->checks = {}; }},
      {"stand_in.check",
       [](Mbr& mbr) { mbr.procedure.children[1].step->signatures[1].camera->check = "lot"; }},
      {"stand_in.check", [](Mbr& mbr) { look_of(mbr).required = false; }},
      {"stand_in.person",
       [](Mbr& mbr) { mbr.procedure.children[1].step->signatures[1].other_person = false; }},
      {"market.invalid", [](Mbr& mbr) { mbr.markets = {"US", "US"}; }},
      {"expect.independent",
       [](Mbr& mbr) { mbr.expectations.independent.push_back({"a", "verified"}); }},
  };
  EXPECT_THAT(rules_of(*recipe()), IsEmpty());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    auto mbr = recipe();
    cases[i].spoil(*mbr);
    EXPECT_THAT(rules_of(*mbr), Contains(cases[i].rule)) << i;
  }
}

TEST(CameraRecipe, AChallengeThatDoesntComeFirstIsAWarning) {
  auto mbr = recipe();
  std::swap(mbr->procedure.children[0].step, mbr->procedure.children[2].step);
  EXPECT_THAT(rules_of(*mbr, Severity::kWarning), Contains("challenge.order"));
  mbr = recipe();
  mbr->markets.clear();
  EXPECT_THAT(rules_of(*mbr, Severity::kWarning), Contains("stand_in.market"));
}

TEST(CameraRecipe, TheDiffNamesAnotherHashOfACheck) {
  const auto before = read_mbr(write_mbr(*recipe()));
  auto mbr = recipe();
  look_of(*mbr).camera_check->check.sha256 = digest("milder");
  const auto after = read_mbr(write_mbr(*mbr));
  const auto changes = diff_mbr(before->mbr, after->mbr).changes;
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes[0].place, "a:look");
  EXPECT_EQ(changes[0].field, "check sha256");
  EXPECT_EQ(changes[0].after, Json(digest("milder")));
  EXPECT_NE(before->mbr.hash, after->mbr.hash);
}

TEST(CameraRecipe, TheSitesPolicyIsReadAndAnUnknownModeIsRefused) {
  const std::string text = R"({"format":"batchwright/site-facts/1","camera_policy":[
    {"market":"US","modes":["equipment_performs","confirms_entry"],"approved_steps":["a"]},
    {"market":"EU","modes":["MODE"]}]})";
  auto good = text;
  good.replace(good.find("MODE"), 4, "confirms_entry");
  const auto site = read_site_facts(good);
  ASSERT_TRUE(site.has_value());
  EXPECT_EQ(site->camera_policy.at("US").modes.size(), 2U);
  EXPECT_TRUE(site->camera_policy.at("US").approved_steps.contains("a"));
  EXPECT_TRUE(site->camera_policy.at("EU").approved_steps.empty());
  EXPECT_FALSE(read_site_facts(text).has_value());
}

Scenario scenario(std::vector<ScenarioEvent> events, std::vector<std::string> exceptions) {
  return {.id = "s", .events = std::move(events), .exceptions = std::move(exceptions)};
}

ScenarioEvent event(const char* step, const char* action, const char* entry, const char* value) {
  ScenarioEvent made;
  made.step = step;
  made.action = action;
  made.entry = entry;
  made.value = value;
  return made;
}

ScenarioEvent says(const char* verdict) {
  return event("a", "check", "look", verdict);
}

// The findings of one scenario, played.
std::vector<std::string> played(const Scenario& known) {
  auto mbr = recipe();
  mbr->expectations.scenarios = {known};
  EXPECT_THAT(rules_of(*mbr), IsEmpty());
  std::vector<std::string> words;
  DryRunOptions options;
  options.scenario = "all";
  for (const Finding& finding : dry_run(mbr, options).findings) {
    words.push_back(finding.code + ": " + finding.message);
  }
  return words;
}

TEST(DryRunOfCameras, ScenariosSayWhatTheCameraSays) {
  EXPECT_THAT(played(scenario({}, {})), IsEmpty());
  EXPECT_THAT(played(scenario({says("fail")}, {"camera_check_failed minor"})), IsEmpty());
  EXPECT_THAT(played(scenario({says("undecided"), says("pass")}, {})), IsEmpty());
  EXPECT_THAT(played(scenario({says("undecided"), says("ok")}, {"camera_check_by_people"})),
              IsEmpty());
  EXPECT_THAT(played(scenario({says("fail"), says("fail")},
                              {"camera_check_failed", "camera_check_failed"})),
              IsEmpty())
      << "the second holds the step, and the supervisor lets it go on";
  EXPECT_THAT(played(scenario({says("fail")}, {})), Not(IsEmpty()));
}

TEST(DryRunOfCameras, AFailedChallengeOpensTheManualPath) {
  const ScenarioEvent bad = event("start", "challenge", "set", "label");
  EXPECT_THAT(played(scenario({bad}, {"camera_challenge_failed", "camera_check_by_people"})),
              IsEmpty());
}

TEST(DryRunOfCameras, WithThePolicyOfEveryMarketTheCameraStandsIn) {
  const auto policy = [](const char* value) { return event("a", "site", "camera_policy", value); };
  EXPECT_THAT(
      played(scenario({policy("US confirms_entry approved"), policy("EU confirms_entry")}, {})),
      IsEmpty());
}

TEST(DryRunOfCameras, ProbesAndFaultsReachEveryCheck) {
  auto mbr = recipe();
  const DryRunReport report = dry_run(mbr);
  for (const Finding& finding : report.findings) {
    EXPECT_NE(finding.severity, Severity::kError)
        << finding.code << " " << finding.place << ": " << finding.message;
  }
  bool reached = false;
  for (const DryRunItem& item : report.items) {
    reached =
        reached || (item.kind == "fault" && item.place == "a:look check fails" && item.reached);
  }
  EXPECT_TRUE(reached);
}

}  // namespace
}  // namespace batchwright::workflows::test

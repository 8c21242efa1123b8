// The shipped example is what its description says: complete, clean for the checker, and its
// formulas give the stated values. Rows A3, A4, A5, A6, B6, B7, B13, B15.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "tests/workflows/recipe_files.h"
#include "workflows/dry_run.h"
#include "workflows/mbr_json.h"

namespace batchwright::workflows {
namespace {

using testing::IsEmpty;

MbrReading read_shipped(const std::string& name) {
  std::ifstream file(std::string(BATCHWRIGHT_SOURCE_DIR "/resources/recipes/") + name);
  EXPECT_TRUE(file) << name;
  std::stringstream text;
  text << file.rdbuf();
  auto reading = read_mbr(text.str());
  EXPECT_TRUE(reading.has_value()) << (reading ? "" : reading.error().message);
  return reading ? *std::move(reading) : MbrReading{};
}

const MbrReading& current() {
  static const MbrReading reading = read_shipped("tris-saline-100l.mbr.json");
  return reading;
}

void collect_steps(const Element& element, std::vector<const Element*>& steps) {
  if (element.step) steps.push_back(&element);
  for (const auto& child : element.children) collect_steps(child, steps);
}

std::vector<const Element*> steps_of(const Mbr& mbr) {
  std::vector<const Element*> steps;
  collect_steps(mbr.procedure, steps);
  return steps;
}

const Entry& entry_of(const Mbr& mbr, const std::string& path, const std::string& id) {
  const auto* step = mbr.procedure.find(path);
  EXPECT_NE(step, nullptr) << path;
  const auto entry = std::ranges::find(step->step->entries, id, &Entry::id);
  EXPECT_NE(entry, step->step->entries.end()) << path << ":" << id;
  return *entry;
}

using Inputs = std::map<std::string, std::string>;

// The reported value of a computed entry, with parameters from the recipe and the other inputs
// given here.
std::string computed(const std::string& path, const std::string& id, const Inputs& inputs,
                     int count = 0) {
  const auto& mbr = current().mbr;
  const auto& entry = entry_of(mbr, path, id);
  const Expression::Environment environment{.value = [&](std::string_view name) -> Value {
                                              if (const auto* parameter = mbr.find_parameter(name))
                                                return parameter->value.value;
                                              const auto found = inputs.find(std::string(name));
                                              if (found == inputs.end()) return NoValue{};
                                              return *Decimal::parse(found->second);
                                            },
                                            .completed = [](std::string_view) { return false; },
                                            .count = [count](std::string_view) { return count; }};
  const auto value = entry.formula->evaluate(environment);
  if (!value) return value.error().message;
  const auto* number = std::get_if<Decimal>(&*value);
  return number == nullptr ? "no value" : number->rounded(entry.places, entry.rounding).to_text();
}

// How many lines a text takes when words wrap at `columns` letters.
int wrapped_lines(std::string text, std::size_t columns) {
  for (auto at = text.find("**"); at != std::string::npos; at = text.find("**")) text.erase(at, 2);
  std::istringstream words(text);
  int lines = 1;
  std::size_t used = 0;
  for (std::string word; words >> word;) {
    const auto letters = static_cast<std::size_t>(
        std::ranges::count_if(word, [](char c) { return (c & 0xC0) != 0x80; }));
    if (used != 0 && used + 1 + letters > columns) {
      ++lines;
      used = 0;
    }
    used += (used == 0 ? 0 : 1) + letters;
  }
  return lines;
}

TEST(ShippedRecipe, ReadsWithoutErrorsAndWarnings) {
  for (const auto* name : {"tris-saline-100l.mbr.json", "tris-saline-100l-v2.mbr.json"}) {
    for (const auto& finding : read_shipped(name).findings)
      ADD_FAILURE() << name << ": " << finding.place << ": " << finding.message;
  }
}

TEST(ShippedRecipe, HasItsThirtyTwoStepsInTheNumbersPeopleUse) {
  const auto steps = steps_of(current().mbr);
  ASSERT_EQ(steps.size(), 32u);
  EXPECT_EQ(current().mbr.count_steps(), 32);
  for (std::size_t i = 0; i < steps.size(); ++i)
    EXPECT_EQ(steps[i]->number, static_cast<int>(i) + 1);
  EXPECT_EQ(steps[7]->id, "weigh-tris");
  EXPECT_EQ(steps[14]->id, "temperature");
  EXPECT_EQ(steps[16]->id, "read-ph");
  EXPECT_EQ(steps[17]->id, "add-acid");
  EXPECT_EQ(steps[31]->id, "clear-line");
}

TEST(ShippedRecipe, CompoundsAssemblesAndPrintsLabelsAtTheSameTime) {
  const auto& chart = current().mbr.procedure.chart;
  const auto split = std::ranges::find(chart.nodes, NodeKind::kAndSplit, &Node::kind);
  ASSERT_NE(split, chart.nodes.end());
  std::vector<std::string> branches;
  for (const auto& link : chart.links)
    if (link.from == split->id) branches.push_back(chart.find(link.to)->element);
  EXPECT_THAT(branches, testing::ElementsAre("compound", "filter-assembly", "labels"));
}

TEST(ShippedRecipe, TakesTheAcidLoopOnlyAboveTheHighLimitOfThePh) {
  const auto* compound = current().mbr.procedure.find("compound");
  ASSERT_NE(compound, nullptr);
  const auto to_acid = std::ranges::find_if(compound->chart.links, [&](const Link& link) {
    return compound->chart.find(link.to)->element == "add-acid";
  });
  ASSERT_NE(to_acid, compound->chart.links.end());
  const auto* transition = compound->chart.find(to_acid->from);
  ASSERT_TRUE(transition->condition);
  const auto taken = [&](const char* ph) {
    const auto value = transition->condition->evaluate(
        {.value = [&](std::string_view) { return Value(*Decimal::parse(ph)); },
         .completed = [](std::string_view) { return true; },
         .count = [](std::string_view) { return 0; }});
    return value && std::get<bool>(*value);
  };
  EXPECT_TRUE(taken("7.52"));
  EXPECT_TRUE(taken("7.46"));
  EXPECT_FALSE(taken("7.45"));
  EXPECT_FALSE(taken("7.39"));
}

TEST(ShippedRecipe, TheFifthAdditionOfAcidBreaksItsLimitAndIsHeldForQuality) {
  const auto& entry = entry_of(current().mbr, "compound/add-acid", "addition");
  EXPECT_EQ(computed("compound/add-acid", "addition", {}, 3), "4");
  EXPECT_EQ(computed("compound/add-acid", "addition", {}, 4), "5");
  EXPECT_EQ(entry.limits.action_high, Decimal(4));
  const auto* plan = current().mbr.find_plan(entry.reaction_plan);
  ASSERT_NE(plan, nullptr);
  EXPECT_TRUE(plan->holds);
  EXPECT_EQ(plan->calls_role, "quality");
}

TEST(ShippedRecipe, FormulaF1GivesTheTrisWeightForEveryCertificate) {
  for (const auto& [assay, lod, grams] :
       std::vector<std::array<const char*, 3>>{{"99.4", "0.3", "611.2"},
                                               {"99.0", "0.5", "614.9"},
                                               {"100.6", "0.1", "602.7"},
                                               {"100.0", "0.0", "605.7"},
                                               {"99.4", "0.5", "612.4"}}) {
    EXPECT_EQ(computed("weigh/weigh-tris", "target",
                       {{"weigh/identify-tris:assay", assay}, {"weigh/identify-tris:lod", lod}}),
              grams)
        << assay << " " << lod;
  }
}

TEST(ShippedRecipe, FormulasF2ToF4GiveTheStatedValues) {
  const std::string check = "compound/in-process-check";
  EXPECT_EQ(computed(check, "conductivity",
                     {{check + ":reading-1", "18.0"},
                      {check + ":reading-2", "18.1"},
                      {check + ":reading-3", "18.1"}}),
            "18.1");
  const Inputs bags{{"filter/fill-bags:bag-1", "49.62"},
                    {"filter/fill-bags:bag-2", "49.18"},
                    {"compound/fill-up:net", "100.62"}};
  EXPECT_EQ(computed("close/yield", "yield", bags), "98.2");
  EXPECT_EQ(computed("close/yield", "accountability", bags), "98.6");
}

TEST(ShippedRecipe, TheInProcessCheckSaysTheWayOn) {
  const std::string check = "compound/in-process-check";
  const auto way_on = [&](const char* conductivity, const char* fill_up, int checks_before) {
    return computed(check, "way-on",
                    {{check + ":conductivity", conductivity}, {"compound/fill-up:net", fill_up}},
                    checks_before);
  };
  EXPECT_EQ(way_on("18.0", "100.60", 0), "0");
  EXPECT_EQ(way_on("19.5", "100.60", 0), "0");
  EXPECT_EQ(way_on("19.6", "100.80", 0), "1") << "water may be added once";
  EXPECT_EQ(way_on("19.6", "100.81", 0), "2") << "no room for water";
  EXPECT_EQ(way_on("19.6", "100.60", 1), "2") << "only once";
  EXPECT_EQ(way_on("16.4", "100.60", 0), "2") << "water does not mend a low value";
}

TEST(ShippedRecipe, TheLabelCountShowsAMissingLabel) {
  const std::string step = "close/reconcile-labels";
  const auto difference = [&](const char* destroyed) {
    return computed(step, "difference",
                    {{"labels/print-labels:issued", "6"},
                     {step + ":used", "2"},
                     {step + ":record", "1"},
                     {step + ":destroyed", destroyed},
                     {step + ":returned", "0"}});
  };
  EXPECT_EQ(difference("3"), "0");
  EXPECT_EQ(difference("2"), "1");
}

TEST(ShippedRecipe, IsSignedTwentyTimesByThePerformerTenByTheVerifierAndOnceByTheSupervisor) {
  std::map<std::string, int> signatures;
  for (const auto* step : steps_of(current().mbr)) {
    for (const auto& rule : step->step->signatures) {
      ++signatures[rule.meaning + " " + rule.role];
      EXPECT_EQ(rule.other_person, &rule != &step->step->signatures.front()) << step->id;
    }
  }
  EXPECT_THAT(signatures, testing::ElementsAre(testing::Pair("approved supervisor", 1),
                                               testing::Pair("performed operator", 20),
                                               testing::Pair("verified operator", 10)));
}

TEST(ShippedRecipe, EveryInstructionFitsSevenLinesInEveryLanguage) {
  for (const auto* step : steps_of(current().mbr)) {
    for (const auto& language : current().mbr.languages) {
      const auto text = step->step->instruction.find(language);
      ASSERT_NE(text, step->step->instruction.end()) << step->id << " " << language;
      EXPECT_LE(wrapped_lines(text->second, 60), 7) << step->id << " " << language;
    }
  }
}

TEST(ShippedRecipe, EveryTypedStandInIsNamed) {
  std::set<std::string> named;
  for (const auto* step : steps_of(current().mbr))
    for (const auto& entry : step->step->entries)
      if (!entry.stands_in_for.empty()) named.insert(entry.stands_in_for);
  EXPECT_THAT(named, testing::ElementsAre("camera", "scale", "scan"));
}

// Requirement E4: a check can't change without a new version of the procedure.
TEST(ShippedRecipe, NamesTheCheckFilesThatAreShippedByTheirHash) {
  std::set<std::string> checks;
  for (const auto* step : steps_of(current().mbr))
    for (const auto& entry : step->step->entries) {
      if (entry.kind != EntryKind::kCameraCheck) continue;
      const auto& approved = entry.camera_check->check;
      const auto bytes = test::repository_file("resources/checks/" + approved.id + ".check.json");
      EXPECT_EQ(to_hex(sha256(bytes)), approved.sha256) << approved.id;
      checks.insert(approved.id);
    }
  EXPECT_THAT(checks,
              testing::ElementsAre("clamp-order", "filter-layout", "ph-display", "tris-label"));
}

std::string unreached(const DryRunReport& report) {
  std::string list;
  for (const DryRunItem& item : report.items) {
    if (!item.reached) list += item.kind + " " + item.place + "\n";
  }
  return list;
}

// Rows A4, B6, B7, B13, B14, B15, D1: dry-run shows all of it but one limit that no value can
// break, since the formula of the way on gives 0, 1 or 2.
TEST(ShippedRecipe, IsPlayedInEveryWayByDryRun) {
  const auto report = dry_run(std::make_shared<const Mbr>(current().mbr));
  EXPECT_THAT(report.findings, IsEmpty()) << to_text(report);
  EXPECT_EQ(unreached(report), "limit compound/in-process-check:way-on action low\n");
  EXPECT_EQ(report.reached("transition"), 4u);
  EXPECT_EQ(report.reached("gate"), report.count("gate"));
  EXPECT_EQ(report.reached("plan"), report.count("plan"));
}

TEST(ShippedRecipe, EveryScenarioOpensExactlyItsExceptions) {
  DryRunOptions options;
  options.scenario = "all";
  const auto report = dry_run(std::make_shared<const Mbr>(current().mbr), options);
  std::map<std::string, std::size_t> opened;
  for (const auto& outcome : report.scenarios) {
    EXPECT_TRUE(outcome.passed) << outcome.id;
    opened[outcome.id] = outcome.exceptions.size();
  }
  EXPECT_EQ(opened.at("clean"), 0u);
  EXPECT_EQ(opened.at("demo"), 5u);  // the filter turned and the clamps swapped are one each
  EXPECT_EQ(opened.at("late-correction"), 1u);
  EXPECT_GE(opened.size(), 60u);
}

TEST(ShippedRecipe, ItsLimitsForTrisFollowFromTheCertificate) {
  const auto& net = entry_of(current().mbr, "weigh/weigh-tris", "net");
  EXPECT_EQ(net.limit_formulas.size(), 5u);
  EXPECT_FALSE(net.limits.action_low.has_value());
  EXPECT_THAT(current().mbr.procedure.find("compound/charge-salts")->step->relies_on,
              testing::Contains("weigh/weigh-tris"));
}

TEST(ShippedRecipe, VersionTwoHadTheWiderTemperatureAndNoFlush) {
  const auto old = read_shipped("tris-saline-100l-v2.mbr.json");
  EXPECT_EQ(old.mbr.id, current().mbr.id);
  EXPECT_EQ(old.mbr.version, "2");
  EXPECT_EQ(old.mbr.count_steps(), 31);
  EXPECT_EQ(old.mbr.procedure.find("filter-assembly/flush"), nullptr);
  EXPECT_NE(current().mbr.procedure.find("filter-assembly/flush"), nullptr);
  const auto& temperature = entry_of(old.mbr, "compound/temperature", "temperature").limits;
  EXPECT_EQ(temperature.action_low, Decimal(20));
  EXPECT_EQ(temperature.action_high, Decimal(30));
}

}  // namespace
}  // namespace batchwright::workflows

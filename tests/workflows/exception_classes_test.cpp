// Every class of exception is opened by exactly one thing, once, with its severity and what it
// stops; a clean run opens none. The classes with an `item` are the sixteen of requirement D2.
// Requirements D1, D2, D5.
#include "workflows/exception_classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "tests/workflows/camera_recipe.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::IsEmpty;
using Kind = ProceduralCommand;

const Person kLab{"lab", {"laboratory"}};

SiteFacts plant() {
  SiteFacts site;
  site.equipment["MX-03"] = {"MX200", "clean", 0, 0, ""};
  site.equipment["MX-04"] = {"MX200", "clean", 0, 0, ""};
  site.equipment["MX-05"] = {"MX200", "dirty", 0, 0, ""};
  site.lots["T-1"] = {"TRIS", "released", 0};
  site.lots["T-2"] = {"TRIS", "quarantine", 0};
  site.lots["N-1"] = {"SALT", "released", 0};
  return site;
}

Entry limited(std::string id, const char* criticality, const char* exception_class) {
  Entry made = temperature("");
  made.id = std::move(id);
  made.criticality = criticality;
  made.exception_class = exception_class;
  return made;
}

Entry identifying(std::string id, const char* requirement) {
  Entry made = entry(std::move(id), EntryKind::kText);
  made.identifies = requirement;
  made.required = false;
  return made;
}

Entry late() {
  Entry made = decimal("s1", "", 0);
  made.limits.action_high = dec("10");
  made.late = LateResult{.owner = "laboratory", .due_s = 7200, .blocks = {}};
  return made;
}

// One step that can go wrong in every way, and a second one.
std::shared_ptr<const Mbr> recipe() {
  Entry question = entry("ok", EntryKind::kYesNo);
  question.expected = true;
  Entry ratio = computed("ratio", "1 / {a:divisor}");
  ratio.required = false;
  Entry divisor = decimal("divisor", "", 0);
  divisor.required = false;
  Entry measured = temperature("AGAIN");
  measured.id = "measured";
  measured.required = false;
  Entry captured = decimal("captured", "g");
  captured.captured_by = "scale";
  captured.required = false;
  std::vector<Entry> entries = {limited("t", "", ""),
                                limited("cpp", "CPP", ""),
                                limited("charge", "CPP", "charge_out_of_limits"),
                                limited("bubble", "CPP", "filter_integrity"),
                                question,
                                divisor,
                                ratio,
                                measured,
                                captured,
                                late(),
                                identifying("mixer", "mixer"),
                                identifying("tris", "tris"),
                                camera_check("look"),
                                camera_challenge("set", CameraChallenge::When::kEnd)};
  for (Entry& made : entries) made.required = false;
  Element first = step("a", entries);
  first.step->maximum_s = 600;
  first.step->gates = {{.id = "never",
                        .kind = Gate::Kind::kCondition,
                        .subject = {},
                        .condition = expr("{open} = 1"),
                        .remedy = {{"en", "Open it."}}}};
  ReactionPlan again = plan("AGAIN", 3, false);
  again.remeasure_after_s = 300;
  auto mbr = std::make_shared<Mbr>(*linear({first, step("b")}, {again}));
  for (const char* id : {"open", "spare"}) {
    mbr->parameters.push_back(
        {.id = id, .title = {{"en", "Named"}}, .value = {dec("1"), ""}, .text = {}, .source = {}});
  }
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  mbr->time_limits = {{.id = "hold",
                       .title = {{"en", "Hold time"}},
                       .from = "a",
                       .to = "b",
                       .minimum_s = 0,
                       .maximum_s = 3600,
                       .reaction_plan = {}}};
  mbr->planned_hold_max_s = 60;
  return mbr;
}

std::shared_ptr<const Mbr> closed_recipe() {
  auto mbr = std::make_shared<Mbr>(*recipe());
  mbr->parameters[0].value.value = dec("0");
  return mbr;
}

struct Fixture {
  const char* exception_class;
  std::function<void(RunDriver&)> act;  // on a run whose first step is running
  bool closed = false;                  // the gate before the first step doesn't hold
};

void record(RunDriver& run, const char* entry, const char* raw) {
  run.must(RecordEntry{"a#1", entry, raw});
}

void complete(RunDriver& run) {
  run.must(CompleteStep{"a#1"});
}

void later(RunDriver& run, int seconds) {
  run.now.unix_ms += seconds * 1000LL;
}

const std::vector<Fixture>& fixtures() {
  static const std::vector<Fixture> kFixtures = {
      {"alert_limit", [](RunDriver& run) { record(run, "t", "25.7"); }},
      {"action_limit", [](RunDriver& run) { record(run, "t", "27.0"); }},
      {"cpp_out_of_limits", [](RunDriver& run) { record(run, "cpp", "27.0"); }},
      {"charge_out_of_limits", [](RunDriver& run) { record(run, "charge", "27.0"); }},
      {"filter_integrity", [](RunDriver& run) { record(run, "bubble", "27.0"); }},
      {"implausible_value", [](RunDriver& run) { record(run, "t", "250"); }},
      {"unexpected_answer", [](RunDriver& run) { record(run, "ok", "no"); }},
      {"equipment_not_ready", [](RunDriver& run) { record(run, "mixer", "MX-05"); }},
      {"equipment_swapped",
       [](RunDriver& run) {
         record(run, "mixer", "MX-03");
         run.must(SwapEquipment{"mixer", "MX-04", "motor"}, kInes);
       }},
      {"material_not_usable", [](RunDriver& run) { record(run, "tris", "T-2"); }},
      {"material_unspecified", [](RunDriver& run) { record(run, "tris", "N-1"); }},
      {"wip_expired",
       [](RunDriver& run) {
         complete(run);
         later(run, 3601);
         run.must(Tick{});
         run.must(Tick{});  // once
       }},
      {"hold_time_exceeded",
       [](RunDriver& run) {
         run.must(Control{"", Kind::kHold, "lunch", true});
         later(run, 61);
         run.must(Tick{});
         run.must(Tick{});
       }},
      {"time_exceeded",
       [](RunDriver& run) {
         later(run, 601);
         run.must(Tick{});
       }},
      {"instrument_failure",
       [](RunDriver& run) { run.must(ReportFailure{"a#1", "instrument_failure", "probe"}); }},
      {"communication_failure",
       [](RunDriver& run) { run.must(ReportFailure{"", "communication_failure", "cable"}); }},
      {"automation_change",
       [](RunDriver& run) { run.must(ReportFailure{"a#1", "automation_change", "phase"}); }},
      {"manual_entry", [](RunDriver& run) { record(run, "captured", "1.0"); }},
      {"step_forced", [](RunDriver& run) { run.must(ForceStep{"a#1", "no probe"}, kSven); }},
      {"gate_overridden",
       [](RunDriver& run) { run.must(OverrideGate{"a#1", "never", "seen"}, kSven); }, true},
      {"step_repeated", [](RunDriver& run) { run.must(RepeatStep{"a#1", "spilled"}, kSven); }},
      {"out_of_specification",
       [](RunDriver& run) {
         complete(run);
         run.must(RecordResult{"a#1", "s1", "11", ""}, kLab);
       }},
      {"result_overdue",
       [](RunDriver& run) {
         complete(run);
         run.work("b#1");
         later(run, 7201);
         run.must(Tick{});
         run.must(Tick{});
       }},
      {"manual_deviation", [](RunDriver& run) { run.must(ReportDeviation{"a#1", "noise"}); }},
      {"annotated_step", [](RunDriver& run) { run.must(AnnotateStep{"a#1", "warm day"}); }},
      {"formula_error", [](RunDriver& run) { record(run, "divisor", "0"); }},
      {"correction",
       [](RunDriver& run) {
         record(run, "t", "25.0");
         complete(run);
         run.must(CorrectEntry{"a#1", "t", "25.1", "misread"});
       }},
      {"value_invalidated",
       [](RunDriver& run) {
         run.must(RecordEntry{"a#1", "captured", "1.0", "g", "scale:BS-04"});
         run.must(InvalidateValue{"a#1", "captured", "scale was not level", ""});
       }},
      {"interruption", [](RunDriver& run) { run.must(RecoverStep{"a#1", "as left"}); }},
      {"redline",
       [](RunDriver& run) {
         run.must(ProposeRedline{R"({"op":"set_parameter","parameter":"spare","value":"2"})",
                                 "other valve"});
       }},
      {"recipe_recalled", [](RunDriver& run) { run.must(RecallRecipe{"label error"}); }},
      {"element_held", [](RunDriver&) {}},     // procedural_state_test.cpp: needs an operation
      {"element_stopped", [](RunDriver&) {}},  // the same
      {"run_held", [](RunDriver& run) { run.must(Control{"", Kind::kHold, "spill"}); }},
      {"run_aborted", [](RunDriver& run) { run.must(Control{"", Kind::kAbort, "spill"}, kInes); }},
      {"camera_check_failed", [](RunDriver& run) { run.must(said("fail")); }},
      {"camera_check_by_people",
       [](RunDriver& run) {
         run.must(said("undecided"));
         run.must(kDecideOk);
       }},
      {"camera_challenge_failed", [](RunDriver& run) { run.must(challenged("a#1", "set", 2, 2)); }},
      {"measured_early",
       [](RunDriver& run) {
         record(run, "measured", "25.0");
         run.must(CorrectEntry{"a#1", "measured", "27.0", "misread"});
         later(run, 299);
         record(run, "measured", "25.0");
       }},
  };
  return kFixtures;
}

RunDriver at_first_step(const SiteFacts& site, bool closed = false) {
  RunDriver run(closed ? closed_recipe() : recipe());
  run.site = &site;
  run.start();
  if (!closed) run.must(BeginStep{"a#1"});
  return run;
}

TEST(ExceptionClasses, EachIsOpenedOnceByItsOwnFixtureWithItsSeverity) {
  const SiteFacts site = plant();
  const std::set<std::string> elsewhere = {"element_held", "element_stopped"};
  for (const Fixture& fixture : fixtures()) {
    SCOPED_TRACE(fixture.exception_class);
    const ExceptionClass* known = find_exception_class(fixture.exception_class);
    ASSERT_NE(known, nullptr);
    RunDriver run = at_first_step(site, fixture.closed);
    fixture.act(run);
    if (elsewhere.contains(fixture.exception_class)) continue;
    std::vector<ExceptionState> opened = run.exceptions();
    // A re-measurement needs a bad value first, and that one is an exception of its own.
    if (std::string(fixture.exception_class) == "measured_early") opened.erase(opened.begin());
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].exception_class, fixture.exception_class);
    EXPECT_EQ(opened[0].severity, known->severity);
    EXPECT_EQ(opened[0].blocks, known->blocks);
  }
}

TEST(ExceptionClasses, OfTheTaxonomyOfSixteenNoneIsWithoutFixture) {  // D2
  std::set<std::string_view> items, proved, with_fixture;
  for (const Fixture& fixture : fixtures()) with_fixture.insert(fixture.exception_class);
  for (const ExceptionClass& known : kExceptionClasses) {
    if (known.item.empty()) continue;
    items.insert(known.item);
    if (with_fixture.contains(known.name)) proved.insert(known.item);
  }
  EXPECT_EQ(items.size(), 16U);
  EXPECT_EQ(proved, items);
}

// `conflict` and `clock_untrusted` come from merging and from the clock; two_people_test.cpp and
// times_test.cpp open them.
TEST(ExceptionClasses, AllOthersHaveAFixtureToo) {
  std::set<std::string_view> without;
  for (const ExceptionClass& known : kExceptionClasses) without.insert(known.name);
  for (const Fixture& fixture : fixtures()) without.erase(fixture.exception_class);
  EXPECT_EQ(without, (std::set<std::string_view>{"clock_untrusted", "conflict"}));
}

TEST(ExceptionClasses, ACleanRunOpensNone) {
  const SiteFacts site = plant();
  RunDriver run = at_first_step(site);
  for (const char* entry : {"t", "cpp", "charge", "bubble", "measured"}) record(run, entry, "25.0");
  record(run, "ok", "yes");
  record(run, "divisor", "4");
  record(run, "mixer", "MX-03");
  record(run, "tris", "T-1");
  run.must(RecordEntry{"a#1", "captured", "1.0", "g", "scale:BS-04"});
  run.must(said("pass"));
  run.must(challenged("a#1", "set", 3, 2));
  complete(run);
  run.work("b#1");
  run.must(RecordResult{"a#1", "s1", "3", ""}, kLab);
  run.must(Tick{});
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST(ExceptionClasses, OneThatBlocksTheBatchHoldsItUntilItsRoleReleasesItBySigning) {  // D5
  const SiteFacts site = plant();
  RunDriver run = at_first_step(site);
  record(run, "bubble", "27.0");
  const std::string id = run.exceptions().back().id;
  EXPECT_EQ(run.state.status, RunStatus::kHeld);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  const auto release = [&](const Person& who, const char* role) {
    return run.release("a#1", id, "refiltered", who, role);
  };
  EXPECT_EQ(run.rule_of_refusal(release(kSven, "supervisor"), kSven), "release.role");
  run.must(release(kPetra, "quality"), kPetra);
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_TRUE(run.state.exceptions.at(id).released);
}

}  // namespace
}  // namespace batchwright::workflows::test

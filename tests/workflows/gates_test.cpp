// Before a step: for each gate a run where only that gate is false. The step is refused, the
// refusal names gate and remedy and is in the record; then the gate holds and the step begins.
// Requirement B6; 21 CFR 11.10(f).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kHourMs = 3'600'000;

Gate gate(std::string id, Gate::Kind kind, std::string subject) {
  Gate made;
  made.id = std::move(id);
  made.kind = kind;
  made.subject = std::move(subject);
  made.remedy = {{"en", "Do what helps."}};
  return made;
}

// "first" identifies mixer and lot, "guarded" has the gate.
std::shared_ptr<const Mbr> recipe(Gate guard) {
  Entry mixer = entry("mixer", EntryKind::kText);
  mixer.identifies = "mixer";
  mixer.required = false;
  Entry tris = entry("tris", EntryKind::kText);
  tris.identifies = "tris";
  tris.required = false;
  Entry x = decimal("x");
  x.required = false;
  Element guarded = step("guarded");
  guarded.step->gates = {std::move(guard)};
  auto mbr = std::make_shared<Mbr>(*linear({step("first", {mixer, tris, x}), guarded}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  return mbr;
}

class Gates : public testing::Test {
 protected:
  Gates() {
    site.equipment["MX-03"] = {"MX200", "clean", 0, 0, ""};
    site.lots["T-1"] = {"TRIS", "released", 0};
    site.rooms["114"] = {"clean", kNow, ""};
    site.trainings["mary"]["BUF@3"] = 0;
  }

  RunDriver at_gate(const Gate& guard) {
    RunDriver run(recipe(guard));
    run.site = &site;
    run.start();
    run.work("first#1", {{"mixer", "MX-03"}, {"tris", "T-1"}, {"x", "1"}});
    return run;
  }

  // Refused with the gate's name and remedy, recorded once, and nothing else changed.
  static void expect_closed(RunDriver& run, const std::string& id, const Person& who = kMary) {
    const std::size_t lines = run.lines.size();
    const auto refused = decide(run.state, BeginStep{"guarded#1"}, run.context(who));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().rule, "gate." + id);
    EXPECT_THAT(refused.error().message, HasSubstr("Do what helps."));
    ASSERT_EQ(refused.error().to_record.size(), 1U);
    const record::Draft& line = refused.error().to_record[0];
    EXPECT_EQ(line.type, "command_refused");
    EXPECT_EQ(line.body.at("rule"), "gate." + id);
    EXPECT_EQ(line.body.at("command"), "begin_step");
    EXPECT_EQ(line.actor, who.id);
    EXPECT_EQ(run.lines.size(), lines);
    EXPECT_EQ(run.step("guarded#1").status, StepStatus::kReady);
  }
  static void expect_open(RunDriver& run, const Person& who = kMary) {
    run.must(BeginStep{"guarded#1"}, who);
    EXPECT_EQ(run.step("guarded#1").status, StepStatus::kRunning);
  }

  static constexpr std::int64_t kNow = 1'795'000'000'000;
  SiteFacts site;
};

TEST_F(Gates, RoleAsksForARole) {
  RunDriver run = at_gate(gate("role", Gate::Kind::kRole, "supervisor"));
  expect_closed(run, "role");
  expect_open(run, kInes);
}

TEST_F(Gates, TrainingAsksForOneInDate) {
  RunDriver run = at_gate(gate("training", Gate::Kind::kTraining, "BUF@3"));
  expect_closed(run, "training", kJan);
  site.trainings["jan"]["OTHER"] = 0;
  expect_closed(run, "training", kJan);
  site.trainings["jan"]["BUF@3"] = kNow - 1;
  expect_closed(run, "training", kJan);
  site.trainings["jan"]["BUF@3"] = kNow + 1;
  expect_open(run, kJan);
}

TEST_F(Gates, EquipmentIsCleanCalibratedAndOurs) {
  RunDriver run = at_gate(gate("equipment", Gate::Kind::kEquipment, "mixer"));
  EquipmentFacts& mixer = site.equipment["MX-03"];
  mixer.state = "dirty";
  expect_closed(run, "equipment");
  mixer = {"MX200", "clean", 0, kNow, ""};
  expect_closed(run, "equipment");
  mixer = {"MX200", "clean", 0, kNow + 1, "run-2"};
  expect_closed(run, "equipment");
  mixer.allocated_to = "run-1";
  expect_open(run);
}

TEST_F(Gates, EquipmentThatWasNotCheckedInIsNotReady) {
  RunDriver run(recipe(gate("equipment", Gate::Kind::kEquipment, "mixer")));
  run.site = &site;
  run.start();
  run.work("first#1", {{"x", "1"}});
  expect_closed(run, "equipment");
}

TEST_F(Gates, MaterialIsReleasedAndInDate) {
  RunDriver run = at_gate(gate("material", Gate::Kind::kMaterial, "tris"));
  site.lots["T-1"].status = "quarantine";
  expect_closed(run, "material");
  site.lots["T-1"] = {"TRIS", "released", kNow};
  expect_closed(run, "material");
  site.lots["T-1"].expires_unix_ms = kNow + 1;
  expect_open(run);
}

TEST_F(Gates, RoomIsCleanNotTooLongAgoAndFree) {
  Gate room = gate("room", Gate::Kind::kRoom, "114");
  room.maximum_s = 72 * 3600;
  RunDriver run = at_gate(room);
  site.rooms["114"] = {"dirty", kNow, ""};
  expect_closed(run, "room");
  site.rooms["114"] = {"clean", kNow - 72 * kHourMs - 1, ""};
  expect_closed(run, "room");
  site.rooms["114"] = {"clean", kNow, "run-2"};
  expect_closed(run, "room");
  site.rooms["114"] = {"clean", kNow - 72 * kHourMs, ""};
  expect_open(run);
}

TEST_F(Gates, TimeWindowHasAMinimumAndAMaximum) {
  Gate window = gate("window", Gate::Kind::kTimeWindow, "first");
  window.minimum_s = 60;
  window.maximum_s = 120;
  RunDriver run = at_gate(window);
  run.now.unix_ms += 59'999;
  expect_closed(run, "window");
  run.now.unix_ms += 60'002;
  expect_closed(run, "window");
  run.now.unix_ms -= 1;
  expect_open(run);
}

TEST_F(Gates, EarlierStepIsCompleteAndNotOpenAgain) {
  RunDriver run(recipe(gate("earlier", Gate::Kind::kStep, "first")));
  run.site = &site;
  run.start();
  run.work("first#1", {{"x", "1"}});
  run.must(RepeatStep{"first#1", "spilled"}, kSven);
  expect_closed(run, "earlier");
  run.work("first#2", {{"x", "2"}});
  expect_open(run);
}

TEST_F(Gates, ConditionIsTrue) {
  Gate condition = gate("x-is-2", Gate::Kind::kCondition, "");
  condition.condition = expr("{first:x} = 2");
  RunDriver run = at_gate(condition);
  expect_closed(run, "x-is-2");
  run.must(CorrectEntry{"first#1", "x", "2", "misread"});
  expect_open(run);
}

// Unknown is never a pass.
TEST_F(Gates, WithoutFactsOfTheSiteNothingThatNeedsThemBegins) {
  for (const auto kind :
       {Gate::Kind::kTraining, Gate::Kind::kEquipment, Gate::Kind::kMaterial, Gate::Kind::kRoom}) {
    const char* subject = kind == Gate::Kind::kEquipment  ? "mixer"
                          : kind == Gate::Kind::kMaterial ? "tris"
                          : kind == Gate::Kind::kRoom     ? "114"
                                                          : "BUF@3";
    RunDriver run = at_gate(gate("known", kind, subject));
    run.site = nullptr;
    expect_closed(run, "known");
    const SiteFacts empty;
    run.site = &empty;
    expect_closed(run, "known");
  }
}

// B7: what can have passed is assumed to have passed.
TEST_F(Gates, AnUncertainClockCountsTheWorstCase) {
  site.lots["T-1"].expires_unix_ms = kNow + 5000;
  RunDriver run = at_gate(gate("material", Gate::Kind::kMaterial, "tris"));
  run.clock_uncertainty_ms = 5000;
  run.must(Tick{});
  EXPECT_EQ(run.exceptions().back().exception_class, "clock_untrusted");
  expect_closed(run, "material");
  run.clock_uncertainty_ms = 4999;
  expect_open(run);
}

// D3: another qualified person, with a reason, for a limited time.
TEST_F(Gates, AnOverrideLetsTheStepBeginForFifteenMinutes) {
  RunDriver run = at_gate(gate("role", Gate::Kind::kRole, "nobody"));
  EXPECT_EQ(run.rule_of_refusal(OverrideGate{"guarded#1", "role", "why"}, kMary), "override.role");
  EXPECT_EQ(run.rule_of_refusal(OverrideGate{"guarded#1", "other", "why"}, kSven),
            "override.nothing");
  EXPECT_EQ(run.rule_of_refusal(OverrideGate{"guarded#1", "role", " "}, kSven), "reason.missing");
  run.must(OverrideGate{"guarded#1", "role", "nobody is here"}, kSven);
  run.now.unix_ms += 15 * 60'000 + 1;
  expect_closed(run, "role");
  run.now.unix_ms -= 1;
  expect_open(run);
  EXPECT_EQ(run.exceptions().back().exception_class, "gate_overridden");
}

TEST_F(Gates, TheSameRefusalIsRecordedOnceAMinute) {
  RunDriver run = at_gate(gate("role", Gate::Kind::kRole, "nobody"));
  const auto tap = [&] {
    auto refused = decide(run.state, BeginStep{"guarded#1"}, run.context(kMary));
    const auto drafts = refused.error().to_record;
    run.append(drafts);
    return drafts.size();
  };
  EXPECT_EQ(tap(), 1U);
  EXPECT_EQ(run.state.refusals.count, 1U);
  EXPECT_EQ(tap(), 0U);
  run.now.unix_ms += 60'000;
  EXPECT_EQ(tap(), 1U);
  EXPECT_EQ(run.state.refusals.count, 2U);
}

// Two in turn don't fill the record either, nor does one person with many.
TEST_F(Gates, RefusalsOfManyKindsAreBounded) {
  RunDriver run = at_gate(gate("role", Gate::Kind::kRole, "nobody"));
  const auto tap = [&](const Command& command, const Person& who) {
    auto refused = decide(run.state, command, run.context(who));
    run.append(refused.error().to_record);
  };
  for (int i = 0; i < 10; ++i) {
    tap(BeginStep{"guarded#1"}, kMary);
    tap(RepeatStep{"first#1", "why"}, kMary);
    tap(BeginStep{"guarded#1"}, kJan);
  }
  EXPECT_EQ(run.state.refusals.count, 3U);
  for (int i = 0; i < 100; ++i) tap(BeginStep{"guarded#1"}, {"person " + std::to_string(i), {}});
  EXPECT_EQ(run.state.refusals.count, 50U);
  EXPECT_EQ(run.state.refusals.recent.size(), 50U);
  run.now.unix_ms += 60'000;
  tap(BeginStep{"guarded#1"}, kMary);
  EXPECT_EQ(run.state.refusals.count, 51U);
  EXPECT_EQ(run.state.refusals.recent.size(), 1U);
}

TEST_F(Gates, WhatWasOnlyMistypedIsNotRecorded) {
  RunDriver run(recipe(gate("role", Gate::Kind::kRole, "operator")));
  run.site = &site;
  run.start();
  run.must(BeginStep{"first#1"});
  const auto refused = decide(run.state, RecordEntry{"first#1", "x", "1,5"}, run.context(kMary));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().to_record.empty());
}

}  // namespace
}  // namespace batchwright::workflows::test

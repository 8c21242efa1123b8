// Step references and the canonical state text. Requirement B10.
#include "workflows/state.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/json.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

TEST(StepRef, IsPathHashInstanceAndNothingElse) {
  const auto ref = step_ref_from_text("compound/read-ph#12");
  ASSERT_TRUE(ref);
  EXPECT_EQ(ref->path, "compound/read-ph");
  EXPECT_EQ(ref->instance, 12);
  EXPECT_EQ(workflows::to_text(*ref), "compound/read-ph#12");
  for (const char* bad : {"", "a", "#1", "a#", "a#0", "a#01", "a#-1", "a#1x", "a#99999999999"}) {
    EXPECT_FALSE(step_ref_from_text(bad)) << bad;
  }
}

TEST(EntryState, TheValueInForceIsTheLastThatNothingReplaced) {
  EntryState state;
  EXPECT_EQ(state.current(), nullptr);
  state.values.resize(2);
  state.values[0].superseded = true;
  EXPECT_EQ(state.current(), &state.values[1]);
  state.values[1].superseded = true;
  EXPECT_EQ(state.current(), nullptr);
}

// A run in which everything that the state can hold is there.
RunDriver rich_run() {
  RunDriver run(
      linear({step("a", {temperature("R2"), computed("k", "{a:temperature} / 2")}, {performed()}),
              step("b")},
             {plan("R2", 2, false)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  run.must(CommentException{run.exceptions()[0].id, "steady"});
  run.must(RecordEntry{"a#1", "temperature", "25"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  run.must(CorrectEntry{"a#1", "temperature", "25.1", "misread"});
  record::StoredLine strange = run.lines.back();
  strange.line.type = "valve_opened";
  apply(run.state, strange);
  strange.line.type = "step_completed";
  strange.line.step = "b#1";
  apply(run.state, strange);
  return run;
}

// Keys sorted at every level, no floating point anywhere.
void expect_canonical(const Json& json) {
  EXPECT_FALSE(json.is_number_float()) << json;
  if (json.is_object()) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : json.items()) keys.push_back(key);
    EXPECT_TRUE(std::ranges::is_sorted(keys)) << json;
  }
  if (json.is_structured()) {
    for (const Json& child : json) expect_canonical(child);
  }
}

TEST(StateText, IsCanonicalJsonWithItsVersion) {
  const RunDriver run = rich_run();
  const auto json = parse_json(state_text(run.state));
  ASSERT_TRUE(json);
  EXPECT_EQ((*json)["format"], "state/3");
  EXPECT_EQ(batchwright::to_text(*json), state_text(run.state));
  expect_canonical(*json);
  EXPECT_EQ(state_hash(run.state), to_hex(sha256(state_text(run.state))));
}

TEST(StateText, ShowsEveryChangeOfWhatARunHolds) {
  const RunDriver run = rich_run();
  const std::string before = state_hash(run.state);
  const auto changed = [&](auto change) {
    RunState copy = run.state;
    change(copy);
    return state_hash(copy) != before;
  };
  using S = RunState&;
  EXPECT_TRUE(changed([](S s) { s.number = "B-2"; }));
  EXPECT_TRUE(changed([](S s) { s.status = RunStatus::kHeld; }));
  EXPECT_TRUE(changed([](S s) { s.tokens[""]["x"] = 1; }));
  EXPECT_TRUE(changed([](S s) { s.elements[""] = "aborted"; }));
  EXPECT_TRUE(changed([](S s) { s.challenges.clear(); }));
  EXPECT_TRUE(changed([](S s) { s.conflicts.clear(); }));
  EXPECT_TRUE(changed([](S s) { ++s.events; }));
  EXPECT_TRUE(changed([](S s) { ++s.not_understood; }));
  EXPECT_TRUE(changed([](S s) { ++s.last_unix_ms; }));
  EXPECT_TRUE(changed([](S s) { s.exceptions.begin()->second.comments.clear(); }));
  EXPECT_TRUE(changed([](S s) { s.exceptions.begin()->second.released = true; }));
  StepRef a{"a", 1};
  EXPECT_TRUE(changed([&](S s) { s.steps[a].status = StepStatus::kAborted; }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].reopened = false; }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].signatures[0].voided_by.clear(); }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].signatures[0].covered.pop_back(); }));
  EXPECT_TRUE(
      changed([&](S s) { s.steps[a].entries["temperature"].values[0].superseded = false; }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].entries["k"].values[0].value = "1"; }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].remeasured.clear(); }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].lines.pop_back(); }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].held_by = "x"; }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].excused.insert("k"); }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].checks["look"].fails = 1; }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].checks["look"].attempts.emplace_back(); }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].challenges["set"]["label"].passed = true; }));
  EXPECT_TRUE(changed([&](S s) { s.steps[a].stood_in.emplace_back(); }));
  EXPECT_TRUE(changed([](S s) { s.suitability["label"].disabled = true; }));
  EXPECT_FALSE(changed([](S s) { s.index = nullptr; }));
  EXPECT_FALSE(changed([](S s) { s.tokens["empty"]; }));
}

TEST(Apply, KeepsUnknownTypesAndImpossibleFactsWithoutChangingAnythingElse) {
  const RunDriver run = rich_run();
  EXPECT_EQ(run.state.not_understood, 1U);
  ASSERT_EQ(run.state.conflicts.size(), 1U);
  EXPECT_NE(run.state.conflicts[0].find("step_completed b#1"), std::string::npos);
  EXPECT_EQ(run.step("b#1").status, StepStatus::kReady);
}

TEST(Apply, IgnoresCommitsAndOtherSubjects) {
  RunDriver run(linear({step("a")}));
  run.start();
  const std::string before = state_text(run.state);
  record::StoredLine line = run.lines.back();
  ASSERT_EQ(line.line.type, "commit");
  apply(run.state, line);
  line.line.type = "step_started";
  line.line.step = "a#1";
  line.line.subject.id = "run-2";
  apply(run.state, line);
  line.line.subject = {"device", "run-1"};
  apply(run.state, line);
  EXPECT_EQ(state_text(run.state), before);
}

TEST(Apply, OfEveryLineTwiceChangesTheRunOnce) {
  RunDriver run(linear({step("a", {decimal("x")}), step("b")}));
  run.start();
  run.work("a#1", {{"x", "1"}});
  run.work("b#1");
  RunState twice = initial_state(run.mbr, run.state.run);
  for (const auto& line : run.lines) {
    apply(twice, line);
    apply(twice, line);
  }
  EXPECT_EQ(twice.status, RunStatus::kComplete);
  EXPECT_EQ(twice.steps.size(), run.state.steps.size());
  EXPECT_FALSE(twice.conflicts.empty());
}

}  // namespace
}  // namespace batchwright::workflows::test

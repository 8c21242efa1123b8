// What a person is told before anything is stored comes from a preview; what is stored is applied.
// From every point of a rich batch both must be the same. Requirements B3, B10.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "tests/workflows/rich_run.h"
#include "workflows/internal/apply_event.h"
#include "workflows/internal/state_edit.h"

namespace batchwright::workflows::test {
namespace {

void look_ahead(StateEdit& preview, const record::StoredLine& stored) {
  const record::Line& line = stored.line;
  if (line.type == "commit") return;
  apply_event(preview, decode_event(line).value(),
              {line.step, line.actor, line.role, line.time, instant_from_text(line.time)->unix_ms,
               to_hex(stored.hash), "preview"});
}

// The state that the preview stands for, put together piece by piece from what it answers about
// everything that `known` has.
RunState seen_through(const StateEdit& preview, const RunState& known) {
  RunState seen = preview.scalars();
  seen.steps.clear();
  seen.instances.clear();
  seen.elements.clear();
  seen.tokens.clear();
  seen.exceptions.clear();
  seen.exception_order = known.exception_order;
  seen.pending.clear();
  for (const auto& [ref, step] : known.steps) {
    if (const StepState* found = preview.step(ref)) seen.steps[ref] = *found;
    seen.instances[ref.path] = preview.instances(ref.path);
  }
  for (const auto& [path, state] : known.elements) seen.elements[path] = preview.element(path);
  for (const std::string& chart : preview.active_charts()) {
    for (const std::string& place : preview.places(chart)) {
      seen.tokens[chart][place] = preview.tokens(chart, place);
    }
  }
  for (const auto& [id, exception] : known.exceptions) {
    if (const ExceptionState* found = preview.exception(id)) seen.exceptions[id] = *found;
  }
  for (const std::string& place : preview.pending_places()) {
    seen.pending[place] = *preview.pending(place);
  }
  seen.challenges.clear();
  for (const std::string& challenge : known.challenges) {
    if (preview.used_challenge(challenge)) seen.challenges.insert(challenge);
  }
  seen.events = known.events;
  seen.last_unix_ms = known.last_unix_ms;
  return seen;
}

std::vector<std::string> active_elements_of(const RunState& state) {
  std::vector<std::string> active;
  for (const auto& [path, name] : state.elements) {
    const bool rests =
        name == "idle" || name == "complete" || name == "stopped" || name == "aborted";
    if (!rests) active.push_back(path);
  }
  return active;
}

std::vector<std::string> plan_exceptions_of(const RunState& state) {
  std::vector<std::string> ids;
  for (const std::string& id : state.exception_order) {
    const ExceptionState& known = state.exceptions.at(id);
    if (!known.plan.empty() && !known.escalated && !known.released) ids.push_back(id);
  }
  return ids;
}

std::vector<std::string> holding_exceptions_of(const RunState& state) {
  std::vector<std::string> ids;
  for (const auto& [ref, step] : state.steps) {
    if (state.open.contains(ref) && !step.held_by.empty()) ids.push_back(step.held_by);
  }
  return ids;
}

void expect_same(const StateEdit& seen, const RunState& stored) {
  EXPECT_EQ(state_text(seen_through(seen, stored)), state_text(stored));
  EXPECT_EQ(seen.scalars().open, stored.open);
  EXPECT_EQ(seen.active_elements(), active_elements_of(stored));
  EXPECT_EQ(seen.open_plan_exceptions(), plan_exceptions_of(stored));
  EXPECT_EQ(seen.open_exceptions(), holding_exceptions_of(stored));
  for (const auto& [path, count] : stored.instances) {
    const StepState* newest = seen.newest(path);
    ASSERT_NE(newest, nullptr) << path;
    EXPECT_EQ(newest->status, stored.steps.at({path, count}).status) << path;
  }
  EXPECT_EQ(seen.newest("nowhere"), nullptr);
  EXPECT_EQ(seen.element("nowhere"), "idle");
  EXPECT_EQ(seen.tokens("", "nowhere"), 0);
  EXPECT_FALSE(seen.used_challenge("never"));
}

TEST(StatePreview, SeesFromAnyPointOfARichBatchWhatIsStoredLater) {
  constexpr std::size_t kAhead = 12;  // lines, about what one command makes
  const RunDriver run = play_rich_run([](const std::string&, const RunDriver&) {});
  for (std::size_t from = 0; from < run.lines.size(); from += 3) {
    SCOPED_TRACE(fmt::format("from line {}", from));
    RunState stored = initial_state(run.mbr, run.state.run);
    for (std::size_t i = 0; i < from; ++i) apply(stored, run.lines[i]);
    const RunState base = stored;
    const std::string untouched = state_text(base);
    StateEdit preview(base);
    const std::size_t to = std::min(from + kAhead, run.lines.size());
    for (std::size_t i = from; i < to; ++i) {
      look_ahead(preview, run.lines[i]);
      apply(stored, run.lines[i]);
    }
    expect_same(preview, stored);
    expect_same(StateEdit(stored), stored);
    EXPECT_EQ(state_text(base), untouched);
    if (HasFailure()) return;
  }
}

TEST(StatePreview, CountsConflictsOfTheRecordAndItsOwn) {
  RunState base;
  base.conflicts = {"one", "two"};
  StateEdit preview(std::as_const(base));
  EXPECT_EQ(preview.conflict_count(), 2U);
  preview.add_conflict("three");
  EXPECT_EQ(preview.conflict_count(), 3U);
  EXPECT_EQ(base.conflicts.size(), 2U);
  preview.use_challenge("mine");
  EXPECT_TRUE(preview.used_challenge("mine"));
}

Redline redline(std::string step, bool in_force) {
  Redline made;
  made.step = std::move(step);
  made.in_force = in_force;
  return made;
}

// Requirement A9: a step waits while a change of it is proposed, and shows the one it was changed
// by.
TEST(StatePreview, KnowsTheRedlinesOfAStepFromTheRecordAndItsOwn) {
  RunState base;
  base.redlines["1"] = redline("a", false);
  base.redlines["2"] = redline("b", true);
  StateEdit preview(std::as_const(base));
  preview.edit_redline("3") = redline("c", false);
  EXPECT_TRUE(preview.has_open_redline("a"));
  EXPECT_FALSE(preview.has_open_redline("b"));
  EXPECT_TRUE(preview.has_open_redline("c"));
  EXPECT_FALSE(preview.has_open_redline("d"));
  EXPECT_EQ(preview.redline_of("a"), std::nullopt);
  EXPECT_EQ(preview.redline_of("b"), "2");
  preview.edit_redline("1").in_force = true;  // approved meanwhile
  preview.edit_redline("3").in_force = true;
  EXPECT_FALSE(preview.has_open_redline("a"));
  EXPECT_EQ(preview.redline_of("a"), "1");
  EXPECT_EQ(preview.redline_of("c"), "3");
}

}  // namespace
}  // namespace batchwright::workflows::test

// The run, its groups and its tokens.
#include <fmt/format.h>

#include <charconv>

#include "workflows/internal/applier.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/tokens.h"

namespace batchwright::workflows {
namespace {

using State = ProceduralState;
using Command = ProceduralCommand;

// What the table makes of a recorded change; earlier programs wrote one change for hold, resume and
// abort.
bool is_possible(State from, std::string_view command, State to) {
  if (command == "complete") command = "done";
  if (from == State::kHeld && command == "resume" && to == State::kRunning) return true;
  const auto known = procedural_command_from_text(command.empty() ? "done" : command);
  if (!known) return false;
  const auto next = next_state(from, *known);
  if (!next) return false;
  return *next == to || next_state(*next, Command::kDone) == to;
}

std::int64_t seconds_of(const std::string& text) {
  std::int64_t seconds = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && seconds > 0 && seconds < 1'000'000'000 ? seconds : 0;
}

}  // namespace

void Applier::operator()(const RunStarted& event) {
  RunState& run = state_.scalars();
  if (run.status != State::kIdle || !run.mbr_hash.empty()) {
    return conflict("run_started", "the run was started before");
  }
  if (event.mbr_hash != state_.index().hash) {
    return conflict("run_started", "it names another master batch record");
  }
  run.number = event.number;
  run.kind = event.kind;
  run.mbr_hash = event.mbr_hash;
}

void Applier::operator()(const RunStateChanged& event) {
  RunState& run = state_.scalars();
  const auto to = procedural_state_from_text(event.to);
  const bool started = !run.mbr_hash.empty();
  const bool waits = to == State::kComplete && state_.element("") != to_string(State::kComplete);
  if (!to || !started || waits || event.from != to_string(run.status) ||
      !is_possible(run.status, event.command, *to)) {
    return conflict("run_state_changed", fmt::format("{} is not possible when {}", event.command,
                                                     to_string(run.status)));
  }
  const State from = run.status;
  run.status = *to;
  if (event.command == "start") run.started_time = line_.time;
  if (is_over(*to)) run.ended_time = line_.time;
  if (*to == State::kHeld) run.hold.since_unix_ms = line_.unix_ms;
  const bool was_held = from == State::kHeld;
  if (was_held) {
    state_.count_hold(line_.unix_ms - run.hold.since_unix_ms);
    run.hold = {};
  }
  if (*to == State::kAborted || *to == State::kStopped) end_open_work("", event.to.c_str());
}

void Applier::operator()(const HoldDeclared& event) {
  HoldState& hold = state_.scalars().hold;
  hold.kind = event.kind;
  hold.exception = event.exception;
  hold.maximum_ms = seconds_of(event.maximum_s) * 1000;
}

void Applier::operator()(const ElementStateChanged& event) {
  const IndexedElement* element = state_.index().find(event.element);
  const auto from = procedural_state_from_text(event.from);
  const auto to = procedural_state_from_text(event.to);
  if (element == nullptr || element->is_step() || !from || !to ||
      event.from != state_.element(event.element)) {
    return conflict("element_state_changed", "the element is not in that state");
  }
  const bool enters =
      *to == State::kRunning && (*from == State::kIdle || *from == State::kComplete);
  if (enters) {
    const bool root = event.element.empty() && *from == State::kIdle;
    if (!root && !may_start(state_, event.element)) {
      return conflict("element_state_changed", "it was not the turn of the element");
    }
    state_.set_element(event.element, event.to);
    return enter_chart(state_, event.element);
  }
  if (*to == State::kComplete && *from == State::kRunning) {
    if (!is_finished(state_, event.element)) {
      return conflict("element_state_changed", "the element can't change so now");
    }
    state_.clear_tokens(event.element);
    state_.set_element(event.element, event.to);
    if (!event.element.empty() && !leave_element(state_, event.element)) {
      conflict("element_state_changed", "no token waited at the element");
    }
    return;
  }
  if (!is_possible(*from, event.command, *to)) {
    return conflict("element_state_changed", "the element can't change so now");
  }
  state_.set_element(event.element, event.to);
  if (*to == State::kRunning) state_.scalars().held_elements.erase(event.element);
  if (*to == State::kAborted || *to == State::kStopped) {
    end_open_work(event.element, event.to.c_str());
  }
}

void Applier::operator()(const TransitionFired& event) {
  if (!fire_transition(state_, event.chart, event.transition)) {
    conflict("transition_fired", "no token waited before the transition");
  }
}

// The decision itself; the token moves with the transition_fired that follows.
void Applier::operator()(const TransitionChosen& event) {
  const ChartIndex* chart = state_.index().chart(event.chart);
  if (chart == nullptr || chart->find(event.transition) == nullptr) {
    conflict("transition_chosen", "there is no such transition");
  }
}

void Applier::operator()(const BarPassed& event) {
  if (!pass_bar(state_, event.chart, event.bar)) {
    conflict("bar_passed", "the tokens it needs did not wait there");
  }
}

// Stop and abort: every open step ends, the groups below are over, and no token is left in them.
void Applier::end_open_work(const std::string& below, const char* state) {
  const std::set<StepRef> open = state_.scalars().open;
  for (const StepRef& ref : open) {
    if (!is_below(ref.path, below)) continue;
    state_.edit_step(ref).held_by.clear();
    state_.set_status(ref, StepStatus::kAborted);
  }
  for (const std::string& path : state_.active_elements()) {
    if (path != below && is_below(path, below)) state_.set_element(path, state);
  }
  if (below.empty()) state_.set_element("", state);
  for (const std::string& chart : state_.active_charts()) {
    if (is_below(chart, below)) state_.clear_tokens(chart);
  }
}

}  // namespace batchwright::workflows

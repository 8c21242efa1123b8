// Changes of procedural state while deciding: commands, and "-ing" states that are over.
#include "workflows/internal/decision.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {
namespace {

using State = ProceduralState;

// Over in the commit that begins it; pausing and stopping wait for the running steps below.
bool is_over_at_once(State state) {
  return state == State::kHolding || state == State::kRestarting || state == State::kAborting;
}

bool has_running_steps(const StateEdit& state, const std::string& group) {
  for (const StepRef& ref : state.scalars().open) {
    if (is_below(ref.path, group) && state.step(ref)->status != StepStatus::kReady) return true;
  }
  return false;
}

template <typename Allowed>
bool all_above(const Decision& decision, const std::string& path, Allowed allowed) {
  const RunIndex& index = decision.index();
  for (const IndexedElement* at = index.find(path); at != nullptr && !path.empty();) {
    const std::string& parent = at->parent;
    if (parent.empty()) return true;
    if (!allowed(decision.state_of(parent))) return false;
    at = index.find(parent);
  }
  return true;
}

bool may_work_in(State state) {
  return state == State::kRunning || state == State::kPausing || state == State::kStopping ||
         state == State::kComplete;
}

}  // namespace

ProceduralState Decision::state_of(const std::string& element) const {
  if (element.empty()) return state_.scalars().status;
  return procedural_state_from_text(state_.element(element)).value_or(State::kIdle);
}

void Decision::emit_change(const std::string& element, State to, const std::string& command,
                           const std::string& reason) {
  const std::string from = to_string(state_of(element));
  if (element.empty()) {
    emit(RunStateChanged{command, from, to_string(to), reason});
  } else {
    emit(ElementStateChanged{element, from, to_string(to), command, reason});
  }
}

void Decision::change_state(const std::string& element, ProceduralCommand command,
                            const std::string& reason) {
  const auto next = next_state(state_of(element), command);
  if (!next) return;
  emit_change(element, *next, to_string(command), reason);
  if (!is_over_at_once(*next)) return;
  emit_change(element, *next_state(*next, ProceduralCommand::kDone),
              to_string(ProceduralCommand::kDone), {});
}

// Pausing and stopping end when no step below is running any more.
void Decision::settle() {
  std::vector<std::string> elements = state_.active_elements();
  elements.emplace_back();
  for (const std::string& element : elements) {
    const State state = state_of(element);
    if (state != State::kPausing && state != State::kStopping) continue;
    if (has_running_steps(state_, element)) continue;
    emit_change(element, *next_state(state, ProceduralCommand::kDone),
                to_string(ProceduralCommand::kDone), {});
  }
}

bool may_begin_below(const Decision& decision, const std::string& path) {
  const bool group = decision.index().chart(path) != nullptr && !path.empty();
  if (group && decision.state_of(path) != State::kRunning) return false;
  return all_above(decision, path, [](State state) { return state == State::kRunning; });
}

bool may_work_below(const Decision& decision, const std::string& path) {
  return all_above(decision, path, may_work_in);
}

bool may_work_on(const Decision& decision, const KnownStep& step) {
  const auto finishes = [](State state) { return may_work_in(state) || is_over(state); };
  return step.state->reopened ? all_above(decision, step.ref.path, finishes)
                              : may_work_below(decision, step.ref.path);
}

}  // namespace batchwright::workflows

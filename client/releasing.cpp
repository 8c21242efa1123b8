#include "client/releasing.h"

#include "workflows/procedural_state.h"
#include "workflows/releasing.h"

namespace batchwright::client {

namespace {

using workflows::ProceduralCommand;
using workflows::ProceduralState;

// The command that lets go on what a person stopped; nullopt when nobody stopped it.
std::optional<ProceduralCommand> command_for(ProceduralState state) {
  switch (state) {
    case ProceduralState::kHeld:
    case ProceduralState::kHolding: return ProceduralCommand::kRestart;
    case ProceduralState::kPaused:
    case ProceduralState::kPausing: return ProceduralCommand::kResume;
    default: return std::nullopt;
  }
}

std::optional<Stop> stop_of_element(const workflows::RunState& run, const std::string& element) {
  if (const auto* blocker = workflows::blocker_of(run, element); blocker != nullptr)
    return Stop{.exception = blocker->id, .element = element};
  const auto named = run.elements.find(element);
  if (named == run.elements.end()) return std::nullopt;
  const auto state = workflows::procedural_state_from_text(named->second);
  const auto command = state ? command_for(*state) : std::nullopt;
  if (!command) return std::nullopt;
  return Stop{.exception = {}, .element = element, .command = *command};
}

// A value that can't be computed: the step waits for a correction of what it uses, or for somebody
// who lets it go on without.
std::optional<Stop> stop_by_formula(const workflows::RunState& run, const workflows::StepRef& ref,
                                    const workflows::StepState& step) {
  if (step.status != workflows::StepStatus::kRunning) return std::nullopt;
  const auto place = workflows::to_text(ref);
  for (const auto& [id, exception] : run.exceptions) {
    const bool open = !exception.released && exception.step == place &&
                      workflows::may_be_excused(*run.mbr, exception) &&
                      !step.excused.contains(exception.entry);
    if (!open) continue;
    const auto entry = step.entries.find(exception.entry);
    if (entry == step.entries.end() || entry->second.current() == nullptr)
      return Stop{.exception = id};
  }
  return std::nullopt;
}

// What was begun goes on.
bool stopped_by_recall(const workflows::RunState& run, const workflows::StepRef& step) {
  const auto found = run.steps.find(step);
  const bool begins =
      found == run.steps.end() || found->second.status == workflows::StepStatus::kReady;
  return run.recalled && begins && !workflows::is_over(run.status);
}

// Something was reported before anybody began the step.
std::optional<Stop> stop_before_begin(const workflows::RunState& run, const workflows::StepRef& ref,
                                      const workflows::StepState& step) {
  if (step.status != workflows::StepStatus::kReady) return std::nullopt;
  const auto place = workflows::to_text(ref);
  for (const auto& [id, exception] : run.exceptions)
    if (exception.step == place && workflows::blocks_step(exception)) return Stop{.exception = id};
  return std::nullopt;
}

}  // namespace

std::optional<Stop> stop_of(const workflows::RunState& run, const workflows::StepRef& step) {
  for (const auto& id : run.exception_order)
    if (workflows::blocks_batch(run.exceptions.at(id)) && !workflows::is_over(run.status))
      return Stop{.exception = id};
  if (const auto command = command_for(run.status))
    return Stop{.exception = {}, .element = {}, .command = *command};
  if (stopped_by_recall(run, step)) return Stop{.is_recall = true};
  for (auto at = step.path.find('/'); at != std::string::npos; at = step.path.find('/', at + 1))
    if (auto stop = stop_of_element(run, step.path.substr(0, at))) return stop;
  const auto found = run.steps.find(step);
  if (found == run.steps.end()) return std::nullopt;
  if (!found->second.held_by.empty()) return Stop{.exception = found->second.held_by};
  if (auto stop = stop_before_begin(run, step, found->second)) return stop;
  return stop_by_formula(run, step, found->second);
}

}  // namespace batchwright::client

// What screens ask about a run: derived from the state, never stored.
#include <algorithm>

#include "workflows/engine.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {

StepNeeds needs(const RunState& state, const StepRef& ref, Instant now) {
  StepNeeds needs;
  const auto found = state.steps.find(ref);
  const StepContent* content = state.index == nullptr ? nullptr : state.index->step(ref.path);
  if (found == state.steps.end() || content == nullptr) {
    needs.held = true;
    return needs;
  }
  const StepState& step = found->second;
  needs.missing_entries = missing_entries(*content, step);
  needs.missing_signatures = missing_signatures(*content, step);
  const std::int64_t minimum_ms = std::int64_t{content->minimum_s} * 1000;
  needs.elapsed_ms = elapsed_ms(*content, step, state.hold, now);
  needs.minimum_left_ms = std::max<std::int64_t>(0, minimum_ms - needs.elapsed_ms);
  needs.held = step.status == StepStatus::kHeld;
  return needs;
}

std::vector<StepRef> open_steps(const RunState& state) {
  std::vector<StepRef> steps(state.open.begin(), state.open.end());
  std::ranges::stable_sort(steps, {},
                           [&](const StepRef& ref) { return state.index->find(ref.path)->order; });
  return steps;
}

std::vector<std::string> lines_to_sign(const RunState& state, const StepRef& ref) {
  const auto found = state.steps.find(ref);
  return found == state.steps.end() ? std::vector<std::string>{} : found->second.lines;
}

}  // namespace batchwright::workflows

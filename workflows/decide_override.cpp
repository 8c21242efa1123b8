// Overrides: another qualified person answers, and the exception stands at the top of the review
// (requirement D3). Nobody overrides their own work.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/check_rules.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/gates.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

Checked check_overrider(const Decision& decision, const StepState& step, const std::string& what,
                        const std::string& place) {
  auto good = check_role(decision, {"supervisor", "quality"}, "override.role", what);
  if (!good) return good;
  const std::string& person = decision.context().actor;
  if (step.took_part(person) || step.started_by == person) {
    return refuse("override.same_person",
                  "Whoever worked at the step can't override it. Nothing was saved. Call another "
                  "qualified person.",
                  place);
  }
  return {};
}

std::vector<std::string> everything_missing(const KnownStep& step) {
  std::vector<std::string> missing;
  for (const std::string& entry : missing_entries(*step.content, *step.state)) {
    missing.push_back("entry " + entry);
  }
  for (const SignatureRule& rule : missing_signatures(*step.content, *step.state)) {
    missing.push_back(fmt::format("signature {} by {}", rule.meaning, rule.role));
  }
  return missing;
}

}  // namespace

Checked decide_command(Decision& decision, const ForceStep& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const StepStatus status = step->state->status;
  if (status == StepStatus::kComplete || status == StepStatus::kAborted) {
    return refuse("step.complete", "The step is over. There is nothing to force.", command.step);
  }
  if (status == StepStatus::kHeld) {
    return refuse("step.held", "An exception holds the step. Release that first.", command.step);
  }
  const bool ready = status == StepStatus::kReady;
  const bool may = ready ? may_begin_below(decision, step->ref.path) : may_work_on(decision, *step);
  if (!may) {
    return refuse("step.element_state", "The operation of this step is not running.", command.step);
  }
  auto good = ready ? check_what_nobody_overrides(decision, *step) : Checked{};
  if (!good) return good;
  good = check_overrider(decision, *step->state, "force a step", command.step);
  if (!good) return good;
  for (const Entry& entry : step->content->entries) {
    if (!waits_for_pass(*step->state, entry)) continue;
    return refuse("check.failed",
                  "A camera check of the step failed: only a pass ends that. Nothing was saved. "
                  "Check again, or repeat the step.",
                  command.step + ":" + entry.id);
  }
  if (good = check_reason(command.reason, command.step); !good) return good;
  decision.open_exception(
      {.exception_class = "step_forced", .message = "The step was completed by force."},
      command.step);
  decision.emit(StepForced{command.reason, everything_missing(*step)}, command.step);
  complete_step(decision, *find_step(decision, command.step));
  return {};
}

Checked decide_command(Decision& decision, const OverrideGate& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto gate = std::ranges::find(step->content->gates, command.gate, &Gate::id);
  if (gate == step->content->gates.end() || step->state->status != StepStatus::kReady) {
    return refuse("override.nothing", "There is no such gate before this step.", command.step);
  }
  auto good = check_overrider(decision, *step->state, "override a gate", command.step);
  if (!good) return good;
  if (good = check_reason(command.reason, command.step); !good) return good;
  decision.emit(GateOverridden{command.gate, command.reason}, command.step);
  decision.open_exception(
      {.exception_class = "gate_overridden",
       .value = command.gate,
       .message = fmt::format("The gate {} was overridden for 15 minutes.", command.gate)},
      command.step);
  return {};
}

Checked decide_command(Decision& decision, const RepeatStep& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const bool newest = decision.state().instances(step->ref.path) == step->ref.instance;
  const StepStatus status = step->state->status;
  if (!newest || step->state->voided || status == StepStatus::kReady) {
    return refuse("repeat.nothing", "Only the newest execution of a step can be repeated.",
                  command.step);
  }
  auto good = check_role(decision, {"supervisor", "quality"}, "repeat.role", "repeat a step");
  if (!good) return good;
  // Doing it once more is no way round who has to let it go on.
  const ExceptionState* holder = decision.state().exception(step->state->held_by);
  if (holder != nullptr && !holder->released) {
    if (good = check_releaser(decision, *holder, command.step); !good) return good;
  }
  if (good = check_reason(command.reason, command.step); !good) return good;
  const bool token_is_gone =
      status == StepStatus::kComplete || step->state->reopened || step->state->repeat;
  const StepRef next{step->ref.path, step->ref.instance + 1};
  decision.emit(StepRepeated{command.reason}, command.step);
  decision.open_exception({.exception_class = "step_repeated",
                           .value = to_text(next),
                           .message = "The step is done once more; the first execution is void."},
                          command.step);
  // One that still had its token becomes ready again by itself.
  if (token_is_gone) decision.emit(StepReady{}, to_text(next));
  return {};
}

}  // namespace batchwright::workflows

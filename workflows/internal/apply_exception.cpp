// Exceptions: opened, commented, escalated; refusals counted.
#include <algorithm>

#include "workflows/internal/applier.h"
#include "workflows/internal/refusal_record.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

// A step is held by an exception that says so, by a plan that holds, by a plan whose further
// measurements are used up, and after an interruption that the MBR leaves to a supervisor.
bool holds_step(const RunIndex& index, const StepRef& ref, const StepState& step,
                const ExceptionOpened& event) {
  if (event.exception_class == "interruption") {
    return step.held_by.empty() && index.step(ref.path)->recovery == Recovery::kAskSupervisor;
  }
  if (!event.blocks.empty()) return true;
  const ReactionPlan* plan = index.mbr->find_plan(event.plan);
  return plan != nullptr && plan_stops(*plan, step, event.entry);
}

}  // namespace

void Applier::operator()(const ExceptionOpened& event) {
  if (event.id.empty() || state_.exception(event.id) != nullptr) {
    return conflict("exception_opened", "its id is missing or taken");
  }
  ExceptionState opened;
  opened.id = event.id;
  opened.number = event.number;
  opened.exception_class = event.exception_class;
  opened.severity = event.severity;
  opened.step = line_.step;
  opened.entry = event.entry;
  opened.value = event.value;
  opened.limit = event.limit;
  opened.plan = event.plan;
  opened.message = event.message;
  opened.time = line_.time;
  opened.actor = line_.actor;
  opened.blocks = event.blocks;
  opened.release = event.release;
  opened.unix_ms = line_.unix_ms;
  state_.add_exception(std::move(opened));
  if (event.exception_class == "wip_expired") {
    state_.scalars().time_limits_reported.insert(event.limit);
  }
  if (event.exception_class == "clock_untrusted") state_.scalars().clock_reported = true;
  if (event.exception_class == "conflict") {
    state_.scalars().conflicts_reported = state_.conflict_count();
  }
  if (event.exception_class == "hold_time_exceeded") {
    state_.scalars().hold.maximum_reported = true;
  }
  const auto ref = existing_step();
  if (!ref) return;
  if (event.blocks == "operation") {
    const std::string operation = state_.index().operation_of(ref->path);
    // A hold by a person stays that person's.
    const bool runs = state_.element(operation) == to_string(ProceduralState::kRunning);
    if (runs) state_.scalars().held_elements.emplace(operation, event.id);
  }
  if (event.exception_class == "result_overdue") {
    const std::string place = line_.step + ":" + event.entry;
    if (state_.pending(place) != nullptr) state_.edit_pending(place).overdue_reported = true;
  }
  StepState& step = state_.edit_step(*ref);
  step.lines.push_back(line_.hash);
  if (event.exception_class == "time_exceeded") step.maximum_reported = true;
  const bool working = step.status == StepStatus::kRunning || step.status == StepStatus::kHeld;
  if (working && holds_step(state_.index(), *ref, step, event)) {
    if (step.held_by.empty()) step.held_by = event.id;
    state_.set_status(*ref, StepStatus::kHeld);
  }
}

void Applier::operator()(const ExceptionCommented& event) {
  if (state_.exception(event.id) == nullptr) {
    return conflict("exception_commented", "there is no such exception");
  }
  state_.edit_exception(event.id).comments.push_back(event.text);
  if (const auto ref = existing_step()) state_.edit_step(*ref).lines.push_back(line_.hash);
}

void Applier::operator()(const ExceptionEscalated& event) {
  if (state_.exception(event.id) == nullptr) {
    return conflict("exception_escalated", "there is no such exception");
  }
  ExceptionState& exception = state_.edit_exception(event.id);
  exception.severity = event.severity;
  if (!event.role.empty()) exception.release = event.role;
  exception.escalated = true;
}

void Applier::operator()(const CommandRefused& event) {
  RefusalCount& refusals = state_.scalars().refusals;
  ++refusals.count;
  std::erase_if(refusals.recent,
                [&](const auto& known) { return !is_recent_refusal(known.second, line_.unix_ms); });
  if (refusals.recent.size() >= kRefusalsPerMinuteMax) return;
  refusals.recent[refusal_key(line_.actor, event.rule, event.place)] = line_.unix_ms;
}

}  // namespace batchwright::workflows

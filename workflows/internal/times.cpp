#include "workflows/internal/times.h"

#include <fmt/format.h>

#include "workflows/entry_value.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

constexpr std::int64_t kClockTrustedMs = 1000;

std::string duration(std::int64_t ms) {
  return fmt::format("{} s", ms / 1000);
}

std::int64_t longest_since(const Decision& decision, std::int64_t unix_ms) {
  const Context& context = decision.context();
  return context.now.unix_ms + context.clock_uncertainty_ms - unix_ms;
}

void report_steps(Decision& decision) {
  const std::set<StepRef> open = decision.state().scalars().open;
  for (const StepRef& ref : open) {
    const StepState& step = *decision.state().step(ref);
    const StepContent& content = *decision.index().step(ref.path);
    if (content.maximum_s == 0 || step.started_time.empty() || step.reopened ||
        step.maximum_reported) {
      continue;
    }
    const std::int64_t maximum_ms = std::int64_t{content.maximum_s} * 1000;
    const std::int64_t passed_ms =
        elapsed_ms(content, step, decision.state().scalars().hold, decision.context().now) +
        decision.context().clock_uncertainty_ms;
    if (passed_ms <= maximum_ms) continue;
    decision.open_exception(
        {.exception_class = "time_exceeded",
         .value = duration(passed_ms),
         .limit = fmt::format("at most {} s", content.maximum_s),
         .message = fmt::format("The step took longer than {} s.", content.maximum_s)},
        to_text(ref));
  }
}

// Counts from the newest completion of `from` until `to` begins after it.
void report_time_limit(Decision& decision, const TimeLimit& limit) {
  const int instance = decision.state().instances(limit.from);
  const StepState* from = decision.state().newest(limit.from);
  if (limit.maximum_s == 0 || from == nullptr || from->completed_time.empty()) return;
  const StepState* to = decision.state().newest(limit.to);
  if (to != nullptr && to->started_unix_ms >= from->completed_unix_ms) return;
  const std::int64_t passed_ms = longest_since(decision, from->completed_unix_ms);
  if (passed_ms <= std::int64_t{limit.maximum_s} * 1000) return;
  const std::string broken =
      fmt::format("{}#{}: at most {} s", limit.id, instance, limit.maximum_s);
  if (decision.state().scalars().time_limits_reported.contains(broken)) return;
  decision.open_exception(
      {.exception_class = "wip_expired",
       .value = duration(passed_ms),
       .limit = broken,
       .plan = limit.reaction_plan,
       .message = fmt::format("{}: more than {} s have passed.", english(limit.title, limit.id),
                              limit.maximum_s)});
}

void report_hold(Decision& decision) {
  const HoldState& hold = decision.state().scalars().hold;
  const bool counts = hold.maximum_ms != 0 && hold.since_unix_ms != 0 && !hold.maximum_reported;
  if (!counts || longest_since(decision, hold.since_unix_ms) <= hold.maximum_ms) return;
  decision.open_exception(
      {.exception_class = "hold_time_exceeded",
       .value = duration(longest_since(decision, hold.since_unix_ms)),
       .limit = fmt::format("at most {}", duration(hold.maximum_ms)),
       .message = fmt::format("The hold took longer than {}.", duration(hold.maximum_ms))});
}

void report_results(Decision& decision) {
  for (const std::string& place : decision.state().pending_places()) {
    const PendingResult pending = *decision.state().pending(place);
    const bool overdue = !pending.received && !pending.overdue_reported &&
                         pending.due_unix_ms != 0 &&
                         longest_since(decision, pending.due_unix_ms) > 0;
    if (!overdue) continue;
    const std::size_t colon = place.rfind(':');
    decision.open_exception(
        {.exception_class = "result_overdue",
         .entry = place.substr(colon + 1),
         .limit = pending.due,
         .message = fmt::format("A result of {} was due at {}.", pending.owner, pending.due)},
        place.substr(0, colon));
  }
}

// Still out of limits when the plan's time is over: more severe, and another person is called.
void escalate(Decision& decision) {
  for (const std::string& id : decision.state().open_plan_exceptions()) {
    const ExceptionState exception = *decision.state().exception(id);
    const ReactionPlan* plan = decision.index().mbr->find_plan(exception.plan);
    if (plan == nullptr || plan->escalate_after_s == 0 || exception.escalated) continue;
    if (longest_since(decision, exception.unix_ms) <= std::int64_t{plan->escalate_after_s} * 1000) {
      continue;
    }
    const auto ref = step_ref_from_text(exception.step);
    const StepState* step = ref ? decision.state().step(*ref) : nullptr;
    const RecordedValue* value = step == nullptr ? nullptr : current_value(*step, exception.entry);
    const bool out = value != nullptr && needs_reaction(value->verdict);
    const CheckState* check = step == nullptr ? nullptr : check_state(*step, exception.entry);
    const bool failing = check != nullptr && check->fail_stands;
    if (!out && !failing) continue;
    decision.emit(ExceptionEscalated{id, plan->escalate_severity, plan->escalate_role},
                  exception.step);
  }
}

// Gates and maximum times assume the worst case, and a person learns of it.
void report_clock(Decision& decision) {
  const std::int64_t uncertainty_ms = decision.context().clock_uncertainty_ms;
  if (uncertainty_ms < kClockTrustedMs || decision.state().scalars().clock_reported) return;
  decision.open_exception({.exception_class = "clock_untrusted",
                           .value = duration(uncertainty_ms),
                           .message = "The clock of the panel may be wrong; times count the worst "
                                      "case."});
}

// What could not follow in the merged order of several panels: both stay in the record, and a
// person resolves it.
void report_conflicts(Decision& decision) {
  const RunState& run = decision.state().scalars();
  const std::size_t count = decision.state().conflict_count();
  if (count <= run.conflicts_reported) return;
  decision.open_exception(
      {.exception_class = "conflict",
       .value = fmt::format("{}", count - run.conflicts_reported),
       .message = "Panels recorded what can't both have happened. Look at both and decide."});
}

}  // namespace

void report_times(Decision& decision) {
  const RunStatus status = decision.state().scalars().status;
  if (status == RunStatus::kIdle) return;
  report_conflicts(decision);
  report_results(decision);
  if (is_over(status)) return;
  report_clock(decision);
  report_steps(decision);
  for (const TimeLimit& limit : decision.index().mbr->time_limits) {
    report_time_limit(decision, limit);
  }
  report_hold(decision);
  escalate(decision);
}

Checked decide_command(Decision& decision, const Tick&) {
  report_times(decision);
  return {};
}

}  // namespace batchwright::workflows

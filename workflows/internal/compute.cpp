// Computed entries: evaluated as soon as all their inputs have values in force, and again when one
// of those changes.
#include <fmt/format.h>

#include <deque>

#include "workflows/entry_value.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/exceptions_of_values.h"
#include "workflows/internal/run_values.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

struct Computed {
  std::string raw;
  ReportedValue reported;
};

Result<Computed> evaluate(const Entry& entry, const StateEdit& state, const StepRef& ref) {
  const auto value = entry.formula->evaluate(environment_of(state, &ref));
  if (!value) return std::unexpected(value.error());
  const Decimal* number = std::get_if<Decimal>(&*value);
  if (number == nullptr) return fail(ErrorCode::kMalformed, "The result is not a number.");
  auto reported = report_decimal(entry, *number);
  if (!reported) return std::unexpected(reported.error());
  return Computed{number->to_text(), std::move(*reported)};
}

bool is_begun(const StepState& step) {
  return step.status == StepStatus::kRunning || step.status == StepStatus::kHeld;
}

}  // namespace

void Decision::compute(const StepRef& ref, const Entry& entry) {
  const std::string step = to_text(ref);
  EntryComputed event{.entry = entry.id,
                      .formula = entry.formula->text(),
                      .inputs = inputs_of(*entry.formula, state_, &ref),
                      .raw = {},
                      .value = {},
                      .unit = entry.unit,
                      .verdict = verdict::kNone,
                      .error = {}};
  const auto computed = evaluate(entry, state_, ref);
  if (!computed) {
    event.error = computed.error().message;
    emit(event, step);
    open_exception({.exception_class = "formula_error",
                    .entry = entry.id,
                    .message = fmt::format("The value can't be computed. {}", event.error)},
                   step);
    return;
  }
  event.raw = computed->raw;
  event.value = computed->reported.value;
  event.verdict = computed->reported.verdict;
  emit(event, step);
  open_value_exception(*this, entry, computed->reported, step);
}

bool Decision::wants_computing(const StepRef& ref, const Entry& entry) const {
  const StepState* step = state_.step(ref);
  if (step == nullptr || !has_inputs(*entry.formula, state_, &ref)) return false;
  // A completed step is computed again, but never gets a value it went without.
  const bool had_result =
      current_value(*step, entry.id) != nullptr || step->excused.contains(entry.id);
  return is_begun(*step) || (step->status == StepStatus::kComplete && had_result);
}

void Decision::compute_entries(const StepRef& ref) {
  for (const Entry& entry : index().step(ref.path)->entries) {
    if (entry.kind != EntryKind::kComputed || !entry.formula) continue;
    const bool has_value = current_value(*state_.step(ref), entry.id) != nullptr;
    if (has_value || !wants_computing(ref, entry)) continue;
    compute(ref, entry);
    recompute_after(ref, entry.id);
  }
}

void Decision::recompute_after(const StepRef& ref, const std::string& entry) {
  struct Pending {
    StepRef ref;
    const Entry* entry;
  };
  std::deque<Pending> pending;
  const auto add_readers = [&](const StepRef& changed, const std::string& id) {
    const auto readers = index().formulas_reading.find(changed.path + ":" + id);
    if (readers == index().formulas_reading.end()) return;
    const bool is_newest = state_.instances(changed.path) == changed.instance;
    for (const FormulaPlace& place : readers->second) {
      const bool same_step = place.step == changed.path;
      if (!same_step && !is_newest) continue;  // formulas elsewhere read the newest instance
      const StepRef target{place.step, same_step ? changed.instance : state_.instances(place.step)};
      std::erase_if(pending, [&](const Pending& p) { return p.entry == place.entry; });
      pending.push_back({target, place.entry});
    }
  };
  add_readers(ref, entry);
  // A formula can't read itself: it would never have got its first value. The bound is for the
  // proof, not for the case.
  for (std::size_t i = 0; i < index().formulas_reading.size() * 10 && !pending.empty(); ++i) {
    const Pending next = pending.front();
    pending.pop_front();
    if (!wants_computing(next.ref, *next.entry)) continue;
    compute(next.ref, *next.entry);
    add_readers(next.ref, next.entry->id);
  }
}

}  // namespace batchwright::workflows

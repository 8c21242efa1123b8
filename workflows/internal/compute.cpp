// Computed entries: evaluated as soon as all their inputs have values in force, and again when one
// of those changes.
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "workflows/entry_value.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/exceptions_of_values.h"
#include "workflows/internal/limits_of.h"
#include "workflows/internal/run_values.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

struct Computed {
  std::string raw;
  ReportedValue reported;
};

Result<Decimal> evaluate_number(const Expression& formula, const StateEdit& state,
                                const StepRef& ref) {
  const auto value = formula.evaluate(environment_of(state, &ref));
  if (!value) return std::unexpected(value.error());
  const Decimal* number = std::get_if<Decimal>(&*value);
  if (number == nullptr) return fail(ErrorCode::kMalformed, "The result is not a number.");
  return *number;
}

Result<Computed> evaluate(const Entry& entry, const StateEdit& state, const StepRef& ref) {
  const auto number = evaluate_number(*entry.formula, state, ref);
  if (!number) return std::unexpected(number.error());
  auto reported = report_decimal(judged_entry(entry, *state.step(ref)), *number);
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
  changed_.insert(ref.path);  // also when there is no result any more
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

// What the entry's limit formulas give now. An error is an exception record, never a number; the
// limits are unknown then.
void Decision::compute_limits(const StepRef& ref, const Entry& entry) {
  const std::string step = to_text(ref);
  LimitsComputed event{.entry = entry.id};
  Limits limits = entry.limits;
  for (const LimitFormula& computed : entry.limit_formulas) {
    event.formulas.emplace_back(name_of_limit(computed.limit), computed.formula.text());
    for (auto& input : inputs_of(computed.formula, state_, &ref)) {
      if (std::ranges::find(event.inputs, input) == event.inputs.end()) {
        event.inputs.push_back(std::move(input));
      }
    }
    const auto value = evaluate_number(computed.formula, state_, ref);
    if (!value) {
      event.error = value.error().message;
    } else {
      limits.*computed.limit = value->rounded(entry.places, entry.rounding);
    }
  }
  const std::optional<Limits> before = limits_of(entry, *state_.step(ref));
  if (event.error.empty() && before == limits) return;
  if (event.error.empty()) event.limits = pairs_of(limits);
  emit(event, step);
  changed_.insert(ref.path);
  if (!event.error.empty()) {
    open_exception({.exception_class = "formula_error",
                    .entry = entry.id,
                    .message = fmt::format("The limits can't be computed. {}", event.error)},
                   step);
  } else {
    judge_again(ref, entry);
  }
}

// A value that was good by the old limits, or came before there were any, may be bad by the new
// ones: an exception, the value stays.
void Decision::judge_again(const StepRef& ref, const Entry& entry) {
  const RecordedValue* value = current_value(*state_.step(ref), entry.id);
  if (value == nullptr) return;
  const auto number = Decimal::parse(value->value);
  if (!number) return;
  const auto judged = report_decimal(judged_entry(entry, *state_.step(ref)), *number);
  if (!judged || judged->verdict == value->verdict) return;
  open_value_exception(*this, entry, *judged, to_text(ref));
}

bool Decision::wants_computing(const StepRef& ref, const Entry& entry) const {
  const StepState* step = state_.step(ref);
  if (step == nullptr || !has_inputs(*entry.formula, state_, &ref)) return false;
  // A completed step is computed again, but never gets a value it went without.
  const bool had_result =
      current_value(*step, entry.id) != nullptr || step->excused.contains(entry.id);
  return is_begun(*step) || (step->status == StepStatus::kComplete && had_result);
}

bool Decision::wants_limits(const StepRef& ref, const Entry& entry) const {
  const StepState* step = state_.step(ref);
  if (step == nullptr || entry.limit_formulas.empty()) return false;
  if (!is_begun(*step) && step->status != StepStatus::kComplete) return false;
  return std::ranges::all_of(entry.limit_formulas, [&](const LimitFormula& limit) {
    return has_inputs(limit.formula, state_, &ref);
  });
}

void Decision::compute_entries(const StepRef& ref) {
  for (const Entry& entry : index().step(ref.path)->entries) {
    if (wants_limits(ref, entry) && !state_.step(ref)->limits.contains(entry.id)) {
      compute_limits(ref, entry);
    }
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
    bool limits;  // its limits, else its value
  };
  std::deque<Pending> pending;
  const auto add = [&](const StepRef& changed, const FormulaPlace& place, bool limits) {
    const bool is_newest = state_.instances(changed.path) == changed.instance;
    const bool same_step = place.step == changed.path;
    if (!same_step && !is_newest) return;  // formulas elsewhere read the newest instance
    const StepRef target{place.step, same_step ? changed.instance : state_.instances(place.step)};
    std::erase_if(pending,
                  [&](const Pending& p) { return p.entry == place.entry && p.limits == limits; });
    pending.push_back({target, place.entry, limits});
  };
  const auto add_readers = [&](const StepRef& changed, const std::string& id) {
    const std::string reference = changed.path + ":" + id;
    if (const auto readers = index().limits_reading.find(reference);
        readers != index().limits_reading.end()) {
      for (const FormulaPlace& place : readers->second) add(changed, place, true);
    }
    if (const auto readers = index().formulas_reading.find(reference);
        readers != index().formulas_reading.end()) {
      for (const FormulaPlace& place : readers->second) add(changed, place, false);
    }
  };
  add_readers(ref, entry);
  // A formula can't read itself: it would never have got its first value. The bound is for the
  // proof, not for the case.
  const std::size_t readers = index().formulas_reading.size() + index().limits_reading.size();
  for (std::size_t i = 0; i < readers * 10 && !pending.empty(); ++i) {
    const Pending next = pending.front();
    pending.pop_front();
    if (next.limits) {
      if (wants_limits(next.ref, *next.entry)) compute_limits(next.ref, *next.entry);
      continue;
    }
    if (!wants_computing(next.ref, *next.entry)) continue;
    compute(next.ref, *next.entry);
    add_readers(next.ref, next.entry->id);
  }
}

// The corrected step, the steps whose results or limits changed with it, and whoever acted on them.
void Decision::reopen_relying(const StepRef& ref, const std::string& entry) {
  std::vector<std::string> cause(changed_.begin(), changed_.end());
  if (!changed_.contains(ref.path)) cause.push_back(ref.path);
  for (std::size_t i = 0; i < cause.size(); ++i) {
    const auto relying = index().relying_on.find(cause[i]);
    if (relying == index().relying_on.end()) continue;
    for (const std::string& path : relying->second) {
      if (path == ref.path) continue;
      const StepRef target{path, state_.instances(path)};
      const StepState* step = state_.step(target);
      if (step == nullptr || step->status != StepStatus::kComplete) continue;
      emit(StepReopened{to_text(ref) + ":" + entry}, to_text(target));
      cause.push_back(path);
    }
  }
}

}  // namespace batchwright::workflows

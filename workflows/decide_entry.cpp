// Commands about values: record, correct. A value is never refused for what it says.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "workflows/entry_value.h"
#include "workflows/internal/affected.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/exceptions_of_values.h"
#include "workflows/internal/identify.h"
#include "workflows/internal/limits_of.h"
#include "workflows/internal/names.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

struct TypedValue {
  const Entry* entry;
  ReportedValue reported;
  Identified identified;
};

const char* rule_of_format(EntryKind kind) {
  switch (kind) {
    case EntryKind::kComputed: return "entry.computed";
    case EntryKind::kCameraCheck:
    case EntryKind::kCameraChallenge: return "entry.camera";
    default: return "entry.format";
  }
}

// With the limits that are in force for this step, and what the site knows of what it identifies.
std::expected<TypedValue, Refusal> read_typed(const Decision& decision, const KnownStep& step,
                                              const std::string& entry_id, const std::string& raw) {
  const std::string place = to_text(step.ref) + ":" + entry_id;
  const Entry* entry = find_entry(*step.content, entry_id);
  if (entry == nullptr) {
    return refuse("entry.unknown", "The step has no such entry. Nothing was saved.", place);
  }
  auto reported = read_entry_value(judged_entry(*entry, *step.state), raw);
  if (!reported) {
    return refuse(rule_of_format(entry->kind), reported.error().message, place);
  }
  TypedValue typed{entry, std::move(*reported), {}};
  if (!entry->identifies.empty()) {
    typed.identified = identify(decision, entry->identifies, typed.reported.value);
    typed.reported.verdict = typed.identified.why_not.empty() ? verdict::kOk : verdict::kUnexpected;
    typed.reported.limit = typed.identified.why_not;
  }
  return typed;
}

// In the entry's unit: a value in another unit of its dimension is converted exactly, never taken
// as it is.
std::expected<std::string, Refusal> in_unit_of(const Entry& entry, const RecordEntry& command) {
  if (command.unit.empty() || command.unit == entry.unit) return command.raw;
  const std::string place = command.step + ":" + command.entry;
  const auto value = Decimal::parse(command.raw);
  if (!value) return refuse("entry.format", "This is not a number. Nothing was saved.", place);
  const auto converted = convert({*value, command.unit}, entry.unit);
  if (!converted) return refuse("entry.unit", converted.error().message, place);
  return converted->value.to_text();
}

// Limits that can't be computed yet are said to be unknown; the value is stored all the same.
void report_unknown_limits(Decision& decision, const KnownStep& step, const Entry& entry) {
  if (limits_of(entry, *step.state)) return;
  decision.open_exception({.exception_class = "formula_error",
                           .entry = entry.id,
                           .message = "The limits of this value can't be computed yet."},
                          to_text(step.ref));
}

// Measured again before the plan's time was over: a fact for the reviewer, not a reason to refuse.
void report_early(Decision& decision, const KnownStep& step, const Entry& entry,
                  const RecordedValue& before) {
  const ReactionPlan* plan = decision.index().mbr->find_plan(entry.reaction_plan);
  const auto then = instant_from_text(before.time);
  if (plan == nullptr || plan->remeasure_after_s == 0 || !then) return;
  const std::int64_t passed_s = (decision.context().now.unix_ms - then->unix_ms) / 1000;
  if (passed_s >= plan->remeasure_after_s) return;
  decision.open_exception(
      {.exception_class = "measured_early",
       .entry = entry.id,
       .value = fmt::format("{} s", passed_s),
       .limit = fmt::format("at least {} s", plan->remeasure_after_s),
       .message = fmt::format("{} was measured again after {} s; plan {} asks for {} s.",
                              english(entry.title, entry.id), passed_s, plan->id,
                              plan->remeasure_after_s)},
      to_text(step.ref));
}

// The device that should have captured it was not there.
void report_typed(Decision& decision, const KnownStep& step, const Entry& entry,
                  const std::string& source) {
  if (entry.captured_by.empty() || !source.empty()) return;
  // People decided the check that would have read it; the record has an exception of that.
  const Filling filling = filled_by(*step.content, entry.id);
  if (filling.check != nullptr && decided_by_people(*step.state, filling.check->id)) return;
  decision.open_exception(
      {.exception_class = "manual_entry",
       .entry = entry.id,
       .message = fmt::format("{} was typed; the {} gave no value.", english(entry.title, entry.id),
                              entry.captured_by)},
      to_text(step.ref));
}

// What a camera check should have read is captured only as its newest pass read it, and once: a
// further measurement is a further look.
Checked check_reading(const KnownStep& step, const Entry& entry, const RecordEntry& command) {
  const Filling filling = filled_by(*step.content, entry.id);
  if (filling.check == nullptr || command.source.empty()) return {};
  const CheckAttempt* pass = pass_in_force(*step.state, filling.check->id);
  if (pass != nullptr && command.source == std::string(kCameraSource) + pass->camera &&
      (command.unit.empty() || command.unit == entry.unit) &&
      !check_state(*step.state, filling.check->id)->taken.contains(entry.id)) {
    const auto read = std::pair{filling.reading, command.raw};
    if (std::ranges::find(pass->readings, read) != pass->readings.end()) return {};
  }
  return refuse(
      "check.reading",
      fmt::format("This is not what the camera check \"{}\" read. Nothing was saved. Check "
                  "again, or type the value.",
                  english(filling.check->title, filling.check->id)),
      command.step + ":" + command.entry);
}

const RecordedValue* find_value(const StepState& step, const std::string& entry,
                                const std::string& line_hash) {
  if (line_hash.empty()) return current_value(step, entry);
  const auto recorded = step.entries.find(entry);
  if (recorded == step.entries.end()) return nullptr;
  const auto& values = recorded->second.values;
  const auto found = std::ranges::find(values, line_hash, &RecordedValue::line_hash);
  return found == values.end() ? nullptr : &*found;
}

// What a check read falls with its pass.
std::vector<std::string> values_read_by(const KnownStep& step, const Entry& check,
                                        const RecordedValue& value) {
  std::vector<std::string> read;
  const CheckState* state = check_state(*step.state, check.id);
  const CheckAttempt* pass = pass_in_force(*step.state, check.id);
  if (state == nullptr || pass == nullptr || pass->line_hash != value.line_hash) return read;
  for (const std::string& id : state->taken) {
    const RecordedValue* current = current_value(*step.state, id);
    if (current != nullptr && current->source.starts_with(kCameraSource)) read.push_back(id);
  }
  return read;
}

// `old` is copied where it matters: the events move the preview.
void invalidate(Decision& decision, const StepRef& ref, const Entry& entry,
                const RecordedValue& old, const std::string& reason) {
  const std::string step = to_text(ref);
  const std::string shown = old.value;
  decision.emit(
      ValueInvalidated{entry.id, old.line_hash, reason, affected_by(decision, ref, entry.id)},
      step);
  decision.open_exception({.exception_class = "value_invalidated",
                           .entry = entry.id,
                           .value = shown,
                           .message = fmt::format("{}: the value {} was invalidated.",
                                                  english(entry.title, entry.id), shown)},
                          step);
  decision.recompute_after(ref, entry.id);
  decision.reopen_relying(ref, entry.id);
}

int remeasured(const StepState& step, const std::string& entry) {
  const auto used = step.remeasured.find(entry);
  return used == step.remeasured.end() ? 0 : used->second;
}

// A second value is a re-measurement that the reaction plan allows, or it is a correction and needs
// a reason.
Checked check_second_value(const Decision& decision, const KnownStep& step, const Entry& entry) {
  const RecordedValue* current = current_value(*step.state, entry.id);
  if (current == nullptr) return {};
  const std::string place = to_text(step.ref) + ":" + entry.id;
  const ReactionPlan* plan = decision.index().mbr->find_plan(entry.reaction_plan);
  const bool out = needs_reaction(current->verdict);
  if (out && plan != nullptr && remeasured(*step.state, entry.id) < plan->remeasure_max) return {};
  if (out && plan != nullptr && plan->remeasure_max > 0) {
    return refuse(
        "entry.remeasured",
        fmt::format("It was measured again {} times, as often as plan {} allows. Nothing was "
                    "saved. A wrongly typed value is corrected with a reason.",
                    plan->remeasure_max, plan->id),
        place);
  }
  return refuse(
      "entry.recorded",
      fmt::format("The value {} is already saved. To change it, correct it with a reason.",
                  current->value),
      place);
}

}  // namespace

Checked check_still_open(const KnownStep& step, const std::string& entry) {
  const auto missing = missing_entries(*step.content, *step.state);
  const bool is_missing = std::ranges::find(missing, entry) != missing.end();
  const bool closed = has_valid_signature(*step.state) || (step.state->reopened && !is_missing);
  if (!closed) return {};
  return refuse(
      "step.signed",
      "The step was signed or completed. Nothing was saved. To change a value, correct it "
      "with a reason.",
      to_text(step.ref));
}

Checked decide_command(Decision& decision, const RecordEntry& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const Entry* entry = find_entry(*step->content, command.entry);
  const auto raw = entry == nullptr ? std::expected<std::string, Refusal>(command.raw)
                                    : in_unit_of(*entry, command);
  if (!raw) return std::unexpected(raw.error());
  const auto typed = read_typed(decision, *step, command.entry, *raw);
  if (!typed) return std::unexpected(typed.error());
  if (entry->late) {
    return refuse("entry.late", "This result comes later, from the person who owns it.",
                  command.step + ":" + command.entry);
  }
  if (auto good = check_still_open(*step, command.entry); !good) return good;
  if (auto good = check_reading(*step, *entry, command); !good) return good;
  if (auto good = check_second_value(decision, *step, *entry); !good) return good;
  const RecordedValue* current = current_value(*step->state, command.entry);
  const std::optional<RecordedValue> before =
      current == nullptr ? std::nullopt : std::optional(*current);
  const int attempt = next_attempt(*step->state, command.entry);
  decision.emit(EntryRecorded{command.entry,
                              std::string(name_of(kEntryKindNames, entry->kind)),
                              command.raw,
                              typed->reported.value,
                              entry->unit,
                              typed->reported.verdict,
                              std::to_string(attempt),
                              command.source,
                              {}},
                command.step);
  if (before) report_early(decision, *step, *entry, *before);
  report_typed(decision, *step, *entry, command.source);
  report_unknown_limits(decision, *step, *entry);
  bind(decision, *entry, typed->identified, typed->reported.value, command.step);
  open_value_exception(decision, *entry, typed->reported, command.step,
                       typed->identified.exception_class);
  decision.recompute_after(step->ref, command.entry);
  return {};
}

Checked decide_command(Decision& decision, const CorrectEntry& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto typed = read_typed(decision, *step, command.entry, command.raw);
  if (!typed) return std::unexpected(typed.error());
  const std::string place = command.step + ":" + command.entry;
  const RecordedValue* old = current_value(*step->state, command.entry);
  if (old == nullptr) {
    return refuse("correct.nothing", "There is no value to correct yet. Enter it first.", place);
  }
  if (!old->source.empty() || typed->entry->late) {
    return refuse(
        "correct.captured",
        "A captured value or a laboratory's result is never overtyped. Invalidate it with "
        "a reason, then measure again.",
        place);
  }
  if (old->raw == command.raw) {
    return refuse("correct.same", "The new value is the old one. Nothing was changed.", place);
  }
  if (auto good = check_reason(command.reason, place); !good) return good;
  // Before anybody signed, a correction is visible in the entry itself and needs no review of its
  // own.
  const bool relied_on =
      step->state->status == StepStatus::kComplete || has_valid_signature(*step->state);
  const std::string old_value = old->value;
  decision.emit(EntryCorrected{command.entry, old_value, command.raw, typed->reported.value,
                               typed->entry->unit, typed->reported.verdict, command.reason,
                               old->line_hash, affected_by(decision, step->ref, command.entry)},
                command.step);
  if (relied_on) {
    decision.open_exception(
        {.exception_class = "correction",
         .entry = command.entry,
         .value = typed->reported.value,
         .message = fmt::format("{} was corrected from {} to {} after it was signed or completed.",
                                english(typed->entry->title, command.entry), old_value,
                                typed->reported.value)},
        command.step);
  }
  bind(decision, *typed->entry, typed->identified, typed->reported.value, command.step);
  open_value_exception(decision, *typed->entry, typed->reported, command.step,
                       typed->identified.exception_class);
  decision.recompute_after(step->ref, command.entry);
  decision.reopen_relying(step->ref, command.entry);
  return {};
}

Checked decide_command(Decision& decision, const InvalidateValue& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const std::string place = command.step + ":" + command.entry;
  const Entry* entry = find_entry(*step->content, command.entry);
  const RecordedValue* value =
      entry == nullptr ? nullptr : find_value(*step->state, command.entry, command.line_hash);
  if (value == nullptr || !value->invalidated.empty()) {
    return refuse("invalidate.nothing", "There is no such value in force. Nothing was changed.",
                  place);
  }
  if (value->source.empty()) {
    return refuse(
        "invalidate.typed",
        "Only captured values and results are invalidated. Correct what was typed, with a "
        "reason.",
        place);
  }
  if (entry->late) {
    auto good = check_role(decision, {"quality"}, "invalidate.role", "invalidate a result");
    if (!good) return good;
  }
  if (auto good = check_reason(command.reason, place); !good) return good;
  const std::vector<std::string> read = values_read_by(*step, *entry, *value);
  invalidate(decision, step->ref, *entry, *value, command.reason);
  for (const std::string& id : read) {
    const StepState& now = *decision.state().step(step->ref);
    invalidate(decision, step->ref, *find_entry(*step->content, id), *current_value(now, id),
               command.reason);
  }
  return {};
}

Checked decide_command(Decision& decision, const MarkNotApplicable& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const std::string place = command.step + ":" + command.entry;
  const Entry* entry = find_entry(*step->content, command.entry);
  if (entry == nullptr || !entry->may_be_not_applicable) {
    return refuse("entry.applies",
                  "The procedure doesn't allow N/A here. Nothing was saved. Enter the value, or "
                  "report a deviation.",
                  place);
  }
  if (auto good = check_still_open(*step, command.entry); !good) return good;
  if (waits_for_pass(*step->state, *entry)) {
    return refuse(
        "check.failed",
        "The check failed: people can't pass over it. Nothing was saved. Put it right and "
        "check again, or call the supervisor.",
        place);
  }
  if (current_value(*step->state, command.entry) != nullptr) {
    return refuse("entry.recorded", "There is a value already. Correct it with a reason.", place);
  }
  if (auto good = check_reason(command.reason, place); !good) return good;
  decision.emit(EntryNotApplicable{command.entry, command.reason}, command.step);
  return {};
}

}  // namespace batchwright::workflows

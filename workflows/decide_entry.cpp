// Commands about values: record, correct. A value is never refused for what it says.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "workflows/entry_value.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/exceptions_of_values.h"
#include "workflows/internal/names.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

struct TypedValue {
  const Entry* entry;
  ReportedValue reported;
};

std::expected<TypedValue, Refusal> read_typed(const KnownStep& step, const std::string& entry_id,
                                              const std::string& raw) {
  const std::string place = to_text(step.ref) + ":" + entry_id;
  const Entry* entry = find_entry(*step.content, entry_id);
  if (entry == nullptr) {
    return refuse("entry.unknown", "The step has no such entry. Nothing was saved.", place);
  }
  auto reported = read_entry_value(*entry, raw);
  if (!reported) {
    const bool computed = entry->kind == EntryKind::kComputed;
    return refuse(computed ? "entry.computed" : "entry.format", reported.error().message, place);
  }
  return TypedValue{entry, std::move(*reported)};
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

// A signed step, and one that a correction has open for a new signature, takes no new values: what
// was shown to the signer is all there is. Only a required value that is missing may still be
// added.
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

// Everything that used the old value, for the person who judges the correction: formulas that read
// it, directly or through others, the limits those are judged by, conditions, and the step
// instances that hold such results.
class Affected {
 public:
  Affected(const Decision& decision, const StepRef& corrected)
      : decision_(decision), ref_(corrected) {}

  std::vector<std::string> collect(const std::string& entry) {
    if (decision_.state().step(ref_)->status == StepStatus::kComplete) add("step " + to_text(ref_));
    follow(ref_.path + ":" + entry);
    for (std::size_t i = 0; i < pending_.size(); ++i) follow(std::string(pending_[i]));
    return names_;
  }

 private:
  void add(std::string name) {
    if (seen_.insert(name).second) names_.push_back(std::move(name));
  }

  void follow(const std::string& reference) {
    const RunIndex& index = decision_.index();
    if (const auto used = index.conditions_reading.find(reference);
        used != index.conditions_reading.end()) {
      for (const std::string& condition : used->second) add("condition " + condition);
    }
    const auto readers = index.formulas_reading.find(reference);
    if (readers == index.formulas_reading.end()) return;
    for (const FormulaPlace& place : readers->second) add_formula(place);
  }

  void add_formula(const FormulaPlace& place) {
    const std::string name = place.step + ":" + place.entry->id;
    if (!seen_.insert("formula " + name).second) return;
    names_.push_back("formula " + name);
    const Limits& limits = place.entry->limits;
    if (limits.alert_low || limits.alert_high || limits.action_low || limits.action_high ||
        limits.hard_low || limits.hard_high) {
      add("limit " + name);
    }
    for (int instance = 1; instance <= decision_.state().instances(place.step); ++instance) {
      const StepState* step = decision_.state().step({place.step, instance});
      if (step != nullptr && current_value(*step, place.entry->id) != nullptr) {
        add("step " + to_text(StepRef{place.step, instance}));
      }
    }
    pending_.push_back(name);
  }

  const Decision& decision_;
  const StepRef& ref_;
  std::vector<std::string> names_, pending_;
  std::set<std::string> seen_;
};

}  // namespace

Checked decide_command(Decision& decision, const RecordEntry& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto typed = read_typed(*step, command.entry, command.raw);
  if (!typed) return std::unexpected(typed.error());
  if (auto good = check_still_open(*step, command.entry); !good) return good;
  if (auto good = check_second_value(decision, *step, *typed->entry); !good) return good;
  const int attempt = next_attempt(*step->state, command.entry);
  decision.emit(
      EntryRecorded{command.entry, std::string(name_of(kEntryKindNames, typed->entry->kind)),
                    command.raw, typed->reported.value, typed->entry->unit, typed->reported.verdict,
                    std::to_string(attempt)},
      command.step);
  open_value_exception(decision, *typed->entry, typed->reported, command.step);
  decision.recompute_after(step->ref, command.entry);
  return {};
}

Checked decide_command(Decision& decision, const CorrectEntry& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto typed = read_typed(*step, command.entry, command.raw);
  if (!typed) return std::unexpected(typed.error());
  const std::string place = command.step + ":" + command.entry;
  const RecordedValue* old = current_value(*step->state, command.entry);
  if (old == nullptr) {
    return refuse("correct.nothing", "There is no value to correct yet. Enter it first.", place);
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
  decision.emit(
      EntryCorrected{command.entry, old_value, command.raw, typed->reported.value,
                     typed->entry->unit, typed->reported.verdict, command.reason, old->line_hash,
                     Affected(decision, step->ref).collect(command.entry)},
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
  open_value_exception(decision, *typed->entry, typed->reported, command.step);
  decision.recompute_after(step->ref, command.entry);
  return {};
}

}  // namespace batchwright::workflows

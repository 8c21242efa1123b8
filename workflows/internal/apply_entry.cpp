// Values: recorded, computed, corrected, invalidated, awaited.
#include <algorithm>

#include "base/time.h"
#include "workflows/internal/applier.h"
#include "workflows/internal/limits_of.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {

void Applier::operator()(const EntryRecorded& event) {
  const auto ref = existing_step();
  const Entry* entry = ref ? find_entry(*state_.index().step(ref->path), event.entry) : nullptr;
  const bool running = ref && state_.step(*ref)->status == StepStatus::kRunning;
  if (entry == nullptr || (!running && !entry->late)) {
    return conflict("entry_recorded", "the step is not running or has no such entry");
  }
  // Only in merged order: another panel recorded this attempt too. Both stay.
  const int expected = next_attempt(*state_.step(*ref), event.entry);
  if (!entry->late && event.attempt != std::to_string(expected)) {
    conflict("entry_recorded", "the value was also recorded on another panel");
  }
  RecordedValue value{event.raw,    event.value, event.unit,   event.verdict,
                      line_.actor,  line_.role,  line_.time,   line_.hash,
                      event.reason, false,       event.source, {}};
  // Results stay in force beside each other until quality invalidates one.
  if (!entry->late && supersede(*ref, event.entry)) {
    ++state_.edit_step(*ref).remeasured[event.entry];
  }
  put_value(*ref, event.entry, std::move(value));
  take_reading(*ref, event);
  state_.edit_step(*ref).not_applicable.erase(event.entry);
  judge_pending(*ref, event.entry, event.verdict);
}

void Applier::operator()(const EntryComputed& event) {
  const auto ref = step_in({StepStatus::kRunning, StepStatus::kHeld, StepStatus::kComplete});
  if (!ref || !has_entry(*ref, event.entry)) {
    return conflict("entry_computed", "the step was not begun or has no such entry");
  }
  supersede(*ref, event.entry);
  state_.edit_step(*ref).excused.erase(event.entry);
  if (event.error.empty()) {
    put_value(*ref, event.entry,
              {event.raw,
               event.value,
               event.unit,
               event.verdict,
               line_.actor,
               line_.role,
               line_.time,
               line_.hash,
               {},
               false,
               {},
               {}});
  } else {
    state_.edit_step(*ref).lines.push_back(line_.hash);
  }
  reopen_if_incomplete(*ref);
}

// Signatures covered the limits that were in force when they were made.
void Applier::operator()(const LimitsComputed& event) {
  const auto ref = step_in({StepStatus::kRunning, StepStatus::kHeld, StepStatus::kComplete});
  if (!ref || !has_entry(*ref, event.entry)) {
    return conflict("limits_computed", "the step was not begun or has no such entry");
  }
  StepState& step = state_.edit_step(*ref);
  if (const auto before = step.limit_lines.find(event.entry); before != step.limit_lines.end()) {
    void_signatures(*ref, before->second);
  }
  step.limits[event.entry] = limits_from_pairs(event.limits);
  step.limit_lines[event.entry] = line_.hash;
  step.lines.push_back(line_.hash);
  reopen_if_incomplete(*ref);
}

void Applier::operator()(const EntryCorrected& event) {
  const auto ref = existing_step();
  const RecordedValue* old = ref ? current_value(*state_.step(*ref), event.entry) : nullptr;
  if (old == nullptr || old->line_hash != event.corrects) {
    return conflict("entry_corrected", "the value it corrects is not in force");
  }
  supersede(*ref, event.entry);
  put_value(*ref, event.entry,
            {event.raw,
             event.value,
             event.unit,
             event.verdict,
             line_.actor,
             line_.role,
             line_.time,
             line_.hash,
             event.reason,
             false,
             {},
             {}});
  judge_pending(*ref, event.entry, event.verdict);
  reopen_if_incomplete(*ref);
}

void Applier::operator()(const ValueInvalidated& event) {
  const auto ref = existing_step();
  if (!ref || !has_entry(*ref, event.entry)) {
    return conflict("value_invalidated", "the step has no such entry");
  }
  StepState& step = state_.edit_step(*ref);
  auto& values = step.entries[event.entry].values;
  const auto old = std::ranges::find(values, event.invalidates, &RecordedValue::line_hash);
  if (old == values.end() || !old->invalidated.empty()) {
    return conflict("value_invalidated", "the value is not there or was invalidated before");
  }
  old->invalidated = event.reason;
  old->superseded = true;
  ++step.remeasured[event.entry];  // it was a measurement, and counts as one
  step.lines.push_back(line_.hash);
  void_signatures(*ref, event.invalidates);
  open_challenge_again(*ref, event.entry);
  const RecordedValue* left = current_value(step, event.entry);
  judge_pending(*ref, event.entry, left == nullptr ? "" : left->verdict);
  reopen_if_incomplete(*ref);
}

void Applier::operator()(const EntryNotApplicable& event) {
  const auto ref = step_in({StepStatus::kRunning});
  if (!ref || !has_entry(*ref, event.entry)) {
    return conflict("entry_not_applicable", "the step is not running or has no such entry");
  }
  StepState& step = state_.edit_step(*ref);
  step.not_applicable[event.entry] = event.reason;
  step.lines.push_back(line_.hash);
}

void Applier::operator()(const ResultPending& event) {
  const auto ref = existing_step();
  if (!ref || !has_entry(*ref, event.entry)) {
    return conflict("result_pending", "the step has no such entry");
  }
  const auto due = instant_from_text(event.due);
  state_.edit_pending(line_.step + ":" + event.entry) = {.owner = event.owner,
                                                         .due = event.due,
                                                         .consequence = event.consequence,
                                                         .blocks = event.blocks,
                                                         .due_unix_ms = due ? due->unix_ms : 0};
  state_.edit_step(*ref).lines.push_back(line_.hash);
}

// ---- what several of them need

bool Applier::has_entry(const StepRef& ref, const std::string& id) const {
  return find_entry(*state_.index().step(ref.path), id) != nullptr;
}

void Applier::put_value(const StepRef& ref, const std::string& entry, RecordedValue value) {
  StepState& step = state_.edit_step(ref);
  step.entries[entry].values.push_back(std::move(value));
  step.lines.push_back(line_.hash);
}

bool Applier::supersede(const StepRef& ref, const std::string& entry) {
  StepState& step = state_.edit_step(ref);
  const auto recorded = step.entries.find(entry);
  if (recorded == step.entries.end() || recorded->second.current() == nullptr) return false;
  std::string old_hash;
  for (RecordedValue& value : recorded->second.values) {
    if (!value.superseded) old_hash = value.line_hash;
    value.superseded = true;
  }
  void_signatures(ref, old_hash);
  return true;
}

void Applier::void_signatures(const StepRef& ref, const std::string& covered_hash) {
  for (SignatureState& signature : state_.edit_step(ref).signatures) {
    const bool covered =
        std::ranges::find(signature.covered, covered_hash) != signature.covered.end();
    if (covered && signature.voided_by.empty()) signature.voided_by = line_.hash;
  }
  for (StoodIn& made : state_.edit_step(ref).stood_in) {
    const bool covered = std::ranges::find(made.covered, covered_hash) != made.covered.end();
    if (covered && made.voided_by.empty()) made.voided_by = line_.hash;
  }
}

// A result came, or the one that was bad is out of force.
void Applier::judge_pending(const StepRef& ref, const std::string& entry,
                            const std::string& verdict) {
  const std::string place = to_text(ref) + ":" + entry;
  if (state_.pending(place) == nullptr) return;
  PendingResult& pending = state_.edit_pending(place);
  const StepState& step = *state_.step(ref);
  pending.received = !verdict.empty();
  pending.out_of_specification = has_result_out_of_specification(step, entry);
}

}  // namespace batchwright::workflows

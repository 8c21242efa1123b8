// A step's life, from ready to complete, and who signed it.
#include <algorithm>

#include "record/signature.h"
#include "workflows/internal/applier.h"
#include "workflows/internal/blockers.h"
#include "workflows/internal/step_rules.h"
#include "workflows/internal/tokens.h"
#include "workflows/releasing.h"

namespace batchwright::workflows {
namespace {

void void_all_signatures(StepState& step, const std::string& hash) {
  for (SignatureState& signature : step.signatures) {
    if (signature.voided_by.empty()) signature.voided_by = hash;
  }
  for (StoodIn& made : step.stood_in) {
    if (made.voided_by.empty()) made.voided_by = hash;
  }
}

}  // namespace

void Applier::operator()(const StepReady&) {
  const auto ref = known_step();
  if (!ref || ref->instance != state_.instances(ref->path) + 1) {
    return conflict("step_ready", "it was not the turn of the step");
  }
  const StepState* before = state_.newest(ref->path);
  const bool repeats = before != nullptr && before->voided;
  if (!repeats && !may_start(state_, ref->path)) {
    return conflict("step_ready", "it was not the turn of the step");
  }
  // A void instance that still held its token gives it to the repetition.
  const bool has_token = may_start(state_, ref->path);
  state_.set_instances(ref->path, ref->instance);
  StepState& step = state_.edit_step(*ref);
  step.ready_time = line_.time;
  step.repeat = repeats && !has_token;
  if (const auto redline = state_.redline_of(ref->path)) step.redline = *redline;
  state_.set_status(*ref, StepStatus::kReady);
}

void Applier::operator()(const StepStarted&) {
  const auto ref = step_in({StepStatus::kReady});
  if (!ref) return conflict("step_started", "the step is not ready");
  StepState& step = state_.edit_step(*ref);
  step.started_time = line_.time;
  step.started_unix_ms = line_.unix_ms;
  step.started_by = line_.actor;
  step.lines.push_back(line_.hash);
  state_.set_status(*ref, StepStatus::kRunning);
}

void Applier::operator()(const StepCompleted&) {
  const auto ref = step_in({StepStatus::kRunning});
  if (!ref) return conflict("step_completed", "the step is not running");
  StepState& step = state_.edit_step(*ref);
  step.completed_time = line_.time;
  step.completed_unix_ms = line_.unix_ms;
  const bool moves_token = !step.reopened && !step.repeat;
  step.reopened = false;
  step.reopened_by.clear();
  state_.set_status(*ref, StepStatus::kComplete);
  if (moves_token && !leave_element(state_, ref->path)) {
    conflict("step_completed", "no token waited at the step");
  }
  // Only in merged order: another panel corrected an entry before it knew of this completion.
  if (reopen_if_incomplete(*ref)) conflict("step_completed", "something was missing by then");
}

void Applier::operator()(const StepForced&) {
  const auto ref = step_in({StepStatus::kReady, StepStatus::kRunning, StepStatus::kHeld});
  if (!ref) return conflict("step_forced", "the step is not open");
  StepState& step = state_.edit_step(*ref);
  step.forced = true;
  step.held_by.clear();
  step.lines.push_back(line_.hash);
  if (step.started_time.empty()) {
    step.started_time = line_.time;
    step.started_unix_ms = line_.unix_ms;
  }
  state_.set_status(*ref, StepStatus::kRunning);
}

void Applier::operator()(const StepRepeated&) {
  const auto ref = existing_step();
  if (!ref || ref->instance != state_.instances(ref->path) || state_.step(*ref)->voided) {
    return conflict("step_repeated", "it is not the newest instance");
  }
  StepState& step = state_.edit_step(*ref);
  step.voided = true;
  step.held_by.clear();
  step.lines.push_back(line_.hash);
  void_all_signatures(step, line_.hash);
  if (step.status != StepStatus::kComplete) {
    state_.set_status(*ref, StepStatus::kAborted);
  }
}

void Applier::operator()(const StepRecovered& event) {
  const auto ref = step_in({StepStatus::kRunning, StepStatus::kHeld});
  if (!ref) return conflict("step_recovered", "the step was not running");
  state_.edit_step(*ref).lines.push_back(line_.hash);
  if (event.rule == "repeat") state_.set_status(*ref, StepStatus::kAborted);
}

// It acted on a value that was corrected: it is looked at and signed again.
void Applier::operator()(const StepReopened& event) {
  const auto ref = step_in({StepStatus::kComplete});
  if (!ref) return conflict("step_reopened", "the step is not complete");
  StepState& step = state_.edit_step(*ref);
  step.reopened = true;
  step.reopened_by = event.cause;
  void_all_signatures(step, line_.hash);
  step.lines.push_back(line_.hash);
  state_.set_status(*ref, StepStatus::kRunning);
}

void Applier::operator()(const StepReleased& event) {
  const ExceptionState* exception = state_.exception(event.exception);
  if (exception == nullptr || exception->released || exception->step != line_.step) {
    return conflict("step_released", "there is no such exception to release");
  }
  const bool excused = may_be_excused(*state_.index().mbr, *exception);
  const std::string entry = exception->entry;
  const bool failed_check = exception->exception_class == "camera_check_failed";
  state_.edit_exception(event.exception).released = true;
  if (const auto statement = record::statement_from_text(event.statement)) {
    if (state_.used_challenge(statement->challenge)) {
      conflict("step_released", "its challenge was used before");
    }
    state_.use_challenge(statement->challenge);
  }
  // Another one may hold the same operation.
  for (auto& [element, by] : state_.scalars().held_elements) {
    const ExceptionState* other = by == event.exception ? blocker_of(state_, element) : nullptr;
    if (other != nullptr) by = other->id;
  }
  const auto ref = existing_step();
  if (!ref) return;
  StepState& step = state_.edit_step(*ref);
  step.lines.push_back(line_.hash);
  if (excused) step.excused.insert(entry);
  // Whoever let a failed check go on allows its attempts once more.
  if (const auto check = step.checks.find(entry); failed_check && check != step.checks.end()) {
    check->second.fails = 0;
    check->second.no_verdicts = 0;
  }
  if (step.held_by != event.exception) return;
  step.held_by.clear();
  if (step.status != StepStatus::kHeld) return;  // repeated or aborted meanwhile
  const ExceptionState* other = state_.newest_exception([&](const ExceptionState& known) {
    return known.step == line_.step && !known.blocks.empty() && !known.released;
  });
  if (other != nullptr) {
    step.held_by = other->id;
  } else {
    state_.set_status(*ref, StepStatus::kRunning);
  }
}

void Applier::operator()(const GateOverridden& event) {
  const auto ref = step_in({StepStatus::kReady});
  if (!ref) return conflict("gate_overridden", "the step is not ready");
  StepState& step = state_.edit_step(*ref);
  step.overridden[event.gate] = {line_.actor, line_.unix_ms};
  step.lines.push_back(line_.hash);
}

void Applier::operator()(const SignatureMade& event) {
  const auto statement = record::statement_from_text(event.statement);
  const auto ref = existing_step();
  if (!statement || !ref || statement->step != line_.step ||
      statement->subject.id != state_.scalars().run) {
    return conflict("signature_made", "its statement is not about this step");
  }
  if (state_.used_challenge(statement->challenge)) {
    return conflict("signature_made", "its challenge was used before");
  }
  state_.use_challenge(statement->challenge);
  StepState& step = state_.edit_step(*ref);
  step.signatures.push_back({statement->meaning,
                             statement->signer,
                             statement->name,
                             statement->role,
                             statement->time,
                             record::record_mark(event.statement),
                             line_.hash,
                             statement->covered,
                             {}});
  step.lines.push_back(line_.hash);
}

// ---- what several of them need

std::optional<StepRef> Applier::known_step() const {
  auto ref = step_ref_from_text(line_.step);
  if (!ref || state_.index().step(ref->path) == nullptr) return std::nullopt;
  return std::move(*ref);
}

std::optional<StepRef> Applier::existing_step() const {
  auto ref = known_step();
  if (!ref || state_.step(*ref) == nullptr) return std::nullopt;
  return ref;
}

std::optional<StepRef> Applier::step_in(std::initializer_list<StepStatus> statuses) const {
  auto ref = existing_step();
  if (!ref || std::ranges::find(statuses, state_.step(*ref)->status) == statuses.end()) {
    return std::nullopt;
  }
  return ref;
}

bool Applier::reopen_if_incomplete(const StepRef& ref) {
  const StepState& step = *state_.step(ref);
  const StepContent& content = *state_.index().step(ref.path);
  if (step.status != StepStatus::kComplete || step.forced || step.voided) return false;
  if (missing_entries(content, step).empty() && missing_signatures(content, step).empty()) {
    return false;
  }
  state_.edit_step(ref).reopened = true;
  state_.set_status(ref, StepStatus::kRunning);
  return true;
}

}  // namespace batchwright::workflows

#include "workflows/internal/apply_event.h"

#include <fmt/format.h>

#include <algorithm>

#include "record/signature.h"
#include "workflows/internal/step_rules.h"
#include "workflows/internal/tokens.h"

namespace batchwright::workflows {
namespace {

class Applier {
 public:
  Applier(StateEdit& state, const LineFacts& line) : state_(state), line_(line) {}

  void operator()(const RunStarted& event) {
    RunState& run = state_.scalars();
    if (run.status != RunStatus::kIdle || !run.mbr_hash.empty()) {
      return conflict("run_started", "the run was started before");
    }
    if (event.mbr_hash != state_.index().hash) {
      return conflict("run_started", "it names another master batch record");
    }
    run.number = event.number;
    run.kind = event.kind;
    run.mbr_hash = event.mbr_hash;
  }

  void operator()(const RunStateChanged& event) {
    RunState& run = state_.scalars();
    const auto to = next_status(event);
    const bool started = !run.mbr_hash.empty();
    if (!to || !started || event.from != to_string(run.status) || event.to != to_string(*to)) {
      return conflict("run_state_changed", fmt::format("{} is not possible when {}", event.command,
                                                       to_string(run.status)));
    }
    run.status = *to;
    if (event.command == "start") run.started_time = line_.time;
    if (*to == RunStatus::kComplete || *to == RunStatus::kAborted) run.ended_time = line_.time;
    if (*to == RunStatus::kAborted) abort_everything();
  }

  void operator()(const ElementStateChanged& event) {
    const IndexedElement* element = state_.index().find(event.element);
    if (element == nullptr || element->is_step() || event.from != state_.element(event.element)) {
      return conflict("element_state_changed", "the element is not in that state");
    }
    if (event.to == "running") {
      const bool root = event.element.empty() && event.from == "idle";
      if (!root && !may_start(state_, event.element)) {
        return conflict("element_state_changed", "it was not the turn of the element");
      }
      state_.set_element(event.element, event.to);
      enter_chart(state_, event.element);
    } else if (event.to == "complete" && event.from == "running" &&
               is_finished(state_, event.element)) {
      state_.clear_tokens(event.element);
      state_.set_element(event.element, event.to);
      if (!event.element.empty() && !leave_element(state_, event.element)) {
        conflict("element_state_changed", "no token waited at the element");
      }
    } else {
      conflict("element_state_changed", "the element can't change so now");
    }
  }

  void operator()(const StepReady&) {
    const auto ref = known_step();
    if (!ref || ref->instance != state_.instances(ref->path) + 1 || !may_start(state_, ref->path)) {
      return conflict("step_ready", "it was not the turn of the step");
    }
    state_.set_instances(ref->path, ref->instance);
    state_.edit_step(*ref).ready_time = line_.time;
    state_.set_status(*ref, StepStatus::kReady);
  }

  void operator()(const StepStarted&) {
    const auto ref = step_in({StepStatus::kReady});
    if (!ref) return conflict("step_started", "the step is not ready");
    StepState& step = state_.edit_step(*ref);
    step.started_time = line_.time;
    step.started_unix_ms = line_.unix_ms;
    step.started_by = line_.actor;
    step.lines.push_back(line_.hash);
    state_.set_status(*ref, StepStatus::kRunning);
  }

  void operator()(const StepCompleted&) {
    const auto ref = step_in({StepStatus::kRunning});
    if (!ref) return conflict("step_completed", "the step is not running");
    StepState& step = state_.edit_step(*ref);
    step.completed_time = line_.time;
    const bool again = step.reopened;
    step.reopened = false;
    state_.set_status(*ref, StepStatus::kComplete);
    if (!again && !leave_element(state_, ref->path)) {
      conflict("step_completed", "no token waited at the step");
    }
    // Only in merged order: another panel corrected an entry before it knew of this completion.
    if (reopen_if_incomplete(*ref)) conflict("step_completed", "something was missing by then");
  }

  void operator()(const TransitionFired& event) {
    if (!fire_transition(state_, event.chart, event.transition)) {
      conflict("transition_fired", "no token waited before the transition");
    }
  }

  void operator()(const BarPassed& event) {
    if (!pass_bar(state_, event.chart, event.bar)) {
      conflict("bar_passed", "the tokens it needs did not wait there");
    }
  }

  void operator()(const EntryRecorded& event) {
    const auto ref = step_in({StepStatus::kRunning});
    if (!ref || !has_entry(*ref, event.entry)) {
      return conflict("entry_recorded", "the step is not running or has no such entry");
    }
    // Only in merged order: another panel recorded this attempt too. Both stay.
    const int expected = next_attempt(*state_.step(*ref), event.entry);
    if (event.attempt != std::to_string(expected)) {
      conflict("entry_recorded", "the value was also recorded on another panel");
    }
    if (supersede(*ref, event.entry)) ++state_.edit_step(*ref).remeasured[event.entry];
    put_value(*ref, event.entry, value_of(event, {}));
  }

  void operator()(const EntryComputed& event) {
    const auto ref = step_in({StepStatus::kRunning, StepStatus::kHeld, StepStatus::kComplete});
    if (!ref || !has_entry(*ref, event.entry)) {
      return conflict("entry_computed", "the step was not begun or has no such entry");
    }
    supersede(*ref, event.entry);
    state_.edit_step(*ref).excused.erase(event.entry);
    if (event.error.empty()) {
      put_value(*ref, event.entry, value_of(event, {}));
    } else {
      state_.edit_step(*ref).lines.push_back(line_.hash);
    }
    reopen_if_incomplete(*ref);
  }

  void operator()(const EntryCorrected& event) {
    const auto ref = known_step();
    const StepState* step = ref ? state_.step(*ref) : nullptr;
    const RecordedValue* old = step == nullptr ? nullptr : current_value(*step, event.entry);
    if (old == nullptr || old->line_hash != event.corrects) {
      return conflict("entry_corrected", "the value it corrects is not in force");
    }
    supersede(*ref, event.entry);
    put_value(*ref, event.entry, value_of(event, event.reason));
    reopen_if_incomplete(*ref);
  }

  void operator()(const ExceptionOpened& event) {
    if (event.id.empty() || state_.exception(event.id) != nullptr) {
      return conflict("exception_opened", "its id is missing or taken");
    }
    state_.add_exception({event.id,
                          event.number,
                          event.exception_class,
                          event.severity,
                          line_.step,
                          event.entry,
                          event.value,
                          event.limit,
                          event.plan,
                          event.message,
                          line_.time,
                          line_.actor,
                          {},
                          false});
    const auto ref = known_step();
    if (!ref || state_.step(*ref) == nullptr) return;
    StepState& step = state_.edit_step(*ref);
    step.lines.push_back(line_.hash);
    if (event.exception_class == "time_exceeded") step.maximum_reported = true;
    const bool working = step.status == StepStatus::kRunning || step.status == StepStatus::kHeld;
    if (working && holds(*ref, step, event)) {
      step.held_by = event.id;
      state_.set_status(*ref, StepStatus::kHeld);
    }
  }

  void operator()(const ExceptionCommented& event) {
    const ExceptionState* exception = state_.exception(event.id);
    if (exception == nullptr) return conflict("exception_commented", "there is no such exception");
    state_.edit_exception(event.id).comments.push_back(event.text);
    const auto ref = known_step();
    if (ref && state_.step(*ref) != nullptr) state_.edit_step(*ref).lines.push_back(line_.hash);
  }

  void operator()(const SignatureMade& event) {
    const auto statement = record::statement_from_text(event.statement);
    const auto ref = known_step();
    if (!statement || !ref || state_.step(*ref) == nullptr || statement->step != line_.step ||
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

  void operator()(const StepReleased& event) {
    const auto ref = known_step();
    const ExceptionState* exception = state_.exception(event.exception);
    if (!ref || state_.step(*ref) == nullptr || exception == nullptr ||
        exception->step != line_.step || exception->released) {
      return conflict("step_released", "there is no such exception to release");
    }
    state_.edit_exception(event.exception).released = true;
    StepState& step = state_.edit_step(*ref);
    step.lines.push_back(line_.hash);
    if (exception->exception_class == "formula_error") step.excused.insert(exception->entry);
    if (step.held_by != event.exception) return;
    step.held_by.clear();
    state_.set_status(*ref, StepStatus::kRunning);
  }

  void operator()(const StepRecovered& event) {
    const auto ref = step_in({StepStatus::kRunning, StepStatus::kHeld});
    if (!ref) return conflict("step_recovered", "the step was not running");
    state_.edit_step(*ref).lines.push_back(line_.hash);
    if (event.rule == "repeat") state_.set_status(*ref, StepStatus::kAborted);
  }

 private:
  void conflict(const char* type, std::string_view why) {
    state_.add_conflict(fmt::format("{} {}{}{}: {}", line_.place, type,
                                    line_.step.empty() ? "" : " ", line_.step, why));
  }

  // The step the envelope names, when the MBR has it.
  std::optional<StepRef> known_step() const {
    auto ref = step_ref_from_text(line_.step);
    if (!ref || state_.index().step(ref->path) == nullptr) return std::nullopt;
    return std::move(*ref);
  }

  std::optional<StepRef> step_in(std::initializer_list<StepStatus> statuses) const {
    auto ref = known_step();
    const StepState* step = ref ? state_.step(*ref) : nullptr;
    if (step == nullptr || std::ranges::find(statuses, step->status) == statuses.end()) {
      return std::nullopt;
    }
    return ref;
  }

  bool has_entry(const StepRef& ref, const std::string& id) const {
    return find_entry(*state_.index().step(ref.path), id) != nullptr;
  }

  template <typename E>
  RecordedValue value_of(const E& event, std::string reason) const {
    return {event.raw,  event.value, event.unit, event.verdict,     line_.actor,
            line_.role, line_.time,  line_.hash, std::move(reason), false};
  }

  void put_value(const StepRef& ref, const std::string& entry, RecordedValue value) {
    StepState& step = state_.edit_step(ref);
    step.entries[entry].values.push_back(std::move(value));
    step.lines.push_back(line_.hash);
  }

  // Takes the value in force out of force and voids exactly the signatures that covered it.
  bool supersede(const StepRef& ref, const std::string& entry) {
    StepState& step = state_.edit_step(ref);
    const auto recorded = step.entries.find(entry);
    if (recorded == step.entries.end() || recorded->second.current() == nullptr) return false;
    std::string old_hash;
    for (RecordedValue& value : recorded->second.values) {
      if (!value.superseded) old_hash = value.line_hash;
      value.superseded = true;
    }
    for (SignatureState& signature : step.signatures) {
      const bool covered =
          std::ranges::find(signature.covered, old_hash) != signature.covered.end();
      if (covered && signature.voided_by.empty()) signature.voided_by = line_.hash;
    }
    return true;
  }

  // The token of a re-opened step has moved on and stays where it is: what follows was done and is
  // only marked.
  bool reopen_if_incomplete(const StepRef& ref) {
    const StepState& step = *state_.step(ref);
    const StepContent& content = *state_.index().step(ref.path);
    if (step.status != StepStatus::kComplete) return false;
    if (missing_entries(content, step).empty() && missing_signatures(content, step).empty()) {
      return false;
    }
    state_.edit_step(ref).reopened = true;
    state_.set_status(ref, StepStatus::kRunning);
    return true;
  }

  // A step is held by a plan that says so, by a plan whose further measurements are used up, and
  // after an interruption that the MBR leaves to a supervisor.
  bool holds(const StepRef& ref, const StepState& step, const ExceptionOpened& event) const {
    if (event.exception_class == "interruption") {
      return step.held_by.empty() &&
             state_.index().step(ref.path)->recovery == Recovery::kAskSupervisor;
    }
    const ReactionPlan* plan = state_.index().mbr->find_plan(event.plan);
    if (plan == nullptr) return false;
    const auto used = step.remeasured.find(event.entry);
    const int remeasured = used == step.remeasured.end() ? 0 : used->second;
    return plan->holds || (plan->remeasure_max > 0 && remeasured >= plan->remeasure_max);
  }

  static std::optional<RunStatus> next_status(const RunStateChanged& event) {
    struct Change {
      const char* command;
      RunStatus from, to;
    };
    static constexpr std::array kChanges = {
        Change{"start", RunStatus::kIdle, RunStatus::kRunning},
        Change{"hold", RunStatus::kRunning, RunStatus::kHeld},
        Change{"resume", RunStatus::kHeld, RunStatus::kRunning},
        Change{"complete", RunStatus::kRunning, RunStatus::kComplete},
        Change{"abort", RunStatus::kRunning, RunStatus::kAborted},
        Change{"abort", RunStatus::kHeld, RunStatus::kAborted},
    };
    for (const Change& change : kChanges) {
      if (event.command == change.command && event.from == to_string(change.from)) return change.to;
    }
    return std::nullopt;
  }

  void abort_everything() {
    const std::set<StepRef> open = state_.scalars().open;
    for (const StepRef& ref : open) state_.set_status(ref, StepStatus::kAborted);
    for (const std::string& path : state_.running_elements()) state_.set_element(path, "aborted");
    for (const std::string& chart : state_.active_charts()) state_.clear_tokens(chart);
  }

  StateEdit& state_;
  const LineFacts& line_;
};

}  // namespace

void apply_event(StateEdit& state, const Event& event, const LineFacts& line) {
  std::visit(Applier(state, line), event);
}

}  // namespace batchwright::workflows

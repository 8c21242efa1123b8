// Commands that move a step through its life: begin, complete, recover.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/decision.h"
#include "workflows/internal/gates.h"
#include "workflows/internal/names.h"
#include "workflows/internal/step_rules.h"
#include "workflows/internal/times.h"
#include "workflows/run_matrix.h"

namespace batchwright::workflows {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string titles_of(const StepContent& content, const std::vector<std::string>& entry_ids) {
  std::vector<std::string> titles;
  titles.reserve(entry_ids.size());
  for (const std::string& id : entry_ids) {
    titles.push_back(english(find_entry(content, id)->title, id));
  }
  return join(titles);
}

std::string signatures_in_words(const std::vector<SignatureRule>& rules) {
  std::vector<std::string> words;
  words.reserve(rules.size());
  for (const SignatureRule& rule : rules) {
    words.push_back(fmt::format("{} ({}{})", rule.meaning, rule.role,
                                rule.other_person ? ", another person" : ""));
  }
  return join(words);
}

const char* rule_name(const KnownStep& step) {
  if (step.state->status == StepStatus::kHeld) return "stay_held";
  switch (step.content->recovery) {
    case Recovery::kResume: return "resume";
    case Recovery::kRepeat: return step.state->reopened || step.state->repeat ? "resume" : "repeat";
    case Recovery::kAskSupervisor: return "ask_supervisor";
  }
  return "resume";
}

// A repetition may also begin in an operation that is complete.
bool may_begin_in(const Decision& decision, const std::string& path) {
  const std::string& group = decision.index().find(path)->parent;
  const bool repeats = !group.empty() && may_work_below(decision, path) &&
                       decision.state_of(group) == ProceduralState::kComplete;
  return repeats || may_begin_below(decision, path);
}

Checked check_runs(const Decision& decision, const BeginStep& command, const std::string& path) {
  if (may(decision.state_of(""), command) && may_begin_in(decision, path)) return {};
  return refuse("step.element_state",
                "The operation of this step, or the batch, is not running. The step was not begun. "
                "Call the supervisor.",
                command.step);
}

}  // namespace

// What completes with a step: results that come later, equipment and rooms that it leaves dirty or
// clean, and the exception about its time.
void complete_step(Decision& decision, const KnownStep& step) {
  const std::string place = to_text(step.ref);
  report_times(decision);
  const bool again = step.state->reopened;
  for (const Entry& entry : step.content->entries) {
    if (!entry.late || again || current_value(*step.state, entry.id) != nullptr) continue;
    Instant due = decision.context().now;
    due.unix_ms += std::int64_t{entry.late->due_s} * 1000;
    decision.emit(ResultPending{entry.id, entry.late->owner, to_text(due),
                                std::string(name_of(kConsequenceNames, entry.late->consequence)),
                                entry.late->blocks},
                  place);
  }
  for (const Effect& effect : step.content->effects) {
    if (again) break;
    const auto& bound = decision.state().scalars().equipment;
    const auto binding = bound.find(effect.subject);
    const bool room = decision.index().mbr->find_equipment(effect.subject) == nullptr;
    if (!room && binding == bound.end()) continue;  // nothing was checked in
    decision.emit(
        SubjectStateChanged{room ? "room" : "equipment",
                            room ? effect.subject : binding->second.equipment, effect.state},
        place);
  }
  decision.emit(StepCompleted{}, place);
}

Checked decide_command(Decision& decision, const BeginStep& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  if (step->state->status == StepStatus::kReady) {
    if (auto good = check_runs(decision, command, step->ref.path); !good) return good;
    if (auto good = check_gates(decision, *step); !good) return good;
    report_times(decision);  // what it opens may hold the batch
    if (auto good = check_runs(decision, command, step->ref.path); !good) return good;
    decision.emit(StepStarted{}, command.step);
    decision.compute_entries(step->ref);
    return {};
  }
  if (const auto running = find_running_step(decision, command.step); !running) {
    return std::unexpected(running.error());
  }
  return refuse(
      "step.begun",
      fmt::format("The step was already begun by {}. Go on with it.", step->state->started_by),
      command.step);
}

Checked decide_command(Decision& decision, const CompleteStep& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  if (const auto missing = missing_entries(*step->content, *step->state); !missing.empty()) {
    return refuse("step.entry.missing",
                  fmt::format("Still missing: {}. Enter it, then complete the step.",
                              titles_of(*step->content, missing)),
                  command.step + ":" + missing.front());
  }
  if (const auto missing = missing_signatures(*step->content, *step->state); !missing.empty()) {
    return refuse("step.signature.missing",
                  fmt::format("Still to be signed: {}. Sign, then complete the step.",
                              signatures_in_words(missing)),
                  command.step);
  }
  // The shortest time that it can have been.
  const std::int64_t passed_ms =
      elapsed_ms(*step->content, *step->state, decision.state().scalars().hold,
                 decision.context().now) -
      decision.context().clock_uncertainty_ms;
  const std::int64_t left_ms = std::int64_t{step->content->minimum_s} * 1000 - passed_ms;
  if (step->content->minimum_s > 0 && left_ms > 0) {
    return refuse(
        "step.minimum_time",
        fmt::format("The step needs {} s more. Wait, then complete it.", (left_ms + 999) / 1000),
        command.step);
  }
  complete_step(decision, *step);
  return {};
}

Checked decide_command(Decision& decision, const RecoverStep& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const StepStatus status = step->state->status;
  if (status != StepStatus::kRunning && status != StepStatus::kHeld) {
    return refuse("recover.not_running", "The step was not running. There is nothing to recover.",
                  command.step);
  }
  if (auto good = check_reason(command.process_state, command.step); !good) {
    return refuse("recover.process_state",
                  "Say in a few words how the process is now. The step waits until then.",
                  command.step);
  }
  const std::string rule = rule_name(*step);
  const std::int64_t gap_ms = std::max<std::int64_t>(
      0, decision.context().now.unix_ms - decision.state().scalars().last_unix_ms);
  decision.open_exception(
      {.exception_class = "interruption",
       .value = fmt::format("{} s", gap_ms / 1000),
       .message =
           fmt::format("The step was interrupted; nothing was recorded for {} s.", gap_ms / 1000)},
      command.step);
  decision.emit(StepRecovered{rule, command.process_state, std::to_string(gap_ms)}, command.step);
  return {};
}

}  // namespace batchwright::workflows

// Commands that move a step through its life: begin, complete, release, recover.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/decision.h"
#include "workflows/internal/step_rules.h"

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

// Whoever recorded what is wrong can't also decide that the step goes on.
Checked check_releaser(const Decision& decision, const ExceptionState& exception,
                       const std::string& place) {
  const Context& context = decision.context();
  const ReactionPlan* plan = decision.index().mbr->find_plan(exception.plan);
  std::vector<std::string> allowed = {"supervisor", "quality"};
  if (plan != nullptr && !plan->calls_role.empty()) allowed = {plan->calls_role};
  const bool holds_role = std::ranges::any_of(allowed, [&](const std::string& role) {
    return std::ranges::find(context.roles, role) != context.roles.end();
  });
  if (!holds_role) {
    return refuse(
        "release.role",
        fmt::format("Only this role may release the step: {}. Call that person.", join(allowed)),
        place);
  }
  if (context.actor == exception.actor) {
    return refuse("release.same_person",
                  "The person who recorded the value can't release the step. Call another person.",
                  place);
  }
  return {};
}

const char* rule_name(const KnownStep& step) {
  if (step.state->status == StepStatus::kHeld) return "stay_held";
  switch (step.content->recovery) {
    case Recovery::kResume: return "resume";
    case Recovery::kRepeat: return step.state->reopened ? "resume" : "repeat";
    case Recovery::kAskSupervisor: return "ask_supervisor";
  }
  return "resume";
}

}  // namespace

Checked decide_command(Decision& decision, const BeginStep& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  if (step->state->status == StepStatus::kReady) {
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
  const std::int64_t elapsed_ms = decision.context().now.unix_ms - step->state->started_unix_ms;
  const std::int64_t left_ms = std::int64_t{step->content->minimum_s} * 1000 - elapsed_ms;
  if (left_ms > 0) {
    return refuse(
        "step.minimum_time",
        fmt::format("The step needs {} s more. Wait, then complete it.", (left_ms + 999) / 1000),
        command.step);
  }
  decision.emit(StepCompleted{}, command.step);
  return {};
}

Checked decide_command(Decision& decision, const ReleaseStep& command) {
  const auto step = find_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const ExceptionState* exception = decision.state().exception(command.exception);
  const bool about_step = exception != nullptr && exception->step == command.step;
  const bool holds = about_step && step->state->held_by == command.exception;
  const bool excuses = about_step && exception->exception_class == "formula_error" &&
                       !exception->entry.empty() && !exception->released;
  if (!holds && !excuses) {
    return refuse("release.nothing",
                  "This exception doesn't hold the step. There is nothing to release.",
                  command.step);
  }
  if (auto good = check_releaser(decision, *exception, command.step); !good) return good;
  if (auto good = check_reason(command.reason, command.step); !good) return good;
  decision.emit(StepReleased{command.exception, command.reason}, command.step);
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

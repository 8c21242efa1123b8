// What people do about a camera check: put a fail right, decide where the camera came to no
// verdict, and say that the equipment worked (requirements E3, E11). Nobody ever decides a fail.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/check_rules.h"
#include "workflows/internal/confirmation.h"
#include "workflows/internal/failed_check.h"
#include "workflows/internal/names.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

constexpr const char* kDisabled = "disabled";

// undecided, not_performed or disabled; a refusal when it isn't for people to decide.
std::expected<std::string, Refusal> why_by_people(const Decision& decision, const KnownStep& step,
                                                  const Entry& entry, const std::string& place) {
  const CheckState* check = check_state(*step.state, entry.id);
  if (check != nullptr && check->fail_stands) {
    return refuse("check.failed",
                  "The check failed: people can't decide that. Nothing was saved. Put it right and "
                  "check again, or call the supervisor.",
                  place);
  }
  if (current_value(*step.state, entry.id) != nullptr) {
    return refuse("check.passed", "The check has its result already. Nothing was saved.", place);
  }
  if (is_disabled(decision.state().scalars(), entry.camera_check->check.id)) return kDisabled;
  const CheckAttempt* newest = check == nullptr ? nullptr : check->newest();
  if (newest != nullptr && is_no_verdict(newest->verdict)) return newest->verdict;
  const bool failed = newest != nullptr && is_fail(newest->verdict);
  return refuse(failed ? "check.failed" : "check.first",
                failed ? "The check failed: people can't decide that. Nothing was saved. Check "
                         "again."
                       : "The camera checks first. Nothing was saved. People decide when it comes "
                         "to no verdict.",
                place);
}

// Whoever says that the equipment worked has been trained for this step: a role that signs in it.
bool signs_here(const StepContent& content, const Context& context) {
  return std::ranges::any_of(content.signatures, [&](const SignatureRule& rule) {
    return std::ranges::find(context.roles, rule.role) != context.roles.end();
  });
}

}  // namespace

Checked decide_command(Decision& decision, const PutRight& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto entry = find_camera_check(*step, command.entry);
  if (!entry) return std::unexpected(entry.error());
  const std::string place = command.step + ":" + command.entry;
  const CheckState* check = check_state(*step->state, command.entry);
  if (check == nullptr || !check->fail_stands) {
    return refuse("check.nothing", "No fail waits to be put right. Nothing was saved.", place);
  }
  if (auto good = check_reason(command.reason, place); !good) return good;
  decision.emit(CheckPutRight{command.entry, command.reason}, command.step);
  return {};
}

Checked decide_command(Decision& decision, const DecideCheck& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto entry = find_camera_check(*step, command.entry);
  if (!entry) return std::unexpected(entry.error());
  const std::string place = command.step + ":" + command.entry;
  const bool ok = command.decision == check_verdict::kOk;
  if (!ok && command.decision != check_verdict::kNotOk) {
    return refuse("check.format", "Decide ok or not_ok. Nothing was saved.", place);
  }
  if (auto good = check_still_open(*step, command.entry); !good) return good;
  const auto why = why_by_people(decision, *step, **entry, place);
  if (!why) return std::unexpected(why.error());
  if (ok && camera_failed(*step->state, command.entry)) {
    return refuse("check.failed",
                  "The camera saw a fail in this step: only a pass ends that. Nothing was saved. "
                  "Check again, or have the supervisor repeat the step.",
                  place);
  }
  if (auto good = check_reason(command.reason, place); !good) return good;
  decision.emit(CheckDecided{command.entry, (*entry)->camera_check->check.id, command.decision,
                             command.reason, *why},
                command.step);
  if (ok) {
    decision.open_exception(
        {.exception_class = "camera_check_by_people",
         .entry = command.entry,
         .value = command.decision,
         .limit = *why,
         .message = fmt::format("{}: decided by people, since the camera check was {}. A second "
                                "person verifies it.",
                                english((*entry)->title, command.entry),
                                *why == check_verdict::kNotPerformed ? "not performed" : *why)},
        command.step);
  } else {
    report_failed_check(decision, {**entry, command.decision, *why, command.reason}, step->ref);
  }
  decision.recompute_after(step->ref, command.entry);
  return {};
}

Checked decide_command(Decision& decision, const ConfirmCheckWorked& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const auto entry = find_camera_check(*step, command.entry);
  if (!entry) return std::unexpected(entry.error());
  const std::string place = command.step + ":" + command.entry;
  if (const auto missing = missing_entries(*step->content, *step->state); !missing.empty()) {
    return refuse("step.entry.missing",
                  "Something is still missing. Nothing was saved. Enter it first.",
                  command.step + ":" + missing.front());
  }
  const auto missing = missing_signatures(*step->content, *step->state);
  const SignatureRule rule = missing.empty() ? SignatureRule{} : missing.front();
  const SiteFacts* site = decision.context().site;
  StandInRefusal no = why_not_confirm(
      {decision.state().scalars(), *step->content, *step->state, step->ref.path, rule, site});
  const bool other = no.rule.empty() && rule.camera->check != command.entry;
  if (other) no = {"confirm.nothing", "This check stands in for another signature."};
  if (!no.rule.empty()) {
    return refuse(no.rule, no.message + " Nothing was saved. A second person signs.", place);
  }
  if (!signs_here(*step->content, decision.context())) {
    return refuse("confirm.role",
                  "Only who may sign in this step says that the check worked. Nothing was saved. "
                  "Call such a person.",
                  place);
  }
  const CheckAttempt pass = *pass_in_force(*step->state, command.entry);
  decision.emit(
      CameraStoodIn{command.entry, rule.meaning, rule.role,
                    std::string(name_of(kStandInModeNames, rule.camera->mode)),
                    may_stand_in(*decision.index().mbr, site, rule, step->ref.path).policy,
                    fmt::format("{} {}", pass.camera, pass.sha256), decision.context().actor},
      command.step);
  return {};
}

}  // namespace batchwright::workflows

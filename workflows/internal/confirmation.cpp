#include "workflows/internal/confirmation.h"

#include <algorithm>

#include "workflows/internal/check_rules.h"

namespace batchwright::workflows {

StandInRefusal why_not_confirm(const StandInQuestion& question) {
  const StepState& step = question.step;
  const Entry* entry =
      question.rule.camera ? find_entry(question.content, question.rule.camera->check) : nullptr;
  if (entry == nullptr || !entry->camera_check) {
    return {"confirm.nothing", "The next signature is not one that a check may stand in for."};
  }
  if (pass_in_force(step, entry->id) == nullptr || any_decided_by_people(question.content, step)) {
    return {"confirm.no_pass", "No camera passed this."};
  }
  if (check_state(step, entry->id)->failed) {
    return {"confirm.failed", "The check failed before it passed."};
  }
  if (is_disabled(question.run, entry->camera_check->check.id)) {
    return {"confirm.disabled", "The check is disabled in this batch."};
  }
  if (waits_for_challenge(*question.run.index, question.run, entry->camera_check->check)) {
    return {"confirm.disabled", "The check waits for its challenge in this batch."};
  }
  const bool changed = std::ranges::any_of(
      step.stood_in, [](const StoodIn& made) { return !made.voided_by.empty(); });
  if (changed) {
    return {"confirm.changed", "The step was changed after the camera stood in."};
  }
  const StandInAnswer answer =
      may_stand_in(*question.run.mbr, question.site, question.rule, question.path);
  return answer.may() ? StandInRefusal{} : StandInRefusal{"confirm.policy", answer.why_not};
}

}  // namespace batchwright::workflows

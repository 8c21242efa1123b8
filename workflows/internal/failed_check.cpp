#include "workflows/internal/failed_check.h"

#include <fmt/format.h>

#include "workflows/internal/check_rules.h"
#include "workflows/internal/names.h"

namespace batchwright::workflows {

void report_failed_check(Decision& decision, const FailedCheck& failed, const StepRef& ref) {
  const Entry& entry = failed.entry;
  const CheckState* check = check_state(*decision.state().step(ref), entry.id);
  const bool spent = check != nullptr && check->fails > entry.camera_check->attempts_max;
  const ReactionPlan* plan = decision.index().mbr->find_plan(entry.reaction_plan);
  Trouble trouble{
      .exception_class = "camera_check_failed",
      .entry = entry.id,
      .value = failed.value,
      .limit = failed.limit,
      .plan = entry.reaction_plan,
      .message = fmt::format("{}: failed{}{}. Put it right and say how, then check again.",
                             english(entry.title, entry.id), failed.words.empty() ? "" : ": ",
                             failed.words)};
  if (spent) {
    trouble.blocks =
        plan == nullptr ? "step" : std::string(name_of(kHoldLevelNames, plan->hold_level));
    trouble.release = plan == nullptr || plan->calls_role.empty() ? "supervisor" : plan->calls_role;
    trouble.message =
        fmt::format("{}: failed for the {}. time{}{}. The step is held until {} releases it.",
                    english(entry.title, entry.id), check->fails, failed.words.empty() ? "" : ": ",
                    failed.words, trouble.release);
  }
  decision.open_exception(trouble, to_text(ref));
}

std::expected<const Entry*, Refusal> find_camera_check(const KnownStep& step,
                                                       const std::string& entry) {
  const Entry* found = find_entry(*step.content, entry);
  if (found != nullptr && found->camera_check) return found;
  return refuse("check.none", "The step has no such camera check. Nothing was saved.",
                to_text(step.ref) + ":" + entry);
}

}  // namespace batchwright::workflows

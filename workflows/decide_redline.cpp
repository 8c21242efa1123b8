// A governed change to this run only (requirement A9).
#include <fmt/format.h>

#include "workflows/internal/decision.h"
#include "workflows/internal/redline.h"

namespace batchwright::workflows {
namespace {

// What was begun by the old words can't get new ones; it is repeated by the new.
Checked check_not_begun(const Decision& decision, const std::string& change,
                        const std::string& path) {
  if (path.empty() || !redline_changes_step(change)) return {};
  const StepState* newest = decision.state().newest(path);
  if (newest == nullptr || newest->status == StepStatus::kReady) return {};
  return refuse(
      "redline.begun",
      "The step was begun by its old words. Nothing was changed. Add a new step after it, "
      "or repeat it.",
      path);
}

}  // namespace

Checked decide_command(Decision& decision, const ProposeRedline& command) {
  const std::string path = redline_target(command.change);
  if (auto good = check_reason(command.reason, path); !good) return good;
  const auto amended = apply_redline(*decision.index().mbr, command.change);
  if (!amended) return refuse("redline.invalid", amended.error().message, path);
  if (auto good = check_not_begun(decision, command.change, path); !good) return good;
  const std::string id = decision.next_id();
  decision.emit(RedlineProposed{id, command.change, command.reason});
  decision.open_exception({.exception_class = "redline",
                           .value = id,
                           .limit = path,
                           .message = "A change to this run only was proposed."});
  return {};
}

Checked decide_command(Decision& decision, const ApproveRedline& command) {
  const Redline* known = decision.state().redline(command.redline);
  if (known == nullptr || known->in_force) {
    return refuse("redline.nothing", "There is no such change that waits for approval.",
                  command.redline);
  }
  const std::string& person = decision.context().actor;
  if (known->proposer == person || known->approvers.contains(person)) {
    return refuse("redline.same_person",
                  "Another person approves it: neither who proposed it nor who approved it before.",
                  known->step);
  }
  const std::vector<std::string> roles = {"operator", "supervisor", "quality"};
  if (auto good = check_role(decision, roles, "redline.role", "approve a change"); !good) {
    return good;
  }
  if (auto good = check_reason(command.reason, known->step); !good) return good;
  if (auto good = check_not_begun(decision, known->change, known->step); !good) return good;
  decision.emit(RedlineApproved{command.redline, command.reason});
  return {};
}

}  // namespace batchwright::workflows

// What an exception stopped goes on, by a signature of the role that it names (requirement D5).
#include <fmt/format.h>

#include "workflows/internal/blockers.h"
#include "workflows/internal/decision.h"
#include "workflows/internal/statement_rules.h"
#include "workflows/releasing.h"

namespace batchwright::workflows {
namespace {

constexpr const char* kMeaning = "released";

bool stops_something(const Decision& decision, const ExceptionState& exception) {
  const auto ref = step_ref_from_text(exception.step);
  const StepState* step = ref ? decision.state().step(*ref) : nullptr;
  const bool holds = step != nullptr && step->held_by == exception.id;
  const bool excuses = may_be_excused(*decision.index().mbr, exception);
  const bool element = exception.blocks == "operation";
  const bool begin =
      step != nullptr && step->status == StepStatus::kReady && blocks_step(exception);
  return !exception.released && (holds || begin || excuses || blocks_batch(exception) || element);
}

// It goes on with the last exception that blocked it; a hold by a person stays that person's.
void let_go_on(Decision& decision, const std::string& element, const ReleaseStep& command) {
  const RunState& run = decision.state().scalars();
  const bool held_by_exceptions =
      element.empty() ? !run.hold.exception.empty() : run.held_elements.contains(element);
  if (!held_by_exceptions || blocker_of(decision.state(), element) != nullptr) return;
  decision.change_state(element, ProceduralCommand::kRestart, command.reason);
}

}  // namespace

// Whoever recorded what is wrong can't also decide that it goes on.
Checked check_releaser(const Decision& decision, const ExceptionState& exception,
                       const std::string& place) {
  std::string names;
  bool holds_role = false;
  for (const std::string& role : releasing_roles(*decision.index().mbr, exception)) {
    holds_role = holds_role || has_role(decision.context(), role);
    names += (names.empty() ? "" : ", ") + role;
  }
  if (!holds_role) {
    return refuse("release.role",
                  fmt::format("Only this role may release the step: {}. Call that person.", names),
                  place);
  }
  if (decision.context().actor == exception.actor) {
    return refuse("release.same_person",
                  "The person who recorded the value can't release the step. Call another person.",
                  place);
  }
  return {};
}

Checked decide_command(Decision& decision, const ReleaseStep& command) {
  const ExceptionState* known = decision.state().exception(command.exception);
  if (known == nullptr || known->step != command.step || !stops_something(decision, *known)) {
    return refuse("release.nothing",
                  "This exception doesn't hold the step. There is nothing to release.",
                  command.step);
  }
  if (auto good = check_releaser(decision, *known, command.step); !good) return good;
  if (auto good = check_reason(command.reason, command.step); !good) return good;
  const auto ref = step_ref_from_text(command.step);
  const StepState* step = ref ? decision.state().step(*ref) : nullptr;
  const SignedText text{command.statement, command.key_hex, command.signature_hex};
  const StatementRules rules{command.step, kMeaning, releasing_roles(*decision.index().mbr, *known),
                             step == nullptr ? std::vector<std::string>{} : step->lines};
  if (auto good = check_statement(decision, text, rules); !good) return good;
  const std::string blocked = known->blocks;
  decision.emit(StepReleased{command.exception, command.reason, command.statement, command.key_hex,
                             command.signature_hex},
                command.step);
  if (blocked == "operation")
    let_go_on(decision, decision.index().operation_of(ref->path), command);
  if (blocked == "batch") let_go_on(decision, "", command);
  return {};
}

}  // namespace batchwright::workflows

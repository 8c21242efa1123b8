// What an exception stopped goes on, by a signature of the role that it names (requirement D5).
#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/decision.h"
#include "workflows/internal/statement_rules.h"

namespace batchwright::workflows {
namespace {

constexpr const char* kMeaning = "released";

std::vector<std::string> split(const std::string& roles) {
  std::vector<std::string> names;
  std::size_t start = 0;
  while (start < roles.size()) {
    const std::size_t comma = std::min(roles.find(", ", start), roles.size());
    names.push_back(roles.substr(start, comma - start));
    start = comma + 2;
  }
  return names;
}

std::vector<std::string> releasing_roles(const Decision& decision,
                                         const ExceptionState& exception) {
  if (!exception.release.empty()) return split(exception.release);
  const ReactionPlan* plan = decision.index().mbr->find_plan(exception.plan);
  if (plan != nullptr && !plan->calls_role.empty()) return {plan->calls_role};
  return {"supervisor", "quality"};
}

// Whoever recorded what is wrong can't also decide that it goes on.
Checked check_releaser(const Decision& decision, const ExceptionState& exception,
                       const std::string& place) {
  std::string names;
  bool holds_role = false;
  for (const std::string& role : releasing_roles(decision, exception)) {
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

std::string held_element(const Decision& decision, const std::string& exception) {
  for (const auto& [element, by] : decision.state().scalars().held_elements) {
    if (by == exception) return element;
  }
  return {};
}

// Only a computed entry can be done without; a value that a person owes stays owed.
bool excuses_entry(const Decision& decision, const ExceptionState& exception, const StepRef& ref) {
  const StepContent* content = decision.index().step(ref.path);
  const Entry* entry = content == nullptr ? nullptr : find_entry(*content, exception.entry);
  return exception.exception_class == "formula_error" && entry != nullptr &&
         entry->kind == EntryKind::kComputed;
}

bool stops_something(const Decision& decision, const ExceptionState& exception) {
  const auto ref = step_ref_from_text(exception.step);
  const StepState* step = ref ? decision.state().step(*ref) : nullptr;
  const bool holds = step != nullptr && step->held_by == exception.id;
  const bool excuses = ref && excuses_entry(decision, exception, *ref);
  const bool batch = decision.state().scalars().hold.exception == exception.id;
  const bool element = !held_element(decision, exception.id).empty();
  return !exception.released && (holds || excuses || batch || element);
}

}  // namespace

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
  const StatementRules rules{command.step, kMeaning, releasing_roles(decision, *known),
                             step == nullptr ? std::vector<std::string>{} : step->lines};
  if (auto good = check_statement(decision, text, rules); !good) return good;
  const std::string element = held_element(decision, command.exception);
  const bool holds_batch = decision.state().scalars().hold.exception == command.exception;
  decision.emit(StepReleased{command.exception, command.reason, command.statement, command.key_hex,
                             command.signature_hex},
                command.step);
  if (!element.empty()) {
    decision.change_state(element, ProceduralCommand::kRestart, command.reason);
  }
  if (!holds_batch || decision.state_of("") != ProceduralState::kHeld) return {};
  // Another exception may have asked for the same hold; the batch waits for that one too.
  const ExceptionState* other = decision.state().newest_exception(
      [](const ExceptionState& waits) { return waits.blocks == "batch" && !waits.released; });
  if (other != nullptr) {
    decision.emit(HoldDeclared{"exception", "0", other->id});
  } else {
    decision.change_state("", ProceduralCommand::kRestart, command.reason);
  }
  return {};
}

}  // namespace batchwright::workflows

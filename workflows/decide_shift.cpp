// The person who answers for the batch changes (requirement B14): the outgoing one signs, the
// incoming one acknowledges.
#include "workflows/internal/decision.h"
#include "workflows/internal/statement_rules.h"

namespace batchwright::workflows {
namespace {

bool is_waiting(const RunState& run) {
  return !run.handovers.empty() && run.handovers.back().taken_over_time.empty();
}

}  // namespace

Checked decide_command(Decision& decision, const HandOver& command) {
  if (is_waiting(decision.state().scalars())) {
    return refuse("shift.waiting",
                  "The batch was handed over already; somebody has to take it over first.");
  }
  if (auto good = check_reason(command.note); !good) return good;
  const SignedText text{command.statement, command.key_hex, command.signature_hex};
  if (auto good = check_statement(decision, text, {{}, "handed over", {}, {}}); !good) return good;
  HandedOver event{command.note, {}, {}, command.statement, command.key_hex, command.signature_hex};
  for (const StepRef& ref : decision.state().scalars().open) {
    event.open_steps.push_back(to_text(ref));
  }
  event.open_exceptions = decision.state().open_exceptions();
  decision.emit(event);
  return {};
}

Checked decide_command(Decision& decision, const TakeOver& command) {
  if (!is_waiting(decision.state().scalars())) {
    return refuse("shift.nothing", "Nothing was handed over. There is nothing to take over.");
  }
  if (decision.state().scalars().handovers.back().from == decision.context().actor) {
    return refuse("shift.same_person",
                  "Another person takes over. Nothing was saved. Call that person.");
  }
  const SignedText text{command.statement, command.key_hex, command.signature_hex};
  if (auto good = check_statement(decision, text, {{}, "taken over", {}, {}}); !good) return good;
  decision.emit(TakenOver{command.statement, command.key_hex, command.signature_hex});
  return {};
}

}  // namespace batchwright::workflows

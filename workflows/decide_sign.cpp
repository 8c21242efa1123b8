// Signing a step. The statement was built and signed outside; here every claim in it is compared
// with what the run knows, so that a signature never stands for anything else than what this step
// holds now.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/internal/decision.h"
#include "workflows/internal/statement_rules.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

using record::SignatureStatement;

Checked check_entries(const KnownStep& step, const std::string& place) {
  const auto missing = missing_entries(*step.content, *step.state);
  if (missing.empty()) return {};
  const Entry& first = *find_entry(*step.content, missing.front());
  return refuse("step.entry.missing",
                fmt::format("Still missing: {}. Nothing was signed. Enter it first.",
                            english(first.title, first.id)),
                place + ":" + first.id);
}

// Who may sign what next.
Checked check_signer(const Decision& decision, const KnownStep& step,
                     const SignatureStatement& statement, const SignStep& command) {
  const Context& context = decision.context();
  const auto missing = missing_signatures(*step.content, *step.state);
  if (missing.empty()) {
    return refuse("sign.nothing", "Everything is signed already. Complete the step.", command.step);
  }
  const SignatureRule& next = missing.front();
  if (statement.meaning != next.meaning || command.meaning != next.meaning) {
    return refuse("sign.order",
                  fmt::format("The next signature is \"{}\" by {}. Nothing was signed.",
                              next.meaning, next.role),
                  command.step);
  }
  if (statement.signer.empty() || statement.signer != context.actor) {
    return refuse(
        "sign.signer",
        "The signature is not of the person who is signed in. Nothing was signed. Sign in as "
        "the signer.",
        command.step);
  }
  if (statement.role != next.role ||
      std::ranges::find(context.roles, next.role) == context.roles.end()) {
    return refuse(
        "sign.role",
        fmt::format("Only the role {} may sign this. Nothing was signed. Call such a person.",
                    next.role),
        command.step);
  }
  if (next.other_person && step.state->took_part(statement.signer)) {
    return refuse(
        "sign.same_person",
        "Another person must sign this: you signed this step or recorded a value of it. Nothing "
        "was signed. Call a second person.",
        command.step);
  }
  return {};
}

}  // namespace

Checked decide_command(Decision& decision, const SignStep& command) {
  const auto step = find_running_step(decision, command.step);
  if (!step) return std::unexpected(step.error());
  const SignedText text{command.statement, command.key_hex, command.signature_hex};
  const auto statement = read_statement(text, command.step);
  if (!statement) return std::unexpected(statement.error());
  if (auto good = check_entries(*step, command.step); !good) return good;
  if (auto good = check_signer(decision, *step, *statement, command); !good) return good;
  const StatementRules rules{command.step, statement->meaning, {}, step->state->lines};
  if (auto good = check_content(decision, *statement, rules); !good) return good;
  if (auto good = check_key(text, command.step); !good) return good;
  decision.emit(SignatureMade{command.statement, command.key_hex, command.signature_hex},
                command.step);
  return {};
}

}  // namespace batchwright::workflows

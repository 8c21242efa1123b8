// Signing a step. The statement was built and signed outside; here every claim in it is compared
// with what the run knows, so that a signature never stands for anything else than what this step
// holds now.
#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "record/signature.h"
#include "workflows/internal/decision.h"
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

Checked check_key(const SignStep& command) {
  const auto key = array_from_hex<32>(command.key_hex);
  const auto signature = array_from_hex<64>(command.signature_hex);
  if (key && signature && record::verify_statement(command.statement, *key, *signature)) return {};
  return refuse("sign.signature",
                "The signature doesn't match what was shown. Nothing was signed. Sign again.",
                command.step);
}

// What the statement says about the record: this run, this recipe, this step, exactly these lines.
Checked check_content(const Decision& decision, const KnownStep& step,
                      const SignatureStatement& statement, const std::string& place) {
  const RunState& run = decision.state().scalars();
  if (statement.subject != record::Subject{"run", run.run} || statement.step != place) {
    return refuse("sign.other_step",
                  "The signature is for another step. Nothing was signed. Sign again.", place);
  }
  if (statement.control_recipe != run.mbr_hash) {
    return refuse(
        "sign.other_recipe",
        "The signature names another master batch record. Nothing was signed. Sign again.", place);
  }
  if (statement.device != decision.context().device) {
    return refuse("sign.other_device",
                  "The signature was made on another panel. Nothing was signed. Sign here.", place);
  }
  if (statement.covered != step.state->lines) {
    return refuse(
        "sign.covered",
        "The step changed since it was shown. Nothing was signed. Look at it and sign again.",
        place);
  }
  if (statement.challenge.empty() || decision.state().used_challenge(statement.challenge)) {
    return refuse("sign.challenge",
                  "This signature was used before. Nothing was signed. Sign again.", place);
  }
  return {};
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
  const auto statement = record::statement_from_text(command.statement);
  if (!statement) {
    return refuse("sign.statement", "The signature can't be read. Nothing was signed. Sign again.",
                  command.step);
  }
  if (auto good = check_entries(*step, command.step); !good) return good;
  if (auto good = check_signer(decision, *step, *statement, command); !good) return good;
  if (auto good = check_content(decision, *step, *statement, command.step); !good) return good;
  if (auto good = check_key(command); !good) return good;
  decision.emit(SignatureMade{command.statement, command.key_hex, command.signature_hex},
                command.step);
  return {};
}

}  // namespace batchwright::workflows

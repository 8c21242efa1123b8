#include "workflows/internal/statement_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"

namespace batchwright::workflows {

using record::SignatureStatement;

std::expected<SignatureStatement, Refusal> read_statement(const SignedText& text,
                                                          const std::string& place) {
  auto statement = record::statement_from_text(text.statement);
  if (statement) return std::move(*statement);
  return refuse("sign.statement", "The signature can't be read. Nothing was signed. Sign again.",
                place);
}

Checked check_key(const SignedText& text, const std::string& place) {
  const auto key = array_from_hex<32>(text.key_hex);
  const auto signature = array_from_hex<64>(text.signature_hex);
  if (key && signature && record::verify_statement(text.statement, *key, *signature)) return {};
  return refuse("sign.signature",
                "The signature doesn't match what was shown. Nothing was signed. Sign again.",
                place);
}

Checked check_content(const Decision& decision, const SignatureStatement& statement,
                      const StatementRules& rules) {
  const std::string& place = rules.step;
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
  if (statement.covered != rules.covered) {
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

Checked check_statement(const Decision& decision, const SignedText& text,
                        const StatementRules& rules) {
  const auto statement = read_statement(text, rules.step);
  if (!statement) return std::unexpected(statement.error());
  const Context& context = decision.context();
  if (statement->meaning != rules.meaning) {
    return refuse("sign.order",
                  fmt::format("The signature must mean \"{}\". Nothing was signed.", rules.meaning),
                  rules.step);
  }
  if (statement->signer.empty() || statement->signer != context.actor) {
    return refuse(
        "sign.signer",
        "The signature is not of the person who is signed in. Nothing was signed. Sign in "
        "as the signer.",
        rules.step);
  }
  const bool right_role =
      rules.roles.empty() || std::ranges::find(rules.roles, statement->role) != rules.roles.end();
  if (!right_role || !has_role(context, statement->role)) {
    return refuse("sign.role",
                  "The signature names a role that may not sign this. Nothing was signed.",
                  rules.step);
  }
  if (auto good = check_content(decision, *statement, rules); !good) return good;
  return check_key(text, rules.step);
}

}  // namespace batchwright::workflows

// What every signed statement must say to stand in this run: this person, this run, this recipe,
// exactly these lines, never seen before, and a key that signed it.
#pragma once

#include <string>
#include <vector>

#include "record/signature.h"
#include "workflows/internal/decision.h"

namespace batchwright::workflows {

struct SignedText {
  const std::string& statement;
  const std::string& key_hex;
  const std::string& signature_hex;
};

struct StatementRules {
  std::string step;                // as the statement must name it; empty = about the run
  std::string meaning;             // "performed", "released", "handed over" ...
  std::vector<std::string> roles;  // one of them; empty = any that the person holds
  std::vector<std::string> covered;
};

[[nodiscard]] std::expected<record::SignatureStatement, Refusal> read_statement(
    const SignedText& text, const std::string& place);
[[nodiscard]] Checked check_content(const Decision& decision,
                                    const record::SignatureStatement& statement,
                                    const StatementRules& rules);
[[nodiscard]] Checked check_key(const SignedText& text, const std::string& place);
// All of it: for signatures that aren't a step's own.
[[nodiscard]] Checked check_statement(const Decision& decision, const SignedText& text,
                                      const StatementRules& rules);

}  // namespace batchwright::workflows

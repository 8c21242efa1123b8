// A person's signature over exact content (21 CFR 11.50, 11.70). The statement is a string, signed
// byte for byte, and holds everything the signer was shown. Signed bytes:
// "batchwright/signature/1\n" statement.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "record/journal_writer.h"
#include "record/keys.h"

namespace batchwright::record {

struct SignatureStatement {
  std::string site;
  Subject subject;
  std::string control_recipe;  // hex hash of the MBR the run froze
  std::string step;            // path#instance
  std::string meaning;         // performed, verified, witnessed, reviewed, approved
  std::string
      meaning_words;  // as shown: "I performed this step as written and the entries are true."
  std::string signer, name, role;
  std::string time;  // with offset
  std::string zone;  // IANA name from the site configuration
  std::string device;
  std::string challenge;              // 32 hex digits, used once
  std::vector<std::string> covered;   // hex hashes of the lines shown, in order
  std::map<std::string, Head> as_of;  // device heads known when shown
  std::string state;                  // state hash when shown, so that shown absences are covered
};

// Canonical text, first key "purpose":"batchwright/signature/1".
[[nodiscard]] std::string to_text(const SignatureStatement& statement);
[[nodiscard]] Result<SignatureStatement> statement_from_text(std::string_view text);

// The mark people compare: first 8 hex digits of SHA-256(statement), upper case, as "7F3A 91C2".
[[nodiscard]] std::string record_mark(std::string_view statement_text);

[[nodiscard]] Signature sign_statement(std::string_view statement_text, const SecretKey& key);
[[nodiscard]] bool verify_statement(std::string_view statement_text, const PublicKey& key,
                                    const Signature& signature);

// The event `signature_made` v1 has body {"statement":"..","key":hex,"sig":hex}.

}  // namespace batchwright::record

// A statement with a signature over its exact text: enrolment, directory, MBR approval, batch
// issuance, receipts. Signed bytes: "batchwright/" purpose "/1\n" statement. The statement is kept
// as a string and signed byte for byte.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/sha256.h"
#include "record/keys.h"

namespace batchwright::record {

struct SignedDocument {
  std::string purpose;    // enrolment, directory, approval, issue, receipt, receipt-key, export
  std::string statement;  // canonical JSON text (base/json.h to_text)
  PublicKey key{};        // who signed
  Signature signature{};

  [[nodiscard]] Digest hash() const;  // SHA-256 of the statement
};

[[nodiscard]] SignedDocument sign_document(std::string purpose, const Json& statement,
                                           const SecretKey& key);

// The statement, parsed, when the signature is good and was made by `expected_key` for `purpose`;
// else kAltered.
[[nodiscard]] Result<Json> open_document(const SignedDocument& document, std::string_view purpose,
                                         const PublicKey& expected_key);

// {"purpose":..,"statement":"..","key":hex,"sig":hex}
[[nodiscard]] Json to_json(const SignedDocument& document);
[[nodiscard]] Result<SignedDocument> signed_document_from_json(const Json& json);

}  // namespace batchwright::record

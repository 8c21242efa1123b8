#include "record/signed_document.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "base/ensure.h"
#include "record/internal/member_reader.h"

namespace batchwright::record {
namespace {

// Words that begin other signed messages: a document must never be able to pass for one of them.
bool is_purpose(std::string_view purpose) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  return !purpose.empty() && purpose.size() <= 32 && std::ranges::all_of(purpose, allowed) &&
         purpose != "commit" && purpose != "signature";
}

std::string signed_bytes(std::string_view purpose, std::string_view statement) {
  return fmt::format("batchwright/{}/1\n{}", purpose, statement);
}

}  // namespace

Digest SignedDocument::hash() const {
  return sha256(statement);
}

SignedDocument sign_document(std::string purpose, const Json& statement, const SecretKey& key) {
  ensure(is_purpose(purpose), "unknown purpose of a signed document");
  SignedDocument document;
  document.statement = to_text(statement);
  document.key = key.public_key();
  document.signature = key.sign(signed_bytes(purpose, document.statement));
  document.purpose = std::move(purpose);
  return document;
}

Result<Json> open_document(const SignedDocument& document, std::string_view purpose,
                           const PublicKey& expected_key) {
  const auto refused = [&](std::string_view why) {
    return fail(ErrorCode::kAltered, fmt::format("The {} is not believed: {}.", purpose, why),
                std::string(purpose));
  };
  if (document.purpose != purpose) return refused("it was signed for another purpose");
  if (document.key != expected_key) return refused("another key signed it");
  if (!verify(expected_key, signed_bytes(purpose, document.statement), document.signature)) {
    return refused("its signature does not match its text");
  }
  return parse_json(document.statement);
}

Json to_json(const SignedDocument& document) {
  Json json = Json::object();
  json["purpose"] = document.purpose;
  json["statement"] = document.statement;
  json["key"] = to_hex(document.key);
  json["sig"] = to_hex(document.signature);
  return json;
}

Result<SignedDocument> signed_document_from_json(const Json& json) {
  internal::MemberReader reader(json, "signed document");
  SignedDocument document;
  document.purpose = reader.raw("purpose");
  if (!is_purpose(document.purpose)) reader.note("purpose", "is not a purpose");
  document.statement = reader.raw("statement");
  document.key = reader.hex<std::tuple_size_v<PublicKey>>("key");
  document.signature = reader.hex<std::tuple_size_v<Signature>>("sig");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  return document;
}

}  // namespace batchwright::record

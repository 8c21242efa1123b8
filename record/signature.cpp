#include "record/signature.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "record/internal/heads.h"
#include "record/internal/member_reader.h"

namespace batchwright::record {
namespace {

constexpr std::string_view kPurpose = "batchwright/signature/1";
constexpr std::size_t kStatementBytesMax = kLineBytesMax;
constexpr std::size_t kChallengeBytes = 16;

std::string signed_bytes(std::string_view statement) {
  return fmt::format("{}\n{}", kPurpose, statement);
}

Subject read_subject(internal::MemberReader& reader) {
  internal::MemberReader inner(reader.object("subject"), "subject of a signature");
  Subject subject;
  subject.kind = inner.name("kind");
  subject.id = inner.name("id");
  if (inner.finish()) reader.note("subject", "is not a kind and an id");
  return subject;
}

std::vector<std::string> read_covered(internal::MemberReader& reader) {
  std::vector<std::string> covered;
  for (const Json& item : reader.array("covered")) {
    const bool is_hash = item.is_string() && array_from_hex<std::tuple_size_v<Digest>>(
                                                 item.get_ref<const std::string&>());
    if (!is_hash) {
      reader.note("covered", "holds something that is no SHA-256 in hex digits");
      break;
    }
    covered.push_back(item.get<std::string>());
  }
  return covered;
}

// Hex of a hash, or empty where the statement was made outside a run.
std::string read_hash(internal::MemberReader& reader, std::string_view key) {
  std::string hash = reader.raw(key);
  if (!hash.empty() && !array_from_hex<std::tuple_size_v<Digest>>(hash)) {
    reader.note(key, "is not a SHA-256 in hex digits");
  }
  return hash;
}

}  // namespace

std::string to_text(const SignatureStatement& statement) {
  Json json = Json::object();
  json["purpose"] = kPurpose;
  json["site"] = statement.site;
  json["subject"] = Json::object();
  json["subject"]["kind"] = statement.subject.kind;
  json["subject"]["id"] = statement.subject.id;
  json["control_recipe"] = statement.control_recipe;
  json["step"] = statement.step;
  json["meaning"] = statement.meaning;
  json["meaning_words"] = statement.meaning_words;
  json["signer"] = statement.signer;
  json["name"] = statement.name;
  json["role"] = statement.role;
  json["time"] = statement.time;
  json["zone"] = statement.zone;
  json["device"] = statement.device;
  json["challenge"] = statement.challenge;
  json["covered"] = Json::array();
  for (const std::string& hash : statement.covered) json["covered"].push_back(hash);
  json["as_of"] = internal::heads_to_json(statement.as_of);
  json["state"] = statement.state;
  return batchwright::to_text(json);
}

Result<SignatureStatement> statement_from_text(std::string_view text) {
  const auto json = parse_json(text, {.bytes_max = kStatementBytesMax, .depth_max = 8});
  if (!json) return std::unexpected(json.error());
  internal::MemberReader reader(*json, "signature statement");
  if (reader.raw("purpose") != kPurpose) reader.note("purpose", "is not batchwright/signature/1");
  SignatureStatement statement;
  statement.site = reader.text("site");
  statement.subject = read_subject(reader);
  statement.control_recipe = read_hash(reader, "control_recipe");
  statement.step = reader.text("step");
  statement.meaning = reader.name("meaning");
  statement.meaning_words = reader.text("meaning_words");
  statement.signer = reader.name("signer");
  statement.name = reader.name("name");
  statement.role = reader.text("role");
  statement.time = reader.time("time");
  statement.zone = reader.text("zone");
  statement.device = reader.name("device");
  statement.challenge = to_hex(reader.hex<kChallengeBytes>("challenge"));
  statement.covered = read_covered(reader);
  auto as_of = internal::heads_from_json(reader.object("as_of"));
  statement.state = read_hash(reader, "state");
  if (const auto error = reader.finish()) return std::unexpected(*error);
  if (!as_of) return std::unexpected(as_of.error());
  statement.as_of = std::move(*as_of);
  if (to_text(statement) != text) {
    return fail(ErrorCode::kMalformed, "The signature statement is not in canonical form.");
  }
  return statement;
}

std::string record_mark(std::string_view statement_text) {
  std::string mark = to_hex(sha256(statement_text)).substr(0, 8);
  for (char& c : mark) {
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  }
  return mark.insert(4, 1, ' ');
}

Signature sign_statement(std::string_view statement_text, const SecretKey& key) {
  return key.sign(signed_bytes(statement_text));
}

bool verify_statement(std::string_view statement_text, const PublicKey& key,
                      const Signature& signature) {
  return verify(key, signed_bytes(statement_text), signature);
}

}  // namespace batchwright::record

#include "record/internal/signature_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "record/internal/member_reader.h"
#include "record/signature.h"

namespace batchwright::record::internal {
namespace {

void remark(LineFacts& facts, std::string code, std::string message,
            Severity severity = Severity::kError) {
  facts.remarks.push_back({severity, std::move(code), {}, std::move(message)});
}

// The lines that carry a person's signature, each in the one form that holds one.
struct SignedKind {
  std::string_view type;
  int version;
  std::string_view meaning;             // that it must have; empty = any
  std::array<const char*, 3> others{};  // members beside statement, key and sig
  const char* meaning_in = nullptr;     // the member that says the meaning
};
constexpr std::array kSignedKinds = {
    SignedKind{"signature_made", 1, {}, {}},
    SignedKind{"step_released", 2, "released", {"exception", "reason"}},
    SignedKind{"handed_over", 1, "handed over", {"note", "open_steps", "open_exceptions"}},
    SignedKind{"taken_over", 1, "taken over", {}},
    SignedKind{"run_reviewed", 2, {}, {"stage", "decision", "reason"}, "decision"},
};

const SignedKind* find_kind(std::string_view type) {
  const auto* found = std::ranges::find(kSignedKinds, type, &SignedKind::type);
  return found == kSignedKinds.end() ? nullptr : found;
}

// A signature that means something else, or is of somebody else than the line says, was put into
// this line from another one.
void check_act(const SignatureStatement& statement, const SignedKind& kind, const Line& line,
               LineFacts& facts) {
  const auto named = kind.meaning_in == nullptr ? line.body.end() : line.body.find(kind.meaning_in);
  const bool is_named = named != line.body.end() && named->is_string();
  if (kind.meaning.empty() && kind.meaning_in == nullptr) return;
  const std::string meaning = is_named ? named->get<std::string>() : std::string(kind.meaning);
  if (statement.meaning != meaning) {
    remark(facts, "signature.moved",
           fmt::format("The signature means \"{}\" and does not belong here.", statement.meaning));
  }
  if (statement.signer != line.actor) {
    remark(facts, "signature.moved",
           fmt::format("The signature is of {}, but the line is of another person.",
                       statement.signer));
  }
}

// Production's review is a supervisor's, quality's is quality's (requirement B8).
void check_review(const SignatureStatement& statement, const Line& line, LineFacts& facts) {
  if (line.type != "run_reviewed") return;
  const auto stage = line.body.find("stage");
  const std::string_view role =
      stage != line.body.end() && *stage == "quality" ? "quality" : "supervisor";
  if (statement.role == role) return;
  remark(facts, "signature.moved",
         fmt::format("The review is for the role {}, and was signed as {}.", role, statement.role));
}

// A signature belongs to exactly one place. One that was copied elsewhere still has good
// cryptography.
void check_place(const SignatureStatement& statement, const Line& line, const LineContext& context,
                 LineFacts& facts) {
  if (!context.site.empty() && statement.site != context.site) {
    remark(facts, "signature.site",
           fmt::format("The signature was made for the site {}.", statement.site));
  }
  if (statement.device != line.device) {
    remark(facts, "signature.device",
           fmt::format("The signature was made on the device {}.", statement.device));
  }
  if (statement.subject != line.subject) {
    remark(facts, "signature.moved",
           fmt::format("The signature was made for {} {} and does not belong here.",
                       statement.subject.kind, statement.subject.id));
  }
  if (statement.step != line.step) {
    remark(facts, "signature.moved",
           fmt::format("The signature was made for the step {} and does not belong here.",
                       statement.step));
  }
}

void check_signer(const SignatureStatement& statement, const PublicKey& key,
                  const LineContext& context, LineFacts& facts) {
  if (context.people.empty()) {
    remark(facts, "signature.untraced",
           fmt::format("No certified directory says whether this key belongs to {}.",
                       statement.signer),
           context.must_trace_signers ? Severity::kError : Severity::kWarning);
    return;
  }
  if (!context.people.holds(statement.signer, key)) {
    remark(facts, "signature.key",
           fmt::format("No directory of the site gives this key to {}.", statement.signer));
    return;
  }
  facts.signature->is_traced = true;
  if (!context.people.has_role(statement.signer, key, statement.role)) {
    remark(facts, "signature.role",
           fmt::format("{} signed as {}, a role that no directory gives them.", statement.signer,
                       statement.role),
           Severity::kWarning);
  }
}

SignatureFacts facts_of(const SignatureStatement& statement, const std::string& device) {
  SignatureFacts facts;
  facts.challenge = statement.challenge;
  for (const std::string& hash : statement.covered) {
    facts.covered.push_back(array_from_hex<std::tuple_size_v<Digest>>(hash).value_or(Digest{}));
  }
  for (const auto& [name, head] : statement.as_of) {
    if (name == device) {
      facts.as_of_seq = head.seq;
      facts.as_of_hash = head.hash;
    } else {
      facts.knows_other_devices = true;
    }
  }
  return facts;
}

}  // namespace

bool is_signed_by_a_person(const Line& line) {
  const SignedKind* kind = find_kind(line.type);
  const bool was_unsigned_once = kind != nullptr && kind->version == 2 && line.v == 1;
  return kind != nullptr && !was_unsigned_once;
}

void inspect_signature(const Line& line, const LineContext& context, LineFacts& facts) {
  const SignedKind& kind = *find_kind(line.type);
  if (line.v != kind.version) {
    remark(facts, "signature.version",
           fmt::format("Version {} of {} is not known.", line.v, line.type));
    return;
  }
  MemberReader reader(line.body, "signature");
  for (const char* other : kind.others) {
    if (other != nullptr) (void)reader.any(other);
  }
  const std::string text = reader.raw("statement");
  const auto key = reader.hex<std::tuple_size_v<PublicKey>>("key");
  const auto signature = reader.hex<std::tuple_size_v<Signature>>("sig");
  if (const auto error = reader.finish()) {
    remark(facts, "signature.malformed", error->message);
    return;
  }
  if (!verify_statement(text, key, signature)) {
    remark(facts, "signature.bad", "The signature does not match its statement.");
  }
  const auto statement = statement_from_text(text);
  if (!statement) {
    remark(facts, "signature.malformed", statement.error().message);
    return;
  }
  facts.signature = facts_of(*statement, line.device);
  check_act(*statement, kind, line, facts);
  check_review(*statement, line, facts);
  check_place(*statement, line, context, facts);
  check_signer(*statement, key, context, facts);
}

}  // namespace batchwright::record::internal

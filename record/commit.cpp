#include "record/commit.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "record/internal/heads.h"
#include "record/journal_writer.h"
#include "record/signature.h"

namespace batchwright::record {
namespace {

std::unexpected<Error> altered(std::uint64_t seq, std::string_view what) {
  return fail(ErrorCode::kAltered, std::string(what), fmt::format("line {}", seq));
}

// The member of a body when it is text, else empty.
std::string text_member(const Json& body, const char* key) {
  const auto member = body.find(key);
  return member != body.end() && member->is_string() ? member->get<std::string>() : std::string();
}

Result<void> check_person_signature(const Line& line) {
  const auto text = text_member(line.body, "statement");
  const auto statement = statement_from_text(text);
  if (!statement) return altered(line.seq, "The signed statement can't be read.");
  const auto key = array_from_hex<32>(text_member(line.body, "key"));
  const auto signature = array_from_hex<64>(text_member(line.body, "sig"));
  if (!key || !signature || !verify_statement(text, *key, *signature))
    return altered(line.seq, "A person's signature does not match the signed statement.");
  if (statement->device != line.device || statement->subject != line.subject ||
      statement->step != line.step)
    return altered(line.seq, "A person's signature was made for another device, run or step.");
  return {};
}

// The commit line: its own place, what it closes, and the device's signature, which vouches for the
// hash of the line before it.
Result<void> check_commit_line(const Line& line, std::uint64_t first, const PublicKey& key) {
  const auto body = internal::commit_body_from_json(line.body);
  if (!body) return altered(line.seq, body.error().message);
  if (body->first != first) return altered(line.seq, "The commit does not begin where it says.");
  if (!verify(key, commit_message(line.device, line.seq, line.prev), body->signature))
    return altered(line.seq, "The commit is not signed by the enrolled device.");
  return {};
}

// Backwards from the signed end: a sound line vouches through its `prev` for the line before it, so
// that the line named is the changed one.
Result<void> check_chain(std::span<const StoredLine> lines) {
  for (std::size_t i = lines.size() - 1; i > 0; --i)
    if (lines[i].line.prev != lines[i - 1].hash)
      return altered(lines[i - 1].line.seq, "The line is not the one that was recorded.");
  return {};
}

Result<void> check_place(const Line& line, std::string_view device, std::uint64_t seq, bool last) {
  if (line.device != device) return altered(seq, "The line was written by another device.");
  if (line.seq != seq) return altered(seq, "The line's number does not follow the one before.");
  if ((line.type == "commit") != last)
    return altered(seq, "The commit line is not at the end of its commit.");
  return {};
}

}  // namespace

Result<std::vector<StoredLine>> check_commit(std::span<const std::string> lines,
                                             std::string_view device, const PublicKey& device_key) {
  std::vector<StoredLine> out;
  out.reserve(lines.size());
  for (const auto& bytes : lines) {
    auto line = decode(bytes);
    const auto seq = out.empty() ? (line ? line->line.seq : 0) : out.back().line.seq + 1;
    if (!line) return fail(line.error().code, line.error().message, fmt::format("line {}", seq));
    const bool last = out.size() + 1 == lines.size();
    if (auto good = check_place(line->line, device, seq, last); !good)
      return std::unexpected(good.error());
    out.push_back(std::move(*line));
  }
  if (out.size() < 2) return fail(ErrorCode::kMalformed, "A commit holds at least one entry.");
  auto good = check_commit_line(out.back().line, out.front().line.seq, device_key);
  if (good) good = check_chain(out);
  for (const auto& stored : out)
    if (good && stored.line.type == "signature_made") good = check_person_signature(stored.line);
  if (!good) return std::unexpected(good.error());
  return out;
}

}  // namespace batchwright::record

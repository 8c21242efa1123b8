#include "record/commit.h"

#include <fmt/format.h>

#include "base/bytes.h"
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

Result<void> check_commit_line(const Line& line, std::uint64_t first, const PublicKey& key) {
  if (text_member(line.body, "first") != std::to_string(first))
    return altered(line.seq, "The commit does not begin where it says.");
  const auto signature = array_from_hex<64>(text_member(line.body, "sig"));
  if (!signature || !verify(key, commit_message(line.device, line.seq, line.prev), *signature))
    return altered(line.seq, "The commit is not signed by the enrolled device.");
  return {};
}

}  // namespace

Result<std::vector<StoredLine>> check_commit(std::span<const std::string> lines,
                                             std::string_view device, const PublicKey& device_key) {
  std::vector<StoredLine> out;
  out.reserve(lines.size());
  for (const auto& bytes : lines) {
    auto line = decode(bytes);
    if (!line) {
      const auto seq = out.empty() ? 0 : out.back().line.seq + 1;
      return fail(line.error().code, line.error().message,
                  seq == 0 ? line.error().place : fmt::format("line {}", seq));
    }
    if (line->line.device != device)
      return altered(line->line.seq, "The line was written by another device.");
    if (!out.empty() && line->line.seq != out.back().line.seq + 1)
      return altered(line->line.seq, "The line's number does not follow the one before.");
    if (!out.empty() && line->line.prev != out.back().hash)
      return altered(line->line.seq, "The line does not continue the chain.");
    const bool last = out.size() + 1 == lines.size();
    if ((line->line.type == "commit") != last)
      return altered(line->line.seq, "The commit line is not at the end of its commit.");
    if (line->line.type == "signature_made")
      if (auto good = check_person_signature(line->line); !good)
        return std::unexpected(good.error());
    out.push_back(std::move(*line));
  }
  if (out.size() < 2) return fail(ErrorCode::kMalformed, "A commit holds at least one entry.");
  if (auto good = check_commit_line(out.back().line, out.front().line.seq, device_key); !good)
    return std::unexpected(good.error());
  return out;
}

}  // namespace batchwright::record

#include "record/internal/line_facts.h"

#include <fmt/format.h>

#include "record/internal/heads.h"
#include "record/internal/signature_facts.h"

namespace batchwright::record::internal {
namespace {

void remark(LineFacts& facts, std::string code, std::string message,
            Severity severity = Severity::kError) {
  facts.remarks.push_back({severity, std::move(code), {}, std::move(message)});
}

void inspect_commit(const Line& line, const LineContext& context, LineFacts& facts) {
  facts.commit = CommitFacts{};
  if (line.v != 1) {
    remark(facts, "commit.version",
           fmt::format("Version {} of a commit line is not known.", line.v));
    return;
  }
  const auto body = commit_body_from_json(line.body);
  if (!body) {
    remark(facts, "commit.malformed", body.error().message);
    return;
  }
  facts.commit->first = body->first;
  facts.commit->is_signed =
      context.device_key &&
      verify(*context.device_key, commit_message(context.device, line.seq, line.prev),
             body->signature);
}

}  // namespace

LineFacts inspect_line(std::string_view bytes, const LineContext& context) {
  LineFacts facts;
  auto stored = decode(bytes);
  if (!stored) {
    facts.malformed = std::move(stored.error());
    facts.hash = sha256(bytes);
    return facts;
  }
  const Line& line = stored->line;
  facts.hash = stored->hash;
  facts.seq = line.seq;
  facts.prev = line.prev;
  facts.hlc = line.hlc;
  if (!context.device.empty() && line.device != context.device) {
    remark(facts, "line.device", fmt::format("This line is of the device {}.", line.device));
  }
  if (line.type == "commit") inspect_commit(line, context, facts);
  if (is_signed_by_a_person(line)) inspect_signature(line, context, facts);
  return facts;
}

}  // namespace batchwright::record::internal

#include "record/journal_writer.h"

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/ensure.h"
#include "record/internal/heads.h"
#include "record/internal/line_rules.h"

namespace batchwright::record {
namespace {

constexpr std::string_view kCommitType = "commit";
constexpr std::size_t kDraftsMax = 10'000;

Line line_after(const Head& head, const std::string& device, const Draft& draft, Instant now) {
  Line line;
  static_cast<Draft&>(line) = draft;
  line.device = device;
  line.seq = head.seq + 1;
  line.prev = head.hash;
  line.hlc = next(head.hlc, now.unix_ms);
  line.time = to_text(now);
  return line;
}

// The bytes of `line`, read back as any verifier will read them.
Result<StoredLine> store(const Line& line) {
  // Before encoding, which would quietly replace what is not UTF-8.
  if (auto error = internal::find_rule_broken(line)) return std::unexpected(*error);
  return decode(encode(line));
}

void move_to(Head& head, const StoredLine& line) {
  head = {.seq = line.line.seq, .hash = line.hash, .hlc = line.line.hlc};
}

}  // namespace

std::string commit_message(const std::string& device, std::uint64_t seq, const Digest& prev) {
  return fmt::format("batchwright/commit/1\n{}\n{}\n{}", device, seq, to_hex(prev));
}

Result<std::vector<StoredLine>> JournalWriter::seal(std::span<const Draft> drafts, Instant now,
                                                    const SeenHeads& seen) const {
  if (drafts.empty() || drafts.size() > kDraftsMax) {
    return fail(ErrorCode::kRefused, fmt::format("A commit holds 1 to {} lines.", kDraftsMax));
  }
  if (seen.size() > internal::kHeadsMax || seen.contains(device_)) {
    return fail(ErrorCode::kRefused, "The heads seen are too many or name this device itself.");
  }
  std::vector<StoredLine> lines;
  lines.reserve(drafts.size() + 1);
  Head head = head_;
  for (const Draft& draft : drafts) {
    if (draft.type == kCommitType) {
      return fail(ErrorCode::kRefused,
                  "The type \"commit\" closes a commit and can't be inside one.");
    }
    auto line = store(line_after(head, device_, draft, now));
    if (!line) return std::unexpected(line.error());
    move_to(head, *line);
    lines.push_back(std::move(*line));
  }

  Draft commit;
  commit.type = kCommitType;
  commit.subject = {"device", device_};
  Line closing = line_after(head, device_, commit, now);
  closing.body = internal::to_json(internal::CommitBody{
      .first = head_.seq + 1,
      .seen = seen,
      .signature = key_.sign(commit_message(device_, closing.seq, closing.prev))});
  auto line = store(closing);
  if (!line) return std::unexpected(line.error());
  lines.push_back(std::move(*line));
  return lines;
}

void JournalWriter::advance(const StoredLine& commit_line) {
  ensure(commit_line.line.type == kCommitType && commit_line.line.device == device_ &&
             commit_line.line.seq > head_.seq,
         "a journal advances to its own commit lines only");
  move_to(head_, commit_line);
}

}  // namespace batchwright::record

#include "offline_store/internal/limits.h"

#include <fmt/format.h>

#include <map>

#include "offline_store/internal/envelope.h"

namespace batchwright::offline_store::internal {

namespace {

// kRefused, not kFull: free space would not help.
Result<void> at_most(std::size_t bytes_max, std::size_t bytes, const char* what,
                     ErrorCode code = ErrorCode::kRefused) {
  if (bytes <= bytes_max) return {};
  return fail(code,
              fmt::format("{} is too large: {} bytes, at most {} can be kept. It was not saved.",
                          what, bytes, bytes_max));
}

std::unexpected<Error> wrong_line(ErrorCode code, const record::StoredLine& line,
                                  const char* what) {
  return fail(code, fmt::format("A line from another panel was not stored: {}.", what),
              fmt::format("{} line {}", line.line.device, line.line.seq));
}

Result<void> check_peer_line(const record::StoredLine& line) {
  auto fits = at_most(record::kLineBytesMax, line.bytes.size(), "A line from another panel");
  if (!fits) return fits;
  if (sha256(line.bytes) != line.hash) {
    return wrong_line(ErrorCode::kMalformed, line, "it does not match its hash");
  }
  const auto envelope = scan_envelope(line.bytes);
  const bool same = envelope && envelope->device == line.line.device &&
                    envelope->seq == line.line.seq && envelope->type == line.line.type;
  if (!same) return wrong_line(ErrorCode::kMalformed, line, "its bytes say something else");
  return {};
}

}  // namespace

Result<std::vector<std::uint64_t>> check_peer_lines(const std::vector<record::StoredLine>& lines) {
  std::vector<std::uint64_t> commits(lines.size());
  std::map<std::string_view, std::uint64_t>
      closing;  // device -> the commit line met last, from the end
  for (std::size_t i = lines.size(); i-- > 0;) {
    const record::StoredLine& line = lines[i];
    if (auto good = check_peer_line(line); !good) return std::unexpected(good.error());
    if (line.line.type == "commit") closing[line.line.device] = line.line.seq;
    const auto commit = closing.find(line.line.device);
    if (commit == closing.end() || commit->second < line.line.seq) {
      return wrong_line(ErrorCode::kRefused, line, "the line that closes its commit is missing");
    }
    commits[i] = commit->second;
  }
  return commits;
}

Result<void> check_receipt(std::uint64_t seq, std::string_view text, const JournalHead& head) {
  if (seq == 0 || seq > head.seq) {
    return fail(
        ErrorCode::kConflict,
        "The twin confirmed lines that are not on this panel. The confirmation was not kept; "
        "the record is not affected. Call IT.",
        fmt::format("line {}", seq));
  }
  return at_most(kSyncTextBytesMax, text.size(), "The twin's receipt");
}

Result<void> check_wedged(const Wedged& wedged) {
  const std::size_t bytes = wedged.reason.size() + wedged.detail.size() + wedged.time.size();
  return at_most(kSyncTextBytesMax, bytes, "The twin's refusal");
}

Result<void> check_cursor(std::string_view cursor) {
  return at_most(kSyncTextBytesMax, cursor.size(), "The feed's cursor");
}

Result<void> check_evidence(std::string_view bytes) {
  return at_most(kEvidenceBytesMax, bytes.size(), "This picture or file", ErrorCode::kFull);
}

Result<void> check_catalogue_item(const CatalogueItem& item) {
  if (item.kind.empty()) return fail(ErrorCode::kRefused, "A document needs a kind.");
  if (auto fits = at_most(kNameBytesMax, item.kind.size(), "A document's kind"); !fits) return fits;
  if (auto fits = at_most(kNameBytesMax, item.name.size(), "A document's name"); !fits) return fits;
  return at_most(kDocumentBytesMax, item.text.size(), "This document");
}

}  // namespace batchwright::offline_store::internal

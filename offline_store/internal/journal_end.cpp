#include "offline_store/internal/journal_end.h"

#include <fmt/format.h>

#include "offline_store/internal/envelope.h"

namespace batchwright::offline_store::internal {

namespace {

std::unexpected<Error> altered(std::uint64_t seq, const char* what) {
  return fail(ErrorCode::kAltered,
              fmt::format("The record was changed: {} at line {}. Nothing was written. Keep the "
                          "folder as it is and call IT.",
                          what, seq),
              fmt::format("line {}", seq));
}

std::unexpected<Error> refused(ErrorCode code, std::uint64_t seq, const char* what) {
  return fail(code,
              fmt::format("The entry was not saved: {}. Everything accepted before is kept.", what),
              fmt::format("line {}", seq));
}

}  // namespace

Result<void> JournalEnd::take_stored(std::uint64_t seq, std::string_view bytes,
                                     const Digest& hash) {
  const std::uint64_t expected = head_.seq + 1;
  if (seq != expected) return altered(expected, "a line is missing");
  if (sha256(bytes) != hash) return altered(seq, "the bytes do not match their hash");
  const auto envelope = scan_envelope(bytes);
  if (!envelope || envelope->seq != seq) return altered(seq, "this is not the line of that number");
  if (envelope->prev != head_.hash) return altered(seq, "the line does not follow the one before");
  if (seq > 1 && envelope->device != device_) return altered(seq, "the line is another device's");
  if (seq == 1) device_ = envelope->device;
  head_ = {.seq = seq, .hash = hash, .hlc = envelope->hlc};
  at_commit_ = envelope->type == "commit";
  return {};
}

Result<JournalEnd> JournalEnd::after(std::span<const record::StoredLine> commit) const {
  JournalEnd end = *this;
  const std::uint64_t first = head_.seq + 1;
  if (commit.empty()) return refused(ErrorCode::kRefused, first, "the commit is empty");
  for (const record::StoredLine& line : commit) {
    const std::uint64_t seq = end.head_.seq + 1;
    if (line.bytes.size() > record::kLineBytesMax) {
      return refused(ErrorCode::kRefused, seq, "the line is too long");
    }
    const auto envelope = scan_envelope(line.bytes);
    if (!envelope) return refused(ErrorCode::kMalformed, seq, "the line is not canonical");
    if (envelope->seq != seq || envelope->prev != end.head_.hash) {
      return refused(ErrorCode::kConflict, seq, "the record has moved on; decide again");
    }
    if (const bool last = &line == &commit.back(); (envelope->type == "commit") != last) {
      return refused(ErrorCode::kRefused, seq,
                     "a commit ends with its commit line, and only there");
    }
    if (auto taken = end.take_stored(seq, line.bytes, line.hash); !taken) {
      return refused(ErrorCode::kAltered, seq, "a line does not match its hash or its device");
    }
  }
  return end;
}

}  // namespace batchwright::offline_store::internal

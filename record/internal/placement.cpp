#include "record/internal/placement.h"

namespace batchwright::record::internal {
namespace {

// Whether something besides the line itself says that its bytes, and so its seq, are as recorded. A
// commit's own signature counts only at the end: elsewhere the next line tells whether the commit
// also stands at its place.
bool is_vouched(const Stretch& stretch, std::size_t index) {
  const LineFacts& facts = stretch.facts[index];
  if (index + 1 == stretch.facts.size()) {
    return stretch.hash_end == facts.hash || (facts.commit && facts.commit->is_signed);
  }
  const LineFacts& next = stretch.facts[index + 1];
  return !next.malformed && next.prev == facts.hash;
}

}  // namespace

ChainReport place_lines(const Stretch& stretch) {
  ChainReport report;
  report.lines.reserve(stretch.facts.size());
  std::uint64_t expected = stretch.seq_before + 1;
  std::uint64_t last_readable = stretch.seq_before;
  for (std::size_t i = 0; i < stretch.facts.size(); ++i) {
    const LineFacts& facts = stretch.facts[i];
    if (facts.malformed) {
      report.lines.push_back({expected++, i, LineState::kMalformed});
      continue;
    }
    if (facts.seq != expected && is_vouched(stretch, i)) {
      if (facts.seq <= last_readable) {
        report.lines.push_back({facts.seq, i, LineState::kElsewhere});
        continue;
      }
      if (facts.seq > expected) report.missing.push_back({expected, facts.seq - 1});
      expected = facts.seq;  // smaller when one line was broken into several
    }
    last_readable = expected;
    report.lines.push_back({expected++, i});
  }
  return report;
}

}  // namespace batchwright::record::internal

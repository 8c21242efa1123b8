#include "record/internal/covered_check.h"

#include <fmt/format.h>

namespace batchwright::record::internal {

void CoveredCheck::signature(std::uint64_t seq, std::uint64_t commit_start,
                             const SignatureFacts& facts, FindingLog& log) {
  if (!challenges_.insert(facts.challenge).second) {
    log.line(seq, "signature.challenge",
             "The challenge of this signature was used before: the signature is a copy.");
  }
  std::size_t unknown = 0;
  for (const Digest& hash : facts.covered) {
    const auto found = seqs_.find(hash);
    if (found == seqs_.end()) {
      ++unknown;
    } else if (found->second >= commit_start) {
      log.line(
          seq, "signature.covered.uncommitted",
          fmt::format("The signature covers line {}, which was not committed when it was shown.",
                      found->second));
    }
  }
  as_of(seq, facts, log);
  if (unknown == 0 || !is_whole_) return;
  if (facts.knows_other_devices) {
    log.line(
        seq, "signature.covered.elsewhere",
        fmt::format("The signature covers {} lines that are not in this journal: they can only "
                    "be checked in the journals of other devices.",
                    unknown),
        Severity::kInfo);
  } else {
    log.line(seq, "signature.covered.missing",
             fmt::format("The signature covers {} lines that are not in this journal as they were "
                         "signed.",
                         unknown));
  }
}

void CoveredCheck::as_of(std::uint64_t seq, const SignatureFacts& facts, FindingLog& log) const {
  if (facts.as_of_seq == 0) return;
  const auto found = seqs_.find(facts.as_of_hash);
  const bool is_before_start = found == seqs_.end() && !is_whole_;
  if (is_before_start || (found != seqs_.end() && found->second == facts.as_of_seq)) return;
  log.line(seq, "signature.as_of",
           fmt::format("The signer was shown the journal up to line {}, but that line was another "
                       "one.",
                       facts.as_of_seq));
}

}  // namespace batchwright::record::internal

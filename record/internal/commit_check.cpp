#include "record/internal/commit_check.h"

#include <fmt/format.h>

namespace batchwright::record::internal {

void CommitCheck::sound_line(std::uint64_t seq, const LineFacts& facts, FindingLog& log) {
  if (!facts.commit) {
    is_open_ = true;
    return;
  }
  commit_line(seq, *facts.commit, log);
  ++commits_;
  start_ = seq + 1;
  is_open_ = false;
}

void CommitCheck::unknown_line() {
  start_.reset();
  is_open_ = false;
}

void CommitCheck::commit_line(std::uint64_t seq, const CommitFacts& commit, FindingLog& log) {
  if (commit.first == 0) return;  // its body could not be read, which was remarked
  const bool is_first_right =
      start_ ? commit.first == *start_ && commit.first < seq : commit.first < seq;
  if (!is_first_right) {
    log.line(seq, "commit.first",
             fmt::format("This commit says it begins at line {}, which is not where it begins.",
                         commit.first));
  }
  if (commit.is_signed || !is_device_key_known_) return;
  const std::uint64_t first = start_.value_or(is_first_right ? commit.first : seq);
  log.line(first, "commit.signature",
           fmt::format("Lines {} to {} are not proved: the device's signature of their commit is "
                       "not good.",
                       first, seq));
}

}  // namespace batchwright::record::internal

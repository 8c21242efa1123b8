// Every line belongs to a signed commit; followed line by line.
#pragma once

#include <optional>

#include "record/internal/finding_log.h"
#include "record/internal/line_facts.h"

namespace batchwright::record::internal {

class CommitCheck {
 public:
  CommitCheck(std::uint64_t seq_before, bool is_device_key_known)
      : start_(seq_before + 1), is_device_key_known_(is_device_key_known) {}

  void sound_line(std::uint64_t seq, const LineFacts& facts, FindingLog& log);
  // A line that is missing or not as recorded: it may have been the end of a commit.
  void unknown_line();
  [[nodiscard]] std::uint64_t commits() const { return commits_; }
  // Where the open commit begins; lines from here on were not committed when the last one was
  // written.
  [[nodiscard]] std::optional<std::uint64_t> start() const { return start_; }
  // The journal may not end here: a commit has begun and has no commit line yet.
  [[nodiscard]] bool is_open() const { return is_open_; }

 private:
  void commit_line(std::uint64_t seq, const CommitFacts& commit, FindingLog& log);

  std::optional<std::uint64_t> start_;  // first seq of the open commit; absent when unknown
  bool is_open_ = false;
  bool is_device_key_known_;
  std::uint64_t commits_ = 0;
};

}  // namespace batchwright::record::internal

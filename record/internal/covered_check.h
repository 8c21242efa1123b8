// What people's signatures say about earlier lines of the journal.
#pragma once

#include <cstring>
#include <set>
#include <string>
#include <unordered_map>

#include "record/internal/finding_log.h"
#include "record/internal/line_facts.h"

namespace batchwright::record::internal {

class CoveredCheck {
 public:
  // `is_whole`: the check began at line 1, so that an unknown hash is not simply a line before the
  // start.
  explicit CoveredCheck(bool is_whole) : is_whole_(is_whole) {}

  // Every readable line, in order, before signature() is asked about later ones.
  void line(std::uint64_t seq, const Digest& hash) { seqs_.emplace(hash, seq); }
  // A signature at `seq`, whose own commit begins at `commit_start`.
  void signature(std::uint64_t seq, std::uint64_t commit_start, const SignatureFacts& facts,
                 FindingLog& log);

 private:
  struct HashOfDigest {  // a digest is as good as random already
    std::size_t operator()(const Digest& digest) const {
      std::size_t value = 0;
      std::memcpy(&value, digest.data(), sizeof value);
      return value;
    }
  };

  void as_of(std::uint64_t seq, const SignatureFacts& facts, FindingLog& log) const;

  bool is_whole_;
  std::unordered_map<Digest, std::uint64_t, HashOfDigest> seqs_;
  std::set<std::string> challenges_;
};

}  // namespace batchwright::record::internal

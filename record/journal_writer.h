// Turns drafts into the next lines of one device's journal, with the closing commit line. Pure
// except for the signature. Owned by the session thread; the storage thread makes the result
// durable.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "record/keys.h"
#include "record/line.h"

namespace batchwright::record {

// Where a journal ends. seq 0 with the hash of the enrolment statement = empty.
struct Head {
  std::uint64_t seq = 0;
  Digest hash{};
  Hlc hlc;

  bool operator==(const Head&) const = default;
};

// Heads of other devices known for these subjects: device -> (seq, hash). Two commits are
// concurrent when neither is in the other's `seen`.
using SeenHeads = std::map<std::string, Head>;

class JournalWriter {
 public:
  JournalWriter(std::string device, const SecretKey& key, Head head)
      : device_(std::move(device)), key_(key), head_(head) {}

  // One commit: a line per draft, then the commit line. `drafts` must not be empty and each must
  // pass decode(encode()). The head moves only when the caller says so with advance(): a commit
  // that did not become durable never happened.
  [[nodiscard]] Result<std::vector<StoredLine>> seal(std::span<const Draft> drafts, Instant now,
                                                     const SeenHeads& seen) const;
  void advance(const StoredLine& commit_line);

  [[nodiscard]] const Head& head() const { return head_; }
  [[nodiscard]] const std::string& device() const { return device_; }

 private:
  std::string device_;
  SecretKey key_;
  Head head_;
};

// Bytes under a commit's signature: "batchwright/commit/1\n" device "\n" seq "\n" prev(hex).
[[nodiscard]] std::string commit_message(const std::string& device, std::uint64_t seq,
                                         const Digest& prev);

}  // namespace batchwright::record

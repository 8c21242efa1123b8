// Where a journal ends and what may come next: the one rule behind both stores and behind the check
// at start.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "offline_store/store.h"
#include "record/line.h"

namespace batchwright::offline_store::internal {

class JournalEnd {
 public:
  // Before the first line: what its `prev` must be.
  explicit JournalEnd(const Digest& enrolment_hash) { head_.hash = enrolment_hash; }

  // Takes the next stored line. kAltered with place "line N" when it does not continue the chain;
  // nothing moves then.
  [[nodiscard]] Result<void> take_stored(std::uint64_t seq, std::string_view bytes,
                                         const Digest& hash);

  // The end after a whole commit that somebody wants to append. kConflict: it does not start here.
  // kRefused, kMalformed or kAltered: the commit itself is wrong.
  [[nodiscard]] Result<JournalEnd> after(std::span<const record::StoredLine> commit) const;

  [[nodiscard]] const JournalHead& head() const { return head_; }
  // True at the start and after a line of type `commit`: nothing is half there.
  [[nodiscard]] bool at_commit() const { return at_commit_; }

 private:
  JournalHead head_;
  std::string device_;  // empty before the first line
  bool at_commit_ = true;
};

}  // namespace batchwright::offline_store::internal

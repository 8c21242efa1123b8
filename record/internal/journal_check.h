// The second half of verification: lines compared with each other. Chain, commits, clock stamps,
// and what people's signatures say about earlier lines.
#pragma once

#include <map>
#include <optional>

#include "record/internal/chain_check.h"
#include "record/internal/finding_log.h"

namespace batchwright::record::internal {

struct JournalCheck {
  Stretch stretch;
  Hlc hlc_before;
  bool is_device_key_known =
      false;  // else commit signatures can't be judged, and a header finding says so
};

struct JournalReport {
  std::uint64_t commits = 0;
  std::uint64_t signatures = 0;
  bool all_signers_traced = true;  // each signature's key is in a directory of the site
  std::uint64_t last_seq = 0;
  std::optional<std::uint64_t> open_from;  // the journal ends inside a commit that begins here
  std::map<std::uint64_t, Digest> hashes;  // of all sound lines, for receipts
};

[[nodiscard]] JournalReport check_journal(const JournalCheck& check, FindingLog& log);

}  // namespace batchwright::record::internal

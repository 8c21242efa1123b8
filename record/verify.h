// Verification of a record: chain, commit signatures, people's signatures, receipts. Works on lines alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/finding.h"
#include "record/package.h"

namespace batchwright::record {

struct VerifyReport {
  bool proved = false;    // no error was found
  bool anchored = false;  // and everything leads back to the given trust anchor
  std::optional<std::uint64_t> first_bad;  // seq of the first bad line; 0 = header or footer
  Findings findings;      // every problem, in order of place ("line 41", "header", "footer")
  std::string device;
  std::uint64_t lines = 0;
  std::uint64_t commits = 0;
  std::uint64_t signatures = 0;
  std::uint64_t confirmed_through = 0;  // last seq covered by a good receipt
  std::string head;                     // hex hash of the last line
};

// `anchor` absent: the package's own site key is used and the answer is "consistent, not anchored".
[[nodiscard]] VerifyReport verify(const Package& package, const std::optional<TrustAnchor>& anchor);

}  // namespace batchwright::record

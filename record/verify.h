// Verification of a record: chain, commit signatures, people's signatures, receipts. Works on lines
// alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "record/package.h"

namespace batchwright::record {

struct VerifyReport {
  bool proved = false;                     // no error was found
  bool anchored = false;                   // and everything leads back to the given trust anchor
  std::optional<std::uint64_t> first_bad;  // seq of the first bad line in order of the file; 0 =
                                           // header, or nothing but the footer
  Findings findings;  // every problem, in order of place ("line 41", "header", "footer")
  std::string device;
  std::uint64_t lines = 0;
  std::uint64_t commits = 0;
  std::uint64_t signatures = 0;
  std::uint64_t confirmed_through = 0;  // last seq covered by a good receipt
  std::string head;                     // hex hash of the last line
};

// With `anchor`, proved means anchored: a device, a directory or a signer that does not lead back
// to it is an error. Absent: the package's own site key is used, a signer whom no directory names
// is a warning, and the answer is "consistent, not anchored".
[[nodiscard]] VerifyReport verify(const Package& package, const std::optional<TrustAnchor>& anchor);

// For a receiver that already holds a journal up to `before`: the same checks on the lines that
// follow. Who is believed is the caller's knowledge, so there is no header, and `anchored` is true
// when every signer was found in `directories`.
struct JournalPart {
  std::string site;
  std::string device;
  PublicKey device_key{};  // from the enrolment
  Head before;             // seq 0 with the hash of the enrolment statement = from the beginning
  std::vector<Directory> directories;
};
[[nodiscard]] VerifyReport verify_part(const JournalPart& part, std::span<const std::string> lines);

}  // namespace batchwright::record

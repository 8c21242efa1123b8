// The files that a record rests on, compared with what its lines say of them: pictures of cameras,
// photos, evidence of checks (requirement E5).
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/finding.h"
#include "record/package.h"

namespace batchwright::client {

struct EvidenceAudit {
  std::uint64_t files = 0;           // named by lines, each counted once
  std::uint64_t missing = 0;         // of them
  std::uint64_t first_bad_line = 0;  // 0 = none
  // evidence.missing, evidence.altered (another hash), evidence.unreadable, evidence.contradicts
  // (the document says otherwise than the line that names it); all errors, place "line N". At most
  // kEvidenceFindingsMax, then one that says so.
  Findings findings;
};

inline constexpr std::size_t kEvidenceFindingsMax = 100;

// `folder` holds ab/abcdef..., as a store's folder `evidence` does. Reads every file once. Lines
// that can't be read are for record::verify to name.
[[nodiscard]] EvidenceAudit audit_evidence(const record::Package& package,
                                           const std::filesystem::path& folder);

struct EvidenceCopy {
  std::uint64_t files = 0;   // named by lines, each counted once
  std::uint64_t copied = 0;  // the rest is missing or altered and was left out
};

// Copies what the package's lines name from one such folder to another.
[[nodiscard]] Result<EvidenceCopy> copy_evidence(const record::Package& package,
                                                 const std::filesystem::path& from,
                                                 const std::filesystem::path& to);

}  // namespace batchwright::client

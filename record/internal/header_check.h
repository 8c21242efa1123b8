// Whether the documents of a package lead back to its site, and what follows from them for its
// lines.
#pragma once

#include <optional>
#include <vector>

#include "record/internal/finding_log.h"
#include "record/internal/line_facts.h"
#include "record/package.h"

namespace batchwright::record::internal {

struct HeaderReport {
  LineContext context;
  std::optional<Digest>
      enrolment_hash;             // prev of line 1; absent when the enrolment is not believed
  std::vector<Receipt> receipts;  // those that are believed
};

[[nodiscard]] HeaderReport check_header(const PackageHeader& header,
                                        const std::optional<TrustAnchor>& anchor, FindingLog& log);

}  // namespace batchwright::record::internal

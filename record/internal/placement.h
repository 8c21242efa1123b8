// The first half of chain_check.h: which seq each line of a file stands for.
#pragma once

#include "record/internal/chain_check.h"

namespace batchwright::record::internal {

// Fills lines and missing. A line whose claimed seq is vouched for is believed, so that a dropped
// or repeated line is told from a changed number; any other line stands where it is found.
[[nodiscard]] ChainReport place_lines(const Stretch& stretch);

}  // namespace batchwright::record::internal

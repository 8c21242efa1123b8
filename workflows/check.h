// The static checker: everything that can be known to be wrong before a run. All findings, each
// with its place.
#pragma once

#include "workflows/mbr.h"

namespace batchwright::workflows {

// Unreachable node, no or several begins, missing end, AND join that can never fire, loop without
// exit or without a step in it, unconditional ambiguity, unknown names in conditions and formulas,
// unknown unit, limit order, missing texts, unknown reaction plan, duplicate ids, illegal nesting.
[[nodiscard]] Findings check_mbr(const Mbr& mbr);

}  // namespace batchwright::workflows

// The limits of an entry as they are in force at one step instance: what its limit formulas gave
// takes the place of the procedure's numbers.
#pragma once

#include "workflows/state.h"

namespace batchwright::client {

// None while the formulas have no result yet.
[[nodiscard]] inline workflows::Limits limits_in_force(const workflows::StepState& step,
                                                       const workflows::Entry& entry) {
  const auto computed = step.limits.find(entry.id);
  if (computed != step.limits.end()) return computed->second;
  return entry.limit_formulas.empty() ? entry.limits : workflows::Limits{};
}

}  // namespace batchwright::client

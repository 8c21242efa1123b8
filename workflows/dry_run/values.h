// Which values a simulated person enters.
#pragma once

#include <string>
#include <vector>

#include "workflows/dry_run/cast.h"
#include "workflows/state.h"

namespace batchwright::workflows::dry {

// One unit of the last reported place: 0.1 for one decimal.
[[nodiscard]] Decimal last_place(int places);
[[nodiscard]] Decimal plus(const Decimal& a, const Decimal& b);   // a when that has no result
[[nodiscard]] Decimal minus(const Decimal& a, const Decimal& b);  // likewise

// What the MBR wants: target, expected answer, the middle of the limits, the first choice.
// `step`: whose limits by formula are in force; nullptr = only the limits written down.
[[nodiscard]] std::string clean_value(const Entry& entry, const StepState* step, const Cast& cast,
                                      Instant now);

// A value outside the action limits or an unexpected answer; empty when there is none.
[[nodiscard]] std::string bad_value(const Entry& entry, const StepState* step);

}  // namespace batchwright::workflows::dry

// The indivisible units that codes of units are made of.
#pragma once

#include <optional>
#include <string_view>

#include "base/unit_scale.h"

namespace batchwright::internal {

// The unit of an UCUM symbol without exponent, with or without a metric prefix: "g", "mL",
// "[CFU]", "{rev}". nullopt when unknown, and for prefixes that nobody writes in a batch record:
// "Mg" is a slip for "mg".
[[nodiscard]] std::optional<UnitScale> find_atom(std::string_view symbol);

}  // namespace batchwright::internal

// The table behind find_unit().
#pragma once

#include <span>
#include <string_view>

#include "base/quantity.h"

namespace batchwright::internal {

// Another way in which recipes and people write a unit.
struct UnitSpelling {
  std::string_view spelling;  // words in lower case
  std::string_view symbol;    // Unit::symbol
};

[[nodiscard]] std::span<const Unit> units();
// Words, compared without regard to case: no word is another unit in other case.
[[nodiscard]] std::span<const UnitSpelling> unit_words();
// Short forms and web addresses, compared exactly: "l" is a litre, "M" and "m" are not the same.
[[nodiscard]] std::span<const UnitSpelling> unit_spellings();

}  // namespace batchwright::internal

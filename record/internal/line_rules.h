// What the text of a line may hold.
#pragma once

#include <optional>

#include "record/line.h"

namespace batchwright::record::internal {

// The first rule that `line` breaks, with the key as place; nothing when it may be recorded.
[[nodiscard]] std::optional<Error> find_rule_broken(const Line& line);

}  // namespace batchwright::record::internal

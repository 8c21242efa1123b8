// Whether one step comes before another on every way through the procedure.
#pragma once

#include <string>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

// True when `first` is complete on every way by which `then` can begin. Both are step paths that
// exist. What runs in a parallel branch doesn't precede; what was joined before does.
[[nodiscard]] bool must_precede(const Mbr& mbr, std::string_view first, std::string_view then);

}  // namespace batchwright::workflows

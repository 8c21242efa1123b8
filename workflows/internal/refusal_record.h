// Which refusals the record keeps (requirements B1, B6): what somebody was not allowed to do, never
// what was only mistyped.
#pragma once

#include <vector>

#include "workflows/engine.h"

namespace batchwright::workflows {

// One command_refused, or none: nothing before the run started, nothing twice within a minute to
// the same person, so that a person who goes on tapping doesn't fill the record.
[[nodiscard]] std::vector<record::Draft> refusal_to_record(const RunState& state,
                                                           const Command& command,
                                                           const Context& context,
                                                           const Refusal& refusal);

}  // namespace batchwright::workflows

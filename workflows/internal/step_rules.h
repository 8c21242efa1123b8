// What a step instance still misses, and what of the MBR applies to it. Shared by apply, decide and
// needs.
#pragma once

#include <string>
#include <vector>

#include "workflows/internal/run_index.h"
#include "workflows/state.h"

namespace batchwright::workflows {

// Required entries without a value in force, by id.
[[nodiscard]] std::vector<std::string> missing_entries(const StepContent& content,
                                                       const StepState& step);

// Rules without a valid signature, in order.
[[nodiscard]] std::vector<SignatureRule> missing_signatures(const StepContent& content,
                                                            const StepState& step);

[[nodiscard]] bool has_valid_signature(const StepState& step);

// Which attempt the next value of the entry is: 1 for the first, 2 for the first re-measurement.
[[nodiscard]] int next_attempt(const StepState& step, const std::string& entry);

// The entry's value in force, or nullptr.
[[nodiscard]] const RecordedValue* current_value(const StepState& step, const std::string& entry);

}  // namespace batchwright::workflows

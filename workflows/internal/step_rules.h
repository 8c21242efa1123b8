// What a step instance still misses, and what of the MBR applies to it. Shared by apply, decide and
// needs.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "workflows/internal/run_index.h"
#include "workflows/state.h"

namespace batchwright::workflows {

// Required entries without a value in force, by id.
[[nodiscard]] std::vector<std::string> missing_entries(const StepContent& content,
                                                       const StepState& step);

// Rules without a valid signature, in order; and a second person's, after a check that people
// decided. One that a camera stood in for isn't missing.
[[nodiscard]] std::vector<SignatureRule> missing_signatures(const StepContent& content,
                                                            const StepState& step);

// Or a camera that stood in for one.
[[nodiscard]] bool has_valid_signature(const StepState& step);

// The plan lets nothing go on now: it says so, or its further measurements are used up.
[[nodiscard]] bool plan_stops(const ReactionPlan& plan, const StepState& step,
                              const std::string& entry);

// A late result in force is out of its limits: the last word is quality's.
[[nodiscard]] bool has_result_out_of_specification(const StepState& step, const std::string& entry);

// Time that counts for the step's minimum and maximum, from its begin to `now`; 0 before.
[[nodiscard]] std::int64_t elapsed_ms(const StepContent& content, const StepState& step,
                                      const HoldState& hold, Instant now);

// Which attempt the next value of the entry is: 1 for the first, 2 for the first re-measurement.
[[nodiscard]] int next_attempt(const StepState& step, const std::string& entry);

// The entry's value in force, or nullptr.
[[nodiscard]] const RecordedValue* current_value(const StepState& step, const std::string& entry);

}  // namespace batchwright::workflows

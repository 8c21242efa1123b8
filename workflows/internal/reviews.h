// The reviews at the end of a record (requirement B8): production, then quality, and again from the
// start when the record changed or one of them rejected it.
#pragma once

#include <string>

#include "workflows/event.h"
#include "workflows/state.h"

namespace batchwright::workflows {

// Somebody's acceptance is in force: what is in the record now is what they saw.
[[nodiscard]] bool is_reviewed(const RunState& run);

// "production", "quality", or empty when both accepted.
[[nodiscard]] std::string next_review(const RunState& run);

void end_reviews(RunState& run);

// It changes what a reviewer saw.
[[nodiscard]] bool ends_reviews(const Event& event);

}  // namespace batchwright::workflows

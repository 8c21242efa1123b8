// Exceptions that stop more than their step: an operation, or the batch.
#pragma once

#include "workflows/internal/run_index.h"
#include "workflows/internal/state_edit.h"

namespace batchwright::workflows {

// Not released, and `element` waits for it; empty = the batch.
[[nodiscard]] bool blocks_element(const RunIndex& index, const ExceptionState& exception,
                                  const std::string& element);

// The newest such exception, or nullptr.
[[nodiscard]] const ExceptionState* blocker_of(const StateEdit& state, const std::string& element);

}  // namespace batchwright::workflows

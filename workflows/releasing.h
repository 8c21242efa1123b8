// What an exception stops, and who lets it go on (requirement D5): asked by the engine, which
// decides, and by the panel, which offers it.
#pragma once

#include <string>
#include <vector>

#include "workflows/state.h"

namespace batchwright::workflows {

// The roles that the exception names, else who its reaction plan calls, else supervisor and
// quality.
[[nodiscard]] std::vector<std::string> releasing_roles(const Mbr& mbr,
                                                       const ExceptionState& exception);

// Not released, and the batch waits for it.
[[nodiscard]] bool blocks_batch(const ExceptionState& exception);

// The newest exception that has to be released before the operation `element`, or the batch when
// that is empty, goes on; nullptr when none has. The run's recipe must be at hand.
[[nodiscard]] const ExceptionState* blocker_of(const RunState& run, const std::string& element);

// Not released, and its step waits for it; one that was not begun yet begins only then.
[[nodiscard]] bool blocks_step(const ExceptionState& exception);

// A result that can't be computed: its step can go on without it when somebody releases the
// exception. A value that a person owes stays owed.
[[nodiscard]] bool may_be_excused(const Mbr& mbr, const ExceptionState& exception);

}  // namespace batchwright::workflows

// What an event means: the only code that changes a run's state. Pure and total; what can't happen
// becomes a conflict.
#pragma once

#include <cstdint>
#include <string>

#include "workflows/event.h"
#include "workflows/internal/state_edit.h"

namespace batchwright::workflows {

// The envelope of the line an event came in.
struct LineFacts {
  std::string step;  // as written; empty = about no step
  std::string actor, role;
  std::string time;  // record text form
  std::int64_t unix_ms = 0;
  std::string hash;   // hex; kNotSealed in a preview
  std::string place;  // device and seq, for conflicts
};

// A line that has no hash yet. Nothing decided in one commit may depend on the hash of a line of
// that commit.
inline constexpr const char* kNotSealed = "not sealed";

void apply_event(StateEdit& state, const Event& event, const LineFacts& line);

}  // namespace batchwright::workflows

// What stands in the way of a step, who may let it go on, and by what: a signed release of the
// exception that stopped it, or an ISA-88 command.
#pragma once

#include <optional>
#include <string>

#include "workflows/state.h"

namespace batchwright::client {

struct Stop {
  std::string exception = {};  // to be released by a signature; empty: by `command`
  std::string element = {};    // that is stopped: empty = the batch, or only the step
  workflows::ProceduralCommand command = workflows::ProceduralCommand::kRestart;
  bool is_recall = false;  // the master batch record was recalled: quality decides, nothing begins
};

// nullopt when nothing stops the step. The batch comes before operations, those before the step.
[[nodiscard]] std::optional<Stop> stop_of(const workflows::RunState& run,
                                          const workflows::StepRef& step);

}  // namespace batchwright::client

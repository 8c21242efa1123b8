// Transitions that wait for a person to choose them.
#pragma once

#include <string>
#include <vector>

#include "workflows/state.h"

namespace batchwright::client {

struct OpenWay {
  std::string chart, transition;               // as ChooseTransition names them
  std::string role;                            // who may choose
  const workflows::Element* parent = nullptr;  // whose chart it is; of the run's procedure
  const workflows::Element* next = nullptr;    // what it leads to; nullptr = the end of the chart
};

// Empty while the procedure goes on by itself, or the run is not running.
[[nodiscard]] std::vector<OpenWay> open_ways(const workflows::RunState& run);

}  // namespace batchwright::client

// What used a value, for the person who judges its correction (requirement B8).
#pragma once

#include <string>
#include <vector>

#include "workflows/internal/decision.h"

namespace batchwright::workflows {

// "formula PATH:ENTRY", "limit PATH:ENTRY", "condition CHART:TRANSITION", "step PATH#N".
[[nodiscard]] std::vector<std::string> affected_by(const Decision& decision, const StepRef& ref,
                                                   const std::string& entry);

}  // namespace batchwright::workflows

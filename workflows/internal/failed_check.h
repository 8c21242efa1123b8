// What a fail of a camera check opens, in the commit of the fail itself (requirement E3).
#pragma once

#include <string>
#include <vector>

#include "workflows/internal/decision.h"

namespace batchwright::workflows {

struct FailedCheck {
  const Entry& entry;
  std::string value, limit;  // what was measured and what it must reach
  std::string words;         // what decided
};

// The attempt is in the preview already. The step is held by the entry's plan where that holds, and
// by itself when the further attempts are spent.
void report_failed_check(Decision& decision, const FailedCheck& failed, const StepRef& ref);

// The step's camera check of that id, or a refusal that nothing was saved.
[[nodiscard]] std::expected<const Entry*, Refusal> find_camera_check(const KnownStep& step,
                                                                     const std::string& entry);

}  // namespace batchwright::workflows

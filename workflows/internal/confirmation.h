// Whether a camera may stand in for the signature of a step that is next: asked by decide, which
// records it, and by needs, which offers it (requirement E11).
#pragma once

#include <string>

#include "workflows/camera_check.h"
#include "workflows/internal/run_index.h"

namespace batchwright::workflows {

struct StandInQuestion {
  const RunState& run;  // its recipe and the suitability of its checks
  const StepContent& content;
  const StepState& step;
  const std::string& path;
  const SignatureRule& rule;  // the step's next
  const SiteFacts* site;      // nullptr = nothing is known
};

struct StandInRefusal {
  std::string rule;  // confirm.*; empty = it may
  std::string message;
};

// It may when the check passed by the camera at once, nothing of it was decided by people or
// changed since, the check is suitable, and recipe, markets and site allow it.
[[nodiscard]] StandInRefusal why_not_confirm(const StandInQuestion& question);

}  // namespace batchwright::workflows

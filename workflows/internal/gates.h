// What must hold before a step begins (requirement B6).
#pragma once

#include "workflows/internal/decision.h"

namespace batchwright::workflows {

// The MBR's gates of the step, and what applies to every step: a recalled recipe, a redline that
// waits, an awaited result, a minimum time since another step. Refused with the gate and its
// remedy.
[[nodiscard]] Checked check_gates(const Decision& decision, const KnownStep& step);

// The part of it that no override opens: recall, rework, redline, awaited result.
[[nodiscard]] Checked check_what_nobody_overrides(const Decision& decision, const KnownStep& step);

// Empty when it may be used now by this run.
[[nodiscard]] std::string why_not_ready(const EquipmentFacts& equipment, const Decision& decision,
                                        const std::string& id);
[[nodiscard]] std::string why_not_usable(const LotFacts& lot, const Decision& decision,
                                         const std::string& id);

}  // namespace batchwright::workflows

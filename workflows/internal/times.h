// Maximum times (requirement B7): they pass by themselves, and count the longest time it can have
// been.
#pragma once

#include "workflows/internal/decision.h"

namespace batchwright::workflows {

// Opens what is due and was not reported: steps over their maximum, times between steps, holds,
// late results, plans whose time is over.
void report_times(Decision& decision);

}  // namespace batchwright::workflows

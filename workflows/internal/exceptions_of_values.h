// The exception that a recorded, corrected or computed value opens: at most one, for the widest
// limit it breaks.
#pragma once

#include <string>

#include "workflows/entry_value.h"
#include "workflows/internal/decision.h"

namespace batchwright::workflows {

void open_value_exception(Decision& decision, const Entry& entry, const ReportedValue& value,
                          const std::string& step, const std::string& exception_class = {});

}  // namespace batchwright::workflows

// Check-in: an entry names an instance of equipment or a lot of material, and what the site knows
// judges it.
#pragma once

#include "workflows/internal/decision.h"

namespace batchwright::workflows {

struct Identified {
  std::string exception_class;  // when it may not be used
  std::string why_not;          // empty = it may be used
};
[[nodiscard]] Identified identify(const Decision& decision, const std::string& requirement,
                                  const std::string& id);

// Binds what was identified and may be used; what may not takes the place of what was bound before,
// and nothing is bound.
void bind(Decision& decision, const Entry& entry, const Identified& identified,
          const std::string& id, const std::string& step, const std::string& reason = {});

}  // namespace batchwright::workflows

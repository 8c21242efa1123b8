#include "workflows/internal/apply_event.h"

#include <fmt/format.h>

#include "workflows/internal/applier.h"
#include "workflows/internal/reviews.h"

namespace batchwright::workflows {

void Applier::conflict(const char* type, std::string_view why) {
  state_.add_conflict(fmt::format("{} {}{}{}: {}", line_.place, type, line_.step.empty() ? "" : " ",
                                  line_.step, why));
}

void apply_event(StateEdit& state, const Event& event, const LineFacts& line) {
  if (ends_reviews(event)) end_reviews(state.scalars());
  std::visit(Applier(state, line), event);
}

}  // namespace batchwright::workflows

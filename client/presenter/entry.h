// One entry of a step as the screen shows it.
#pragma once

#include "client/presenter/presenter.h"

namespace batchwright::client::presenter {

// `ref` must be a step of the run.
[[nodiscard]] ui::EntryView entry_view(const workflows::RunState& run,
                                       const workflows::StepRef& ref, const workflows::Entry& entry,
                                       const Viewer& viewer);

// A recorded value as people read it: "Yes", "attached", "25.3".
[[nodiscard]] std::string value_words(const workflows::Entry& entry,
                                      const workflows::RecordedValue& value, const Viewer& viewer);

}  // namespace batchwright::client::presenter

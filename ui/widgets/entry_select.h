// Which entry of a step the pad writes to.
#pragma once

#include "ui/view_model.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Once per frame: follows the view to a new step, to the next missing entry, and lets go of what
// was typed once the view shows it stored.
void follow_step(UiState& state, const StepView& step);

// A finger chose it.
void select_entry(Ui& ui, const StepView& step, const EntryView& entry);

// The one selected, or nullptr.
[[nodiscard]] const EntryView* selected_entry(const UiState& state, const StepView& step);

// Gives a value to the presenter and remembers to wait for it.
void submit_value(Ui& ui, const StepView& step, const EntryView& entry, std::string raw);

// Opens the correction sheet for the entry, with nothing filled in.
void open_correction(Ui& ui, const EntryView& entry);

}  // namespace batchwright::ui

// The list of a step's entries as cards, with pages when they don't fit.
#pragma once

#include "ui/view_model.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Draws the cards into `area` in `columns`. A tap selects the entry and, in the compact layout,
// opens its pad; on a value that can only be corrected it opens the correction.
void draw_entry_cards(Ui& ui, const StepView& step, const Rect& area, int columns);

}  // namespace batchwright::ui

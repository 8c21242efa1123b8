// A procedure as people draw it (ISA-88.00.02): sequences from left to right, branches side by side
// between bars, double bars where all of them run, single bars where one of them does.
#pragma once

#include "ui/view_model.h"
#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Draws `rows` into `area`, spread over its height. What does not fit turns pages, row by row. A
// box whose node has a path can be tapped: returns that path, empty = none.
std::string draw_chart(Ui& ui, const std::vector<MapRowView>& rows, const Rect& area);

}  // namespace batchwright::ui

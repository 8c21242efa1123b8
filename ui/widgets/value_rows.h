// Label and value, line by line, with thin dividers: what is signed, what a run came to.
#pragma once

#include <string>
#include <vector>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Draws from the top of `area`; rows that don't fit turn pages under the list name. Returns the
// height used.
float draw_value_rows(Ui& ui, const std::vector<SummaryRowView>& rows, const Rect& area,
                      const std::string& list);

}  // namespace batchwright::ui

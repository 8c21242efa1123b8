// Exceptions as lines: sign, number, what happened, where.
#pragma once

#include <string>
#include <vector>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Draws what fits into `area`; more turn pages under the list name.
void draw_exception_rows(Ui& ui, const std::vector<ExceptionView>& exceptions, const Rect& area,
                         const std::string& list);

}  // namespace batchwright::ui

// Make safe is on every screen, sheet and dialog, signed in or not. It opens the sheet that says
// what it does; only the hold there does it.
#pragma once

#include "ui/widgets/ui.h"

namespace batchwright::ui {

void draw_safe_button(Ui& ui, const Rect& rect);

}  // namespace batchwright::ui

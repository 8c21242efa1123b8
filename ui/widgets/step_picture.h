// Line drawings a step may name: vessel, scale, filter, label, checklist. Drawn as vectors, so they
// are sharp on every panel. A name that is not known draws nothing.
#pragma once

#include <string_view>

#include "ui/widgets/ui.h"

namespace batchwright::ui {

[[nodiscard]] bool has_step_picture(std::string_view name);

// In a white well with a thin outline; the drawing keeps its shape in the middle.
void draw_step_picture(Ui& ui, const Rect& box, std::string_view name);

}  // namespace batchwright::ui

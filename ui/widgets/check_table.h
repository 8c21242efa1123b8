// What was seen and what was expected, what decided first; or what was read; or how far a check is.
#pragma once

#include "ui/widgets/ui.h"

namespace batchwright::ui {

[[nodiscard]] bool has_check_table(const CameraView& view);

// A card in `area`. Rows that find no room are counted in words: all of them are in the record.
void draw_check_table(Ui& ui, const CameraView& view, const Rect& area);

}  // namespace batchwright::ui

// The step screen while a camera check or a camera challenge is asked.
#pragma once

#include "ui/widgets/ui.h"

namespace batchwright::ui {

void draw_camera_step(Ui& ui, const StepView& step, const CameraView& view);

// Opens the sheet in which two people decide, with nothing chosen.
void open_decision(UiState& state);

}  // namespace batchwright::ui

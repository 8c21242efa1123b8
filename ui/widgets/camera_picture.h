// The picture of a camera, or the one that decided, with what decided drawn over it.
#pragma once

#include "ui/widgets/ui.h"

namespace batchwright::ui {

// Fills `box`. Says in UiState::camera_picture_px how large the next picture should be, and keeps
// the one it draws until the frame was rendered.
void draw_camera_picture(Ui& ui, const CameraView& view, const Rect& box);

// Where the picture lies in `box`.
[[nodiscard]] Rect picture_place(const Texture& picture, const Rect& box);

// "✓", "✗" or "?".
[[nodiscard]] const char* sign_of(CheckMark mark);

}  // namespace batchwright::ui

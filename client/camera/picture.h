// Frames as the screen draws them.
#pragma once

#include "ui/camera_view.h"
#include "vision/frame.h"

namespace batchwright::client {

// As large as fits into `width_px` x `height_px`, sides in proportion; null when the frame is empty
// or doesn't keep its promises. Each picture has a generation of its own. Any thread.
[[nodiscard]] ui::PictureRef picture_of(const vision::Frame& frame, int width_px, int height_px);

}  // namespace batchwright::client

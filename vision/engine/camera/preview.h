// A small copy of a frame for the screen.
#pragma once

#include "vision/frame.h"

namespace batchwright::vision {

// BGR without gaps between rows, at most `width` wide and twice as high; never scaled up. Empty for
// a width of 0. Not evidence: only its looks matter.
[[nodiscard]] Frame preview_of(const Frame& frame, int width);

}  // namespace batchwright::vision

// Measures a frame before anything is concluded from it.
#pragma once

#include "vision/frame.h"
#include "vision/quality.h"

namespace batchwright::vision {

// `frame` keeps check_frame's promises. About 3 ms for 1920 x 1080. The limits are those below
// which reading measurably fails: blur of more than 5 pixels, contrast under 25 grey levels, nine
// tenths of it nearly black or nearly white, a tenth of a darker scene burnt out.
[[nodiscard]] Quality measure_quality(const Frame& frame);

}  // namespace batchwright::vision

// A stored picture as a frame.
#pragma once

#include <span>

#include "vision/frame.h"

namespace batchwright::vision {

// PNG, JPEG, WebP or BMP by its content, whatever it is called. kMalformed when it is none of them,
// measures more than a frame may, or can't be decoded to its end; nothing larger than a frame is
// ever allocated for it.
[[nodiscard]] Result<Frame> load_image(std::span<const std::uint8_t> bytes);

}  // namespace batchwright::vision

#include "vision/frame.h"

namespace batchwright::vision {

Result<void> check_frame(const Frame& frame) {
  if (frame.width < 1 || frame.height < 1)
    return fail(ErrorCode::kMalformed, "A frame without pixels.");
  if (frame.width > kSideMax || frame.height > kSideMax ||
      static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) > kPixelsMax)
    return fail(ErrorCode::kMalformed, "A frame larger than any camera's.");
  const std::size_t row = static_cast<std::size_t>(frame.width) * bytes_per_pixel(frame.format);
  if (frame.stride < row || frame.stride > row + kSideMax)
    return fail(ErrorCode::kMalformed, "A frame whose rows overlap.");
  const std::size_t rows_before = static_cast<std::size_t>(frame.height) - 1;
  if (frame.bytes.size() < rows_before * frame.stride + row)
    return fail(ErrorCode::kMalformed, "A frame with too few bytes.");
  return {};
}

}  // namespace batchwright::vision

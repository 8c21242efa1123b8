// Any bytes as a picture: its size is told within the limits, or why not.
#include <cstdint>

#include "base/ensure.h"
#include "vision/frame.h"
#include "vision/picture_header.h"

using namespace batchwright;
using namespace batchwright::vision;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto header = read_picture_header({data, size});
  if (!header) {
    ensure(!header.error().message.empty(), "a refusal says why");
    return 0;
  }
  ensure(header->width >= 1 && header->height >= 1, "a picture has pixels");
  ensure(header->width <= kSideMax && header->height <= kSideMax, "a side is bounded");
  ensure(static_cast<std::size_t>(header->width) * static_cast<std::size_t>(header->height) <=
             kPixelsMax,
         "a picture is bounded");
  return 0;
}

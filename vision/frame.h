// One picture as the rest of the program knows it. No picture library shows through.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/error.h"

namespace batchwright::vision {

// What one frame may measure. A camera for a label gives 2 to 12 megapixels.
inline constexpr int kSideMax = 16'384;                     // pixels
inline constexpr std::size_t kPixelsMax = 50'000'000;       // width x height
inline constexpr std::size_t kPictureBytesMax = 64u << 20;  // of a stored picture, before decoding

enum class PixelFormat { kGrey, kBgr };  // 8 bits each; one or three bytes per pixel

// Row y begins at bytes[y * stride]; stride >= width * bytes_per_pixel. Owns its bytes.
struct Frame {
  PixelFormat format = PixelFormat::kGrey;
  int width = 0, height = 0;  // pixels
  std::size_t stride = 0;     // bytes from one row to the next
  std::vector<std::uint8_t> bytes;

  bool operator==(const Frame&) const = default;
};

[[nodiscard]] constexpr std::size_t bytes_per_pixel(PixelFormat format) {
  return format == PixelFormat::kGrey ? 1 : 3;
}

// A frame keeps its own promises: sides 1..kSideMax, at most kPixelsMax, stride and bytes fit.
// kMalformed says which one is broken. A 1 x 1 frame is valid; whether it can be read is another
// question.
[[nodiscard]] Result<void> check_frame(const Frame& frame);

}  // namespace batchwright::vision

// Which kind of picture a file holds and how large it is, from its first bytes: PNG (ISO/IEC
// 15948), JPEG (ITU-T T.81), WebP (RFC 9649) and Windows bitmap. No codec is asked before that.
#pragma once

#include <cstdint>
#include <span>

#include "base/error.h"

namespace batchwright::vision {

enum class PictureKind : std::uint8_t { kPng, kJpeg, kWebP, kBmp };

struct PictureHeader {
  PictureKind kind = PictureKind::kPng;
  int width = 0, height = 0;  // pixels, within what a frame may measure
  bool operator==(const PictureHeader&) const = default;
};

// kMalformed when the bytes are none of the four, end too early or announce a picture larger than a
// frame may be; kFull when there are more than kPictureBytesMax of them.
[[nodiscard]] Result<PictureHeader> read_picture_header(std::span<const std::uint8_t> bytes);

}  // namespace batchwright::vision

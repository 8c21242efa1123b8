#include "vision/picture_header.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "vision/frame.h"

namespace batchwright::vision {

namespace {

using Bytes = std::span<const std::uint8_t>;

struct Size {
  std::uint64_t width = 0, height = 0;
};

bool begins(Bytes bytes, std::size_t at, std::string_view mark) {
  return bytes.size() >= at + mark.size() &&
         std::equal(mark.begin(), mark.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
}

std::optional<std::uint64_t> big_endian(Bytes bytes, std::size_t at, std::size_t count) {
  if (at + count > bytes.size()) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | bytes[at + i];
  return value;
}

std::optional<std::uint64_t> little_endian(Bytes bytes, std::size_t at, std::size_t count) {
  if (at + count > bytes.size()) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = count; i > 0; --i) value = value << 8 | bytes[at + i - 1];
  return value;
}

std::optional<Size> size_of_png(Bytes bytes) {
  if (!begins(bytes, 12, "IHDR")) return std::nullopt;
  const auto width = big_endian(bytes, 16, 4), height = big_endian(bytes, 20, 4);
  if (!width || !height) return std::nullopt;
  return Size{*width, *height};
}

// Segment after segment until the one that begins a frame (SOF); DHT, JPG and DAC look like one by
// number and are none.
std::optional<Size> size_of_jpeg(Bytes bytes) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size()) {
    if (bytes[at] != 0xFF) return std::nullopt;
    const std::uint8_t mark = bytes[at + 1];
    if (mark == 0xFF) {
      ++at;
      continue;
    }
    if (mark >= 0xC0 && mark <= 0xCF && mark != 0xC4 && mark != 0xC8 && mark != 0xCC) {
      const auto height = big_endian(bytes, at + 5, 2), width = big_endian(bytes, at + 7, 2);
      if (!width || !height) return std::nullopt;
      return Size{*width, *height};
    }
    const auto length = big_endian(bytes, at + 2, 2);
    if (!length || *length < 2) return std::nullopt;
    at += 2 + static_cast<std::size_t>(*length);
  }
  return std::nullopt;
}

std::optional<Size> size_of_webp(Bytes bytes) {
  if (begins(bytes, 12, "VP8X")) {
    const auto width = little_endian(bytes, 24, 3), height = little_endian(bytes, 27, 3);
    if (!width || !height) return std::nullopt;
    return Size{*width + 1, *height + 1};
  }
  if (begins(bytes, 12, "VP8L")) {
    const auto bits = little_endian(bytes, 21, 4);
    if (!bits) return std::nullopt;
    return Size{(*bits & 0x3FFF) + 1, (*bits >> 14 & 0x3FFF) + 1};
  }
  if (!begins(bytes, 12, "VP8 ")) return std::nullopt;
  const auto width = little_endian(bytes, 26, 2), height = little_endian(bytes, 28, 2);
  if (!width || !height) return std::nullopt;
  return Size{*width & 0x3FFF, *height & 0x3FFF};
}

// A negative height says that rows come from the top.
std::optional<Size> size_of_bmp(Bytes bytes) {
  const auto width = little_endian(bytes, 18, 4), height = little_endian(bytes, 22, 4);
  if (!width || !height) return std::nullopt;
  const std::uint64_t rows = *height > 0x7FFFFFFF ? 0x100000000 - *height : *height;
  return Size{*width, rows};
}

}  // namespace

Result<PictureHeader> read_picture_header(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > kPictureBytesMax)
    return fail(ErrorCode::kFull, "The picture file is too large.");
  PictureHeader header;
  std::optional<Size> size;
  if (begins(bytes, 0, "\x89PNG\r\n\x1a\n")) {
    header.kind = PictureKind::kPng;
    size = size_of_png(bytes);
  } else if (begins(bytes, 0, "\xFF\xD8\xFF")) {
    header.kind = PictureKind::kJpeg;
    size = size_of_jpeg(bytes);
  } else if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) {
    header.kind = PictureKind::kWebP;
    size = size_of_webp(bytes);
  } else if (begins(bytes, 0, "BM")) {
    header.kind = PictureKind::kBmp;
    size = size_of_bmp(bytes);
  } else {
    return fail(ErrorCode::kMalformed, "This is no PNG, JPEG, WebP or BMP picture.");
  }
  if (!size || size->width == 0 || size->height == 0)
    return fail(ErrorCode::kMalformed, "The picture is damaged: its size can't be read.");
  if (size->width > kSideMax || size->height > kSideMax || size->width * size->height > kPixelsMax)
    return fail(ErrorCode::kMalformed, "The picture has more pixels than any camera's.");
  header.width = static_cast<int>(size->width);
  header.height = static_cast<int>(size->height);
  return header;
}

}  // namespace batchwright::vision

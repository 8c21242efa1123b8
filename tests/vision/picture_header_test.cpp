// The size of a picture is known before a codec sees it.
#include "vision/picture_header.h"

#include <gtest/gtest.h>

#include <string>

#include "vision/frame.h"

namespace batchwright::vision {
namespace {

using namespace std::string_literals;

Result<PictureHeader> header_of(const std::string& bytes) {
  return read_picture_header({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string png(const std::string& width, const std::string& height) {
  return "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"s + width + height + "\x08\0\0\0\0"s;
}

const std::string kJpeg =
    "\xff\xd8\xff\xe0\0\x04zz\xff\xc4\0\x02\xff\xff\xc2\0\x0b\x08\x01\x02\x03\x04\x01"s;

TEST(PictureHeader, SizesOfTheFourKindsAreRead) {
  EXPECT_EQ(header_of(png("\0\0\x01\x02"s, "\0\0\0\x07"s)),
            (PictureHeader{PictureKind::kPng, 258, 7}));
  EXPECT_EQ(header_of(kJpeg), (PictureHeader{PictureKind::kJpeg, 772, 258}));
  EXPECT_EQ(header_of("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x09\0\0\x13\0\0"s),
            (PictureHeader{PictureKind::kWebP, 10, 20}));
  EXPECT_EQ(header_of("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x09\x40\x02\0"s),
            (PictureHeader{PictureKind::kWebP, 10, 10}));
  EXPECT_EQ(header_of("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x0a\0\x14\0"s),
            (PictureHeader{PictureKind::kWebP, 10, 20}));
  EXPECT_EQ(header_of("BM"s + std::string(16, '\0') + "\x0a\0\0\0\xec\xff\xff\xff"s),
            (PictureHeader{PictureKind::kBmp, 10, 20}));
}

TEST(PictureHeader, ABombIsRefusedByItsOwnWords) {
  for (const auto& size : {png("\0\x01\0\0"s, "\0\0\0\x01"s), png("\0\0\x40\0"s, "\0\0\x40\0"s),
                           png("\xff\xff\xff\xff"s, "\xff\xff\xff\xff"s)}) {
    const auto header = header_of(size);
    ASSERT_FALSE(header.has_value());
    EXPECT_EQ(header.error().code, ErrorCode::kMalformed);
  }
}

TEST(PictureHeader, OtherFilesAndFilesThatEndAreNoPicture) {
  for (const auto& bytes : {""s, "GIF89a"s, "II*\0"s, "%PDF-1.7"s, "RIFF\0\0\0\0WAVE"s,
                            png("\0\0\0\0"s, "\0\0\0\x07"s)})
    EXPECT_FALSE(header_of(bytes).has_value());
  const auto whole = png("\0\0\x01\x02"s, "\0\0\0\x07"s);
  for (std::size_t n = 0; n < 24; ++n) EXPECT_FALSE(header_of(whole.substr(0, n)).has_value()) << n;
  for (std::size_t n = 0; n < kJpeg.size() - 1; ++n)
    EXPECT_FALSE(header_of(kJpeg.substr(0, n)).has_value()) << n;
}

TEST(Frame, AFrameThatPromisesMoreThanItHasIsRefused) {
  const Frame good{PixelFormat::kGrey, 4, 3, 5, std::vector<std::uint8_t>(14)};
  EXPECT_TRUE(check_frame(good).has_value()) << "the last row needs no padding";
  for (const auto& change : {Frame{PixelFormat::kGrey, 0, 3, 5, good.bytes},
                             Frame{PixelFormat::kGrey, 4, -1, 5, good.bytes},
                             Frame{PixelFormat::kGrey, 4, 3, 3, good.bytes},
                             Frame{PixelFormat::kBgr, 4, 3, 5, good.bytes},
                             Frame{PixelFormat::kGrey, 4, 4, 5, good.bytes},
                             Frame{PixelFormat::kGrey, kSideMax + 1, 1, kSideMax + 1, good.bytes}})
    EXPECT_FALSE(check_frame(change).has_value());
}

}  // namespace
}  // namespace batchwright::vision

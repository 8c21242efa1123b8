#include "tests/vision/drawn_symbols.h"

#include <array>
#include <cstdint>

#include "vision/engine/internal/retail_code.h"

namespace batchwright::vision::drawn {

namespace {

constexpr std::uint8_t kInk = 40, kPaper = 235;

// Row by row, the leftmost module in the highest of 24 bits.
constexpr std::array<std::uint32_t, 22> kRows{
    0xAAAAA8, 0xCF50C4, 0x8A46D0, 0xBF153C, 0xEC50D0, 0x859054, 0x93AD58, 0xB3D59C,
    0xEA2A70, 0xCCF904, 0xEEFC48, 0xEAE2F4, 0xE17978, 0xD602A4, 0xFAFDD0, 0xD1F4D4,
    0x815210, 0xC4A434, 0x86F1C0, 0xB13B64, 0xC66058, 0xFFFFFC};

}  // namespace

cv::Mat data_matrix() {
  constexpr int kSide = 22;
  cv::Mat grey(kSide, kSide, CV_8U, cv::Scalar(kPaper));
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x)
      if ((kRows[static_cast<std::size_t>(y)] >> (23 - x) & 1) != 0)
        grey.at<std::uint8_t>(y, x) = kInk;
  return grey;
}

cv::Mat ean13(std::string_view digits) {
  constexpr int kQuiet = 11, kHeight = 60;
  const auto modules = retail_modules(*retail_layout(Symbology::kEan13),
                                      retail_word(Symbology::kEan13, digits).value());
  cv::Mat grey(kHeight, static_cast<int>(modules.size()) + 2 * kQuiet, CV_8U, cv::Scalar(kPaper));
  for (std::size_t i = 0; i < modules.size(); ++i)
    if (modules[i] == 1) grey.col(static_cast<int>(i) + kQuiet).setTo(kInk);
  return grey;
}

}  // namespace batchwright::vision::drawn

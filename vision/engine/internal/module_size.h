// Pixels per module of a symbol that was read, from the parts of it that are the same in every
// symbol of its kind: the timing pattern of QR (ISO/IEC 18004), the alternating sides of Data
// Matrix (ISO/IEC 16022), the 11 modules of a character of Code 128 (ISO/IEC 15417).
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision {

// `symbol`'s corners are in `grey`. None for other symbologies and when the pattern isn't found.
[[nodiscard]] std::optional<double> module_px_of(const cv::Mat& grey, const Symbol& symbol);

// The least of `known` and those of the symbols.
[[nodiscard]] std::optional<double> smallest_module_px(const cv::Mat& grey,
                                                       const std::vector<Symbol>& symbols,
                                                       std::optional<double> known);

}  // namespace batchwright::vision

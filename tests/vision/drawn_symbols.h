// Symbols that another encoder drew, one pixel per module, for scenes.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <string_view>

namespace batchwright::vision::drawn {

// zint 2.11.1: -b 71 --gs1 -d "[01]09506000134352[17]251231[10]LOT4711[21]S0001"
inline constexpr const char* kDataMatrixText =
    "01095060001343521725123110LOT4711\x1d"
    "21S0001";
[[nodiscard]] cv::Mat data_matrix();

// With quiet zones, 60 modules high.
[[nodiscard]] cv::Mat ean13(std::string_view digits);

}  // namespace batchwright::vision::drawn

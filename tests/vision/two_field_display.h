// A display with two fields, pH and temperature: its check, and frames of it.
#pragma once

#include <string>

#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision {

// `ph-display`, camera CAM-A, readings "ph" (2 decimals) and "temperature" (1 decimal, deg C).
[[nodiscard]] Check ph_display_check();

// A frame of 1280 x 720 as CAM-A takes it. "7.40": at most four digits, two of them decimals;
// "25.1": at most three, one of them a decimal; both without sign. An empty text is a blank field;
// one that doesn't fit is blank, too. The same texts and seed give the same bytes.
[[nodiscard]] Frame ph_display_frame(const std::string& ph, const std::string& temperature,
                                     std::uint64_t seed = 1);

// The same with the digits on their way to the next value: no reading.
[[nodiscard]] Frame ph_display_changing_frame(const std::string& ph, const std::string& next_ph,
                                              const std::string& temperature,
                                              std::uint64_t seed = 1);

}  // namespace batchwright::vision

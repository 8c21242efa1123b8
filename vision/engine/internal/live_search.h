// How a camera's frame is looked at while somebody waits: the same work for the same frame, however
// busy the machine is, and never more than a stated number of pixels.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision {

// Pixels that decoders may be given for one frame, over all crops and treatments. One core decodes
// some 200 a microsecond.
inline constexpr std::int64_t kLivePixelsMax = 16'000'000;

struct LiveResult {
  std::vector<Symbol> symbols;
  bool complete = false;  // everything the plan holds was tried within the pixels allowed
  std::optional<double> module_px;
};

// Every spot as it is; all symbols of a good frame come from there. Then, while nothing is
// confirmed, the whole frame and the treatments. zxing alone reads, so what time decides elsewhere
// (libdmtx) has no part in it; retail codes are confirmed by their drawn bars as ever.
[[nodiscard]] LiveResult search_live(const cv::Mat& grey, Symbologies wanted);

}  // namespace batchwright::vision

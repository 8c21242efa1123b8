// A second opinion on EAN and UPC that shares nothing with the decoders: it knows the picture's
// grey levels, draws what each number would look like, and asks which valid number fits best.
//
// Decoders measure edges; blur moves edges, and two decoders then make the same mistake. A whole
// number drawn, blurred as much as the picture and laid over it does not.
#pragma once

#include <opencv2/core.hpp>
#include <optional>

#include "vision/engine/internal/candidate.h"
#include "vision/engine/internal/retail_code.h"

namespace batchwright::vision {

struct BarsCheck {
  bool agrees = false;  // the best number of all is the candidate's, by a clear margin
  double fit = 0;       // correlation of the picture with the candidate's bars, -1..1
  double margin = 0;    // how much worse the next valid number fits; larger is surer
  double module_px = 0;
  Corners corners{};  // where it was found
};

// `candidate` is of a retail symbology, its corners within `grey`. None when its text is no valid
// number or its bars are nowhere near the corners.
[[nodiscard]] std::optional<BarsCheck> check_bars(const cv::Mat& grey, const Candidate& candidate);

}  // namespace batchwright::vision

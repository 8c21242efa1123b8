// The order in which a frame is looked at: cheap and likely first, until something is confirmed or
// the time is spent.
#pragma once

#include "vision/engine/internal/ballot.h"
#include "vision/engine/internal/deadline.h"
#include "vision/engine/internal/spots.h"

namespace batchwright::vision {

struct SearchResult {
  std::vector<Symbol> symbols;
  bool complete = false;  // nothing was left out for want of time
  std::optional<double> module_px;
};

// First round: the whole frame and every region, as they are; all symbols of a good picture come
// from here. Second round, only when the first confirmed nothing: treatment after treatment.
[[nodiscard]] SearchResult search(const cv::Mat& grey, Symbologies wanted,
                                  const Deadline& deadline);

}  // namespace batchwright::vision

// What lies in one slot of a layout: every taught part in every turn, and nothing, compared with
// what is seen.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "vision/checks/layout.h"
#include "vision/engine/internal/part_model.h"

namespace batchwright::vision {

// A part in a turn, or nothing.
struct Hypothesis {
  int part = -1;  // index of the model; -1 = nothing
  int turn = 0;   // quarter turns clockwise
  bool operator==(const Hypothesis&) const = default;
};

struct Evidence {
  Hypothesis what;
  Placing placing;
  double score = 0;        // as LayoutCheck has it; below 0 is written as 0
  double firm_score = 0;   // the same, not counting what is only paler: of this alone a part fails
  double structure = 0;    // how alike the edges are, 0..1
  double colour = 0;       // as LayoutCheck::colour_max has it
  double burnt_share = 0;  // of the part: so much light that its colour can't be told
  int deviating_px = 0;    // beyond score_min, not counting what is only paler
  bool beside = false;     // the largest firm deviation lies beside the part
  cv::Mat mask;            // of the part in the window
};

struct SeenPlane {
  cv::Mat bgr;          // as seen
  cv::Mat even;         // in the light of the reference
  cv::Mat gains;        // between the two
  double brighten = 1;  // of the reference, until its lightest patch is nearly white
};

struct SlotView {
  cv::Rect window;     // of the plane: the slot's box with what lies around it
  cv::Rect box;        // the slot within the window
  cv::Point2d middle;  // of the slot within the window
  cv::Mat ground;      // the empty plane in the window
  cv::Mat others;      // 255 where other slots are in the window, but not in this one
  Hypothesis expected;
};

// What a placing may be: everything up to twice the tolerance is searched, so that it can be named.
struct Reach {
  double px = 0, deg = 0;
};

// Evidence for the expected hypothesis first, then for nothing (if that isn't it), then for those
// of `models` that come nearest.
[[nodiscard]] std::vector<Evidence> look_into(const SlotView& slot, const SeenPlane& plane,
                                              const std::vector<PartModel>& models,
                                              const LayoutCheck& rule, const Reach& reach);

// The score that `other` would have if `there` was seen in its place on `ground`.
[[nodiscard]] double score_between(const PartView& there, const PartView& other,
                                   const cv::Mat& ground);

}  // namespace batchwright::vision

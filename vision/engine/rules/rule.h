// One kind of check inside the engine: from a picture on the station's plane to what each region
// shows.
#pragma once

#include <memory>
#include <opencv2/core.hpp>

#include "base/time.h"
#include "vision/check.h"
#include "vision/check_result.h"

namespace batchwright::vision {

// What a rule looks at. Without a station the plane is the frame itself.
struct View {
  cv::Mat bgr;                               // 8 bits, of the plane
  cv::Matx33d to_frame{cv::Matx33d::eye()};  // plane pixels to frame pixels
  cv::Size frame;                            // what lies outside of it was not seen
  Quality quality;                           // of the frame
};

class Rule {
 public:
  virtual ~Rule() = default;
  // Fills verdict, score, threshold, regions, readings and reason; quality is there already, and
  // good.
  virtual void judge(const View& view, const ExpectedValues& expected, CheckResult& result) = 0;
  virtual void restart() {}
  // A frame too poor to judge: what was seen before it and what comes after are not one run.
  virtual void nothing_seen() {}
};

// Each fails, kMalformed, when its references don't fit.
[[nodiscard]] Result<std::unique_ptr<Rule>> make_label_rule(const Check& check);
[[nodiscard]] Result<std::unique_ptr<Rule>> make_layout_rule(const Check& check);
[[nodiscard]] Result<std::unique_ptr<Rule>> make_clearance_rule(const Check& check);
[[nodiscard]] Result<std::unique_ptr<Rule>> make_sequence_rule(const Check& check);
[[nodiscard]] Result<std::unique_ptr<Rule>> make_display_rule(const Check& check);
[[nodiscard]] Result<std::unique_ptr<Rule>> make_gauge_rule(const Check& check);
[[nodiscard]] Result<std::unique_ptr<Rule>> make_lamps_rule(const Check& check);

// A reference of the check as a picture of 8-bit BGR.
[[nodiscard]] Result<cv::Mat> reference_picture(const Check& check, std::string_view id);

// The corners of `box` in the frame's pixels.
[[nodiscard]] Corners corners_in_frame(const View& view, const Box& box);

// Whether all of `box` was in the picture.
[[nodiscard]] bool is_in_frame(const View& view, const Box& box);

// Sets verdict, score and threshold of the whole from its regions: the worst one decides.
void conclude(CheckResult& result);

}  // namespace batchwright::vision

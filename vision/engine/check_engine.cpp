#include "vision/engine/check_engine.h"

#include <algorithm>
#include <opencv2/core/ocl.hpp>
#include <opencv2/core/utility.hpp>

#include "vision/engine/camera/mask.h"
#include "vision/engine/internal/picture.h"
#include "vision/engine/internal/plane.h"
#include "vision/engine/measure_quality.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

Result<std::unique_ptr<Rule>> rule_of(const Check& check) {
  struct Maker {
    const Check& check;
    auto operator()(const LabelCheck&) const { return make_label_rule(check); }
    auto operator()(const LayoutCheck&) const { return make_layout_rule(check); }
    auto operator()(const ClearanceCheck&) const { return make_clearance_rule(check); }
    auto operator()(const SequenceCheck&) const { return make_sequence_rule(check); }
    auto operator()(const DisplayCheck&) const { return make_display_rule(check); }
    auto operator()(const GaugeCheck&) const { return make_gauge_rule(check); }
    auto operator()(const LampsCheck&) const { return make_lamps_rule(check); }
  };
  return std::visit(Maker{check}, check.rule);
}

// What would help, by the check's own limits.
Advice advice_for(const Quality& quality, const QualityLimits& limits) {
  if (quality.dark_share > limits.extreme_share_max) return Advice::kMoreLight;
  if (quality.bright_share > limits.extreme_share_max) return Advice::kLessLight;
  // What was measured knows whether the little contrast lies in the dark.
  if (quality.contrast < limits.contrast_min)
    return quality.advice == Advice::kMoreLight ? Advice::kMoreLight : Advice::kShowLabel;
  if (quality.glare_share > limits.glare_share_max) return Advice::kLessGlare;
  if (quality.sharpness < limits.sharpness_min) return Advice::kHoldStill;
  return Advice::kNone;
}

// The tags that the plane rests on, beside what the rule found: `seen` has their ids.
RegionResult tags_result(const Station& station, std::string seen, const Plane* plane) {
  RegionResult tags;
  tags.region = "tags";
  tags.verdict = plane != nullptr ? Verdict::kPass : Verdict::kUndecided;
  tags.code = plane != nullptr ? "ok" : "hidden";
  const auto blanks = std::ranges::count(seen, ' ');
  const auto all = static_cast<double>(station.tags.size());
  tags.score = seen.empty() ? 0 : static_cast<double>(blanks + 1) / all;
  tags.threshold = station.tags_min / all;
  tags.seen = std::move(seen);
  if (plane != nullptr) {
    View view;
    view.to_frame = plane->to_frame;
    tags.corners = corners_in_frame(view, {0, 0, plane->bgr.cols, plane->bgr.rows});
  }
  return tags;
}

// What was masked says nothing about the picture.
Quality quality_of(const Frame& frame) {
  const cv::Mat bgr = bgr_of(frame);
  const auto part = unmasked_part(bgr);
  if (part.size() == bgr.size()) return measure_quality(frame);
  const auto cut = frame_of(bgr(part));
  return measure_quality(cut ? *cut : frame);
}

// A region beside the plane would never show anything.
Result<void> regions_fit(const Check& check) {
  if (!check.station) return {};
  const double width = check.station->width_mm * check.station->px_per_mm,
               height = check.station->height_mm * check.station->px_per_mm;
  for (const auto& region : check.regions)
    if (region.box.x + region.box.width > width + 1 ||
        region.box.y + region.box.height > height + 1)
      return fail(ErrorCode::kMalformed, "The region leaves the station's plane.", region.id);
  return {};
}

// What of the regions the camera doesn't see. The plane is black there, which is no picture.
std::vector<RegionResult> unseen_regions(const Check& check, const View& view) {
  std::vector<RegionResult> unseen;
  for (const auto& region : check.regions) {
    if (is_in_frame(view, region.box)) continue;
    RegionResult result;
    result.region = region.id;
    result.code = "hidden";
    result.corners = corners_in_frame(view, region.box);
    unseen.push_back(std::move(result));
  }
  return unseen;
}

// A pass says that everything expected was compared. What a rule can't read was not.
void demand_readings(const ExpectedValues& expected, CheckResult& result) {
  if (result.verdict != Verdict::kPass) return;
  for (const auto& [name, value] : expected) {
    const bool read = std::ranges::any_of(
        result.readings, [&](const auto& reading) { return reading.first == name; });
    if (read) continue;
    RegionResult missing;
    missing.region = name;
    missing.code = "not_expected";
    missing.expected = value;
    result.regions.push_back(std::move(missing));
    result.verdict = Verdict::kUndecided;
  }
}

void judge_on_plane(const Check& check, Rule& rule, const Frame& frame,
                    const ExpectedValues& expected, CheckResult& result) {
  View view;
  view.quality = result.quality;
  view.bgr = bgr_of(frame);
  view.frame = view.bgr.size();
  if (!check.station) {
    rule.judge(view, expected, result);
    return;
  }
  auto plane = put_on_plane(view.bgr, *check.station);
  if (!plane) {
    rule.nothing_seen();
    result.verdict = Verdict::kUndecided;
    result.reason = plane.error().message;
    result.regions.push_back(tags_result(*check.station, plane.error().place, nullptr));
    return;
  }
  view.bgr = plane->bgr;
  view.to_frame = plane->to_frame;
  result.regions = unseen_regions(check, view);
  if (result.regions.empty())
    rule.judge(view, expected, result);
  else
    rule.nothing_seen();
  if (!result.regions.empty() && result.verdict == Verdict::kNotPerformed)
    result.verdict = Verdict::kUndecided;
  result.regions.push_back(tags_result(*check.station, ids_of(plane->tags), &*plane));
}

}  // namespace

void settle_engine() {
  cv::setNumThreads(1);
  cv::setUseOptimized(true);
  cv::ocl::setUseOpenCL(false);
}

CheckEngine::CheckEngine(Check check, std::unique_ptr<Rule> rule)
    : check_(std::move(check)), rule_(std::move(rule)) {}
CheckEngine::CheckEngine(CheckEngine&&) noexcept = default;
CheckEngine& CheckEngine::operator=(CheckEngine&&) noexcept = default;
CheckEngine::~CheckEngine() = default;

Result<CheckEngine> CheckEngine::prepare(Check check) {
  if (auto fits = regions_fit(check); !fits) return std::unexpected(fits.error());
  try {
    auto rule = rule_of(check);
    if (!rule) return std::unexpected(rule.error());
    return CheckEngine(std::move(check), std::move(*rule));
  } catch (const cv::Exception&) {
    return fail(ErrorCode::kMalformed, "A reference of the check could not be worked on.");
  }
}

CheckResult CheckEngine::judge(const Frame& frame, const ExpectedValues& expected,
                               const Clock& clock) {
  const auto began_ms = clock.monotonic_ms();
  CheckResult result;
  if (const auto checked = check_frame(frame); !checked) {
    result.reason = checked.error().message;
    return result;
  }
  try {
    result.quality = quality_of(frame);
    result.quality.advice = advice_for(result.quality, check_.quality);
    result.quality.good = result.quality.advice == Advice::kNone;
    if (result.quality.good) {
      judge_on_plane(check_, *rule_, frame, expected, result);
      demand_readings(expected, result);
    } else {
      rule_->nothing_seen();
      result.verdict = Verdict::kUndecided;
    }
  } catch (const cv::Exception&) {
    result = {};
    result.reason = "The picture could not be worked on.";
  }
  result.took_ms = clock.monotonic_ms() - began_ms;
  return result;
}

void CheckEngine::restart() {
  rule_->restart();
}

}  // namespace batchwright::vision

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/changes.h"
#include "vision/engine/internal/deviation.h"
#include "vision/engine/internal/lighting.h"
#include "vision/engine/internal/station_white.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

// What remains of an object's contrast after small shifts, slow light and the mean over a patch.
constexpr double kFoundShare = 0.6, kCloseShare = 0.48;
constexpr double kPaperLevel = 205;  // grey levels count in that light
constexpr int kSlow_px = 121;        // leftovers of up to some 80 are not yet light
constexpr double kAreaShare = 0.2;   // of the smallest object's square that must deviate

class ClearanceRule : public Rule {
 public:
  explicit ClearanceRule(const Check& check)
      : station_(*check.station),
        regions_(check.regions),
        rule_(std::get<ClearanceCheck>(check.rule)) {}

  Result<void> prepare(const Check& check) {
    auto cleared = reference_picture(check, rule_.cleared_reference);
    if (!cleared) return std::unexpected(cleared.error());
    cleared_ = std::move(*cleared);
    if (cleared_.cols != static_cast<int>(std::lround(station_.width_mm * station_.px_per_mm)) ||
        cleared_.rows != static_cast<int>(std::lround(station_.height_mm * station_.px_per_mm)))
      return fail(ErrorCode::kMalformed, "The cleared reference must be as large as the plane.",
                  rule_.cleared_reference);
    const auto to_white = factor_to_white(cleared_, station_, kPaperLevel);
    if (!to_white) return std::unexpected(to_white.error());
    cleared_.convertTo(cleared_, -1, *to_white);
    return {};
  }

  void judge(const View& view, const ExpectedValues&, CheckResult& result) override;

 private:
  [[nodiscard]] RegionResult judge_region(const View& view, const Region& region,
                                          const std::vector<Change>& found,
                                          const std::vector<Change>& close, bool hand) const;

  Station station_;
  std::vector<Region> regions_;
  ClearanceCheck rule_;
  cv::Mat cleared_;
};

bool touches(const Change& change, const Box& box) {
  const cv::Rect a(change.box.x, change.box.y, change.box.width, change.box.height);
  return !(a & cv::Rect(box.x, box.y, box.width, box.height)).empty();
}

RegionResult ClearanceRule::judge_region(const View& view, const Region& region,
                                         const std::vector<Change>& found,
                                         const std::vector<Change>& close, bool hand) const {
  const auto in_region = [&](const Change& change) { return touches(change, region.box); };
  RegionResult result;
  result.region = region.id;
  result.corners = corners_in_frame(view, region.box);
  result.score = 1;
  result.threshold = 1 - kFoundShare * rule_.contrast_min / 100;
  const auto settle = [&](Verdict verdict, const char* code, const Change* change) {
    result.verdict = verdict;
    result.code = code;
    if (change == nullptr) return result;
    result.score = std::clamp(1 - change->peak / 100, 0.0, 1.0);
    result.corners = corners_in_frame(view, change->box);
    result.seen = fmt::format("{:.0f} x {:.0f} mm", change->box.width / station_.px_per_mm,
                              change->box.height / station_.px_per_mm);
    return result;
  };
  if (!is_in_frame(view, region.box)) return settle(Verdict::kUndecided, "hidden", nullptr);
  const auto leftover = std::ranges::find_if(found, in_region);
  if (leftover != found.end()) {
    if (hand) return settle(Verdict::kUndecided, "hidden", &*leftover);
    return settle(Verdict::kFail, "leftover", &*leftover);
  }
  const auto doubt = std::ranges::find_if(close, in_region);
  if (doubt != close.end()) return settle(Verdict::kUndecided, "too_close_to_call", &*doubt);
  // An even sleeve shows at its edges only: what lies under it isn't seen.
  if (hand) return settle(Verdict::kUndecided, "hidden", nullptr);
  return settle(Verdict::kPass, "ok", nullptr);
}

void ClearanceRule::judge(const View& view, const ExpectedValues&, CheckResult& result) {
  const cv::Mat gains = lighting_between(view.bgr, cleared_, {});
  const cv::Mat everywhere(cleared_.size(), CV_8U, cv::Scalar(255));
  const cv::Mat deviation =
      deviation_of(view.bgr, {cleared_, cleared_}, gains, everywhere, kSlow_px);
  const int area = static_cast<int>(kAreaShare * rule_.object_px_min * rule_.object_px_min);
  const auto found = changes_in(deviation, kFoundShare * rule_.contrast_min, area);
  const auto close = changes_in(deviation, kCloseShare * rule_.contrast_min, area);
  const bool hand = hand_reaches_in(deviation, kCloseShare * rule_.contrast_min);
  for (const auto& region : regions_)
    result.regions.push_back(judge_region(view, region, found, close, hand));
  conclude(result);
}

}  // namespace

Result<std::unique_ptr<Rule>> make_clearance_rule(const Check& check) {
  if (!check.station)
    return fail(ErrorCode::kMalformed, "A line clearance needs a station with tags.");
  auto rule = std::make_unique<ClearanceRule>(check);
  if (auto prepared = rule->prepare(check); !prepared) return std::unexpected(prepared.error());
  return rule;
}

}  // namespace batchwright::vision

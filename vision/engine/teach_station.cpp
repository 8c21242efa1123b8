#include "vision/engine/teach_station.h"

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/lighting.h"
#include "vision/engine/internal/picture.h"
#include "vision/engine/internal/plane.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

Result<cv::Mat> plane_of(const Frame& frame, const Station& station) {
  if (const auto checked = check_frame(frame); !checked) return std::unexpected(checked.error());
  auto plane = put_on_plane(bgr_of(frame), station);
  if (!plane) return std::unexpected(plane.error());
  return plane->bgr;
}

// What is burnt out teaches nothing about colours.
bool is_burnt_out(const cv::Mat& bgr) {
  constexpr int kBurnt = 250;
  constexpr double kShareMax = 0.002;
  cv::Mat burnt;
  cv::compare(bgr.reshape(1), kBurnt, burnt, cv::CMP_GE);
  return cv::countNonZero(burnt) > kShareMax * static_cast<double>(burnt.total());
}

// `seen` as it would be in the light of `taught`.
cv::Mat evened(const cv::Mat& seen, const cv::Mat& taught, std::span<const cv::Rect> loose) {
  cv::Mat result;
  cv::divide(seen, lighting_between(seen, taught, loose), result, 1, CV_8U);
  return result;
}

// Each pixel's median over pictures of one size and exposure.
cv::Mat median_of(const std::vector<cv::Mat>& pictures) {
  cv::Mat result(pictures.front().size(), CV_8UC3);
  std::vector<std::uint8_t> values(pictures.size());
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  for (int y = 0; y < result.rows; ++y)
    for (int at = 0; at < result.cols * 3; ++at) {
      std::ranges::transform(pictures, values.begin(),
                             [&](const cv::Mat& bgr) { return bgr.ptr<std::uint8_t>(y)[at]; });
      std::ranges::nth_element(values, middle);
      result.ptr<std::uint8_t>(y)[at] = *middle;
    }
  return result;
}

// As bright as the first, per channel.
std::vector<cv::Mat> equally_bright(const std::vector<cv::Mat>& planes) {
  const cv::Scalar level = cv::mean(planes.front());
  std::vector<cv::Mat> result;
  for (const auto& plane : planes) {
    const cv::Scalar own = cv::mean(plane);
    cv::Mat bright;
    cv::multiply(
        plane,
        cv::Scalar(level[0] / (own[0] + 1), level[1] / (own[1] + 1), level[2] / (own[2] + 1)),
        bright, 1, CV_8U);
    result.push_back(std::move(bright));
  }
  return result;
}

// In the light that most of them share: a shadow over one of them would be taught as the board's.
Result<cv::Mat> average_plane(const std::vector<Frame>& frames, const Station& station) {
  if (frames.empty() || frames.size() > kFramesTaughtMax)
    return fail(ErrorCode::kRefused, "One to 32 pictures of the empty station are needed.");
  std::vector<cv::Mat> planes;
  for (const auto& frame : frames) {
    auto plane = plane_of(frame, station);
    if (!plane) return std::unexpected(plane.error());
    if (is_burnt_out(*plane))
      return fail(ErrorCode::kRefused, "The station is burnt out in this picture. Use less light.");
    planes.push_back(std::move(*plane));
  }
  const cv::Mat shared = median_of(equally_bright(planes));
  cv::Mat sum = cv::Mat::zeros(shared.size(), CV_32FC3), mean;
  for (const auto& plane : planes) cv::accumulate(evened(plane, shared, {}), sum);
  sum.convertTo(mean, CV_8U, 1.0 / static_cast<double>(planes.size()));
  return mean;
}

Reference reference_of(std::string id, const cv::Mat& picture) {
  std::vector<std::uint8_t> png;
  cv::imencode(".png", picture, png, {cv::IMWRITE_PNG_COMPRESSION, 6});
  return {std::move(id), std::string(png.begin(), png.end())};
}

Result<void> teach_part(Check& check, LayoutCheck& rule, const cv::Mat& empty,
                        const PartShown& shown, std::span<const cv::Rect> regions) {
  const auto* region = check.region(shown.region);
  if (region == nullptr || shown.frames.empty() || shown.frames.size() > kReferencesPerPartMax)
    return fail(ErrorCode::kRefused, "A part is taught by 1 to 12 pictures in a region.", shown.id);
  const cv::Rect box =
      cv::Rect(region->box.x, region->box.y, region->box.width, region->box.height) &
      cv::Rect({0, 0}, empty.size());
  PartKind part{shown.id, shown.region, {}, shown.symmetry};
  for (const auto& frame : shown.frames) {
    auto plane = plane_of(frame, *check.station);
    if (!plane) return std::unexpected(plane.error());
    if (is_burnt_out((*plane)(box)))
      return fail(ErrorCode::kRefused, "The part is burnt out in this picture. Use less light.",
                  shown.id);
    const auto id = shown.id + "-" + std::to_string(part.references.size() + 1);
    check.references.push_back(reference_of(id, evened(*plane, empty, regions)(box)));
    part.references.push_back(id);
  }
  rule.parts.push_back(std::move(part));
  return {};
}

std::unexpected<Error> not_workable() {
  return fail(ErrorCode::kMalformed, "The pictures could not be worked on.");
}

}  // namespace

Result<Check> teach_layout(Check draft, const std::vector<Frame>& empty,
                           const std::vector<PartShown>& parts) {
  auto* rule = std::get_if<LayoutCheck>(&draft.rule);
  if (!draft.station || rule == nullptr)
    return fail(ErrorCode::kRefused, "A layout check with a station is taught here.");
  try {
    auto mean = average_plane(empty, *draft.station);
    if (!mean) return std::unexpected(mean.error());
    std::vector<cv::Rect> regions;
    regions.reserve(draft.regions.size());
    for (const auto& region : draft.regions)
      regions.emplace_back(region.box.x, region.box.y, region.box.width, region.box.height);
    draft.references = {reference_of("empty", *mean)};
    rule->empty_reference = "empty";
    rule->parts.clear();
    for (const auto& shown : parts)
      if (auto taught = teach_part(draft, *rule, *mean, shown, regions); !taught)
        return std::unexpected(taught.error());
    if (auto ready = make_layout_rule(draft); !ready) return std::unexpected(ready.error());
    return draft;
  } catch (const cv::Exception&) {
    return not_workable();
  }
}

Result<Check> teach_clearance(Check draft, const std::vector<Frame>& cleared) {
  auto* rule = std::get_if<ClearanceCheck>(&draft.rule);
  if (!draft.station || rule == nullptr)
    return fail(ErrorCode::kRefused, "A clearance check with a station is taught here.");
  try {
    auto mean = average_plane(cleared, *draft.station);
    if (!mean) return std::unexpected(mean.error());
    draft.references = {reference_of("cleared", *mean)};
    rule->cleared_reference = "cleared";
    if (auto ready = make_clearance_rule(draft); !ready) return std::unexpected(ready.error());
    return draft;
  } catch (const cv::Exception&) {
    return not_workable();
  }
}

}  // namespace batchwright::vision

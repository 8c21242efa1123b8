#include "vision/engine/internal/part_model.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

constexpr int kReliefScale = 4;
constexpr double kPartContrast = 14;   // grey levels by which a part differs from the empty place
constexpr double kPartAreaMin = 0.01;  // of its picture

// Where all references differ from the empty place, holes filled. A shadow lies elsewhere in each.
// Where a part is hardly other than the place, one light or another may hide it; where it is
// clearly other and one reference lacks it, that reference shows another part.
cv::Mat mask_of(const std::vector<cv::Mat>& references, const cv::Mat& empty) {
  constexpr std::size_t kHiddenIn = 4;  // one of so many references
  constexpr double kHardlyOther = 3 * kPartContrast;
  const auto votes_min = references.size() - references.size() / kHiddenIn;
  cv::Mat votes = cv::Mat::zeros(empty.size(), CV_32S), most = cv::Mat::zeros(empty.size(), CV_8U);
  for (const auto& reference : references) {
    cv::Mat difference;
    cv::absdiff(reference, empty, difference);
    cv::GaussianBlur(difference, difference, {3, 3}, 0);
    std::vector<cv::Mat> channels;
    cv::split(difference, channels);
    const cv::Mat worst = cv::max(cv::max(channels[0], channels[1]), channels[2]);
    cv::add(votes, 1, votes, worst > kPartContrast);
    cv::max(most, worst, most);
  }
  const auto all = static_cast<double>(references.size());
  cv::Mat common =
      (votes >= all) | ((votes >= static_cast<double>(votes_min)) & (most <= kHardlyOther));
  cv::morphologyEx(common, common, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_RECT, {7, 7}));
  std::vector<std::vector<cv::Point>> outlines;
  cv::findContours(common, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  cv::Mat mask = cv::Mat::zeros(empty.size(), CV_8U);
  for (std::size_t i = 0; i < outlines.size(); ++i)
    if (cv::contourArea(outlines[i]) >= 0.002 * static_cast<double>(mask.total()))
      cv::drawContours(mask, outlines, static_cast<int>(i), cv::Scalar(255), cv::FILLED);
  return mask;
}

cv::Mat turned(const cv::Mat& picture, int quarter) {
  constexpr std::array kCodes{cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180,
                              cv::ROTATE_90_COUNTERCLOCKWISE};
  if (quarter == 0) return picture;
  cv::Mat result;
  cv::rotate(picture, result, kCodes[static_cast<std::size_t>(quarter - 1)]);
  return result;
}

Allowed turned(const Allowed& allowed, int quarter) {
  return {turned(allowed.low, quarter), turned(allowed.high, quarter)};
}

PartView turned(const PartView& view, int quarter) {
  return {turned(view.base, quarter),
          {turned(view.look.levels, quarter), turned(view.look.tints, quarter),
           turned(view.look.contrast, quarter)},
          turned(view.mask, quarter),
          turned(view.relief, quarter)};
}

// From pixels of a view to those of a window: turned around the middle, then moved.
cv::Matx23d to_window(const PartView& view, const Placing& placing, cv::Point2d middle) {
  const double turn = placing.deg * CV_PI / 180;
  const double c = std::cos(turn), s = std::sin(turn);
  const double cx = (view.base.cols - 1) / 2.0, cy = (view.base.rows - 1) / 2.0;
  return {c, -s, middle.x + placing.dx - c * cx + s * cy,
          s, c,  middle.y + placing.dy - s * cx - c * cy};
}

void paste(const cv::Mat& picture, const cv::Matx23d& map, const cv::Mat& mask, cv::Mat& onto) {
  cv::Mat moved;
  cv::warpAffine(picture, moved, map, onto.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  moved.copyTo(onto, mask);
}

void paste(const Allowed& allowed, const cv::Matx23d& map, const cv::Mat& mask, Allowed& onto) {
  paste(allowed.low, map, mask, onto.low);
  paste(allowed.high, map, mask, onto.high);
}

cv::Mat moved_mask(const PartView& view, const cv::Matx23d& map, cv::Size size) {
  cv::Mat mask;
  cv::warpAffine(view.mask, mask, map, size, cv::INTER_LINEAR, cv::BORDER_CONSTANT);
  return mask > 127;
}

// A picture and its ground, reduced `by` a whole number.
struct Reduced {
  cv::Mat seen, ground;
  int by = 1;
};

Reduced reduced(const cv::Mat& seen, const cv::Mat& ground, int by) {
  const cv::Size size(std::max(1, seen.cols / by), std::max(1, seen.rows / by));
  Reduced result;
  result.by = by;
  cv::resize(seen, result.seen, size, 0, 0, cv::INTER_AREA);
  cv::resize(ground, result.ground, size, 0, 0, cv::INTER_AREA);
  return result;
}

// Mean difference when the part is placed so.
double unlikeness(const PartView& view, const Placing& placing, const Reduced& at,
                  cv::Point2d middle) {
  cv::Matx23d map = to_window(view, placing, middle);
  for (int i = 0; i < 2; ++i) {
    map(i, 2) = (map(i, 2) + 0.5) / at.by - 0.5;  // middles of pixels stay middles
    for (int j = 0; j < 2; ++j) map(i, j) /= at.by;
  }
  cv::Mat with = at.ground.clone();
  paste(view.base, map, moved_mask(view, map, with.size()), with);
  return cv::norm(with, at.seen, cv::NORM_L1) / static_cast<double>(with.total());
}

// Where the part of each reference lies, from the first one.
std::vector<Placing> placings_of(const std::vector<cv::Mat>& references, const PartView& first,
                                 const cv::Mat& empty) {
  std::vector<Placing> result{{}};
  const cv::Point2d middle((empty.cols - 1) / 2.0, (empty.rows - 1) / 2.0);
  for (std::size_t i = 1; i < references.size(); ++i) {
    const auto found =
        find_part(first, relief_of(references[i], empty), middle, 12, {-6, -4, -2, 0, 2, 4, 6});
    result.push_back(refined(first, found.placing, references[i], empty, middle));
  }
  return result;
}

// The other references on the place of the first one.
std::vector<cv::Mat> aligned(const std::vector<cv::Mat>& references, const PartView& first,
                             const std::vector<Placing>& placings) {
  std::vector<cv::Mat> result{references.front()};
  const auto size = first.base.size();
  const cv::Point2d middle((size.width - 1) / 2.0, (size.height - 1) / 2.0);
  for (std::size_t i = 1; i < references.size(); ++i) {
    cv::Mat back;
    cv::warpAffine(references[i], back, to_window(first, placings[i], middle), size,
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    result.push_back(back);
  }
  return result;
}

// Each number the median of theirs; of so few that one could move it, the first's.
Placing middle_of(const std::vector<Placing>& placings) {
  constexpr std::size_t kFew = 2;
  if (placings.size() <= kFew) return placings.front();
  const auto median = [&](double Placing::* number) {
    std::vector<double> all;
    for (const auto& placing : placings) all.push_back(placing.*number);
    std::ranges::sort(all);
    return (all[(all.size() - 1) / 2] + all[all.size() / 2]) / 2;
  };
  return {median(&Placing::dx), median(&Placing::dy), median(&Placing::deg)};
}

}  // namespace

cv::Mat relief_of(const cv::Mat& seen, const cv::Mat& empty) {
  cv::Mat difference, small;
  cv::subtract(seen, empty, difference, cv::noArray(), CV_32F);
  cv::resize(difference, small,
             {std::max(1, seen.cols / kReliefScale), std::max(1, seen.rows / kReliefScale)}, 0, 0,
             cv::INTER_AREA);
  return small;
}

Result<PartModel> model_of(std::string id, int symmetry, const std::vector<cv::Mat>& references,
                           const cv::Mat& empty) {
  PartView view;
  view.base = references.front();
  view.mask = mask_of({references.front()}, empty);
  view.relief = relief_of(view.base, empty);
  const auto placings = placings_of(references, view, empty);
  const auto same_place = aligned(references, view, placings);
  view.mask = mask_of(same_place, empty);
  if (cv::countNonZero(view.mask) < kPartAreaMin * static_cast<double>(view.mask.total()))
    return fail(ErrorCode::kMalformed,
                "The part can't be told from the empty station in its references.", id);
  view.look = look_of(same_place, view.mask);
  cv::Mat only = empty.clone();
  view.base.copyTo(only, view.mask);
  view.relief = relief_of(only, empty);
  PartModel model{std::move(id), symmetry, {}, middle_of(placings)};
  for (int quarter = 0; quarter < 4; ++quarter)
    model.turns[static_cast<std::size_t>(quarter)] = turned(view, quarter);
  return model;
}

Placed place(const PartView& view, const Placing& placing, const cv::Mat& ground,
             cv::Point2d middle) {
  const auto map = to_window(view, placing, middle);
  Placed placed{look_of_ground(ground), ground.clone(), moved_mask(view, map, ground.size())};
  paste(view.look.levels, map, placed.mask, placed.look.levels);
  paste(view.look.tints, map, placed.mask, placed.look.tints);
  paste(view.look.contrast, map, placed.mask, placed.look.contrast);
  paste(view.base, map, placed.mask, placed.base);
  return placed;
}

Found find_part(const PartView& view, const cv::Mat& relief_seen, cv::Point2d middle,
                double reach_px, const std::vector<double>& degrees) {
  const cv::Mat& relief = view.relief;
  const int reach = std::max(1, static_cast<int>(std::ceil(reach_px / kReliefScale)));
  // The window's relief around its middle, with nothing beyond the window.
  cv::Mat around = cv::Mat::zeros(relief.rows + 2 * reach, relief.cols + 2 * reach, CV_32FC3);
  const cv::Point middle_small(
      static_cast<int>(std::lround((middle.x + 0.5) / kReliefScale - 0.5)),
      static_cast<int>(std::lround((middle.y + 0.5) / kReliefScale - 0.5)));
  const cv::Point from(middle_small.x - around.cols / 2, middle_small.y - around.rows / 2);
  const cv::Rect wanted(from, around.size());
  const cv::Rect there = wanted & cv::Rect({0, 0}, relief_seen.size());
  if (!there.empty()) relief_seen(there).copyTo(around(there - from));
  Found best{{}, -1};
  for (const double deg : degrees) {
    // Never into `relief` itself: it belongs to the model.
    cv::Mat rotated;
    if (deg != 0)
      cv::warpAffine(relief, rotated,
                     cv::getRotationMatrix2D({(static_cast<float>(relief.cols) - 1) / 2,
                                              (static_cast<float>(relief.rows) - 1) / 2},
                                             -deg, 1),
                     relief.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT);
    const cv::Mat& turned_relief = deg != 0 ? rotated : relief;
    cv::Mat scores;
    cv::matchTemplate(around, turned_relief, scores, cv::TM_CCORR_NORMED);
    double likeness = 0;
    cv::Point at;
    cv::minMaxLoc(scores, nullptr, &likeness, nullptr, &at);
    if (likeness > best.likeness)
      best = {{static_cast<double>((at.x - reach) * kReliefScale),
               static_cast<double>((at.y - reach) * kReliefScale), deg},
              likeness};
  }
  return best;
}

Placing refined(const PartView& view, const Placing& from, const cv::Mat& seen,
                const cv::Mat& ground, cv::Point2d middle) {
  constexpr std::array<std::array<double, 3>, 6> kWays{
      {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}}};
  Placing best = from;
  for (const auto& [step, by] : {std::pair(2.0, 4), {1.0, 4}, {0.5, 2}}) {
    const auto at = reduced(seen, ground, by);
    double least = unlikeness(view, best, at, middle);
    bool improved = true;
    for (int round = 0; improved && round < 4; ++round) {
      improved = false;
      for (const auto& way : kWays) {
        const Placing other{best.dx + step * way[0], best.dy + step * way[1],
                            best.deg + step * way[2]};
        const double value = unlikeness(view, other, at, middle);
        if (value >= least) continue;
        least = value;
        best = other;
        improved = true;
      }
    }
  }
  return best;
}

}  // namespace batchwright::vision

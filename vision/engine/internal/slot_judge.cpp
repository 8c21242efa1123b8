#include "vision/engine/internal/slot_judge.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/deviation.h"
#include "vision/engine/internal/part_light.h"

namespace batchwright::vision {

namespace {

constexpr double kLevelsPerScore = 100;  // LayoutCheck::score_min
constexpr std::size_t kRivalsOfAFit = 1, kRivalsOfAMisfit = 4;
// Beside a part that fits, one that is so much less alike needs no closer look: the two were told
// apart when the check was made ready.
constexpr double kFarLessAlike = 0.85;

// The colour distance that a third of the part exceeds: a body's own colour counts in full, though
// its bands and print may be the right ones.
double lab_distance(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& mask,
                    double brighten) {
  constexpr double kShare = 1.0 / 3;
  constexpr int kPatch_px = 9;
  const auto lab_of = [brighten](const cv::Mat& bgr) {
    cv::Mat lab;
    cv::blur(bgr, lab, {kPatch_px, kPatch_px});
    lab.convertTo(lab, CV_32FC3, brighten / 255);
    cv::cvtColor(lab, lab, cv::COLOR_BGR2Lab);
    return lab;
  };
  cv::Mat apart;
  cv::subtract(lab_of(seen), lab_of(taught), apart);
  std::vector<float> distances;
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x)
      if (mask.at<std::uint8_t>(y, x) != 0)
        distances.push_back(static_cast<float>(cv::norm(apart.at<cv::Vec3f>(y, x))));
  if (distances.empty()) return 0;
  const auto at = distances.begin() + static_cast<std::ptrdiff_t>(
                                          (1 - kShare) * static_cast<double>(distances.size() - 1));
  std::ranges::nth_element(distances, at);
  return *at;
}

cv::Mat steepness_of(const cv::Mat& bgr) {
  cv::Mat grey, dx, dy, size;
  cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
  cv::Sobel(grey, dx, CV_32F, 1, 0);
  cv::Sobel(grey, dy, CV_32F, 0, 1);
  cv::magnitude(dx, dy, size);
  cv::GaussianBlur(size, size, {}, 2);
  return size;
}

// Cosine between the steepness of both, so that colour and light don't count.
double structure_of(const cv::Mat& seen, const cv::Mat& taught, const cv::Mat& mask) {
  cv::Mat a = steepness_of(seen), b = steepness_of(taught), outside;
  cv::bitwise_not(mask, outside);
  a.setTo(0, outside);
  b.setTo(0, outside);
  return a.dot(b) / (cv::norm(a) * cv::norm(b) + 1);
}

// How far a part that was placed is from its pieces.
struct Deviations {
  cv::Mat firm;    // shows another part, where there is enough of it
  cv::Mat pale;    // doesn't, but is not its own either
  cv::Mat levels;  // of `firm`, what the grey levels alone show

  [[nodiscard]] cv::Mat worst() const { return cv::max(firm, pale); }
};

// `base` is the part as it looks in this light, `gains` those on it.
Deviations deviations_on(const cv::Mat& seen, const cv::Mat& even, const Placed& placed,
                         const cv::Mat& base, const cv::Mat& gains, const cv::Mat& others) {
  cv::Mat tolerant;
  cv::bitwise_not(placed.mask, tolerant);
  PartLook look = placed.look;
  if (const cv::Mat burnt = burnt_places(placed.base, gains); cv::countNonZero(burnt) > 0)
    look = with_print_of(as_burnt(placed.base, gains), std::move(look), placed.mask, burnt);
  const cv::Mat levels = deviation_of(seen, look.levels, gains, tolerant, kSlowLight_px, others);
  const cv::Mat evened = evenly_lit(even, base, placed.mask);
  return {cv::max(levels, tint_deviation_of(evened, look, placed.mask)),
          paleness_of(evened, look, placed.mask), levels};
}

Placed nothing_on(const cv::Mat& ground) {
  return {{{ground, ground}, {}, {}}, ground, cv::Mat::zeros(ground.size(), CV_8U)};
}

Evidence evidence_of(const Hypothesis& what, const Placing& placing, const Placed& placed,
                     const SlotView& slot, const SeenPlane& plane, const LayoutCheck& rule) {
  Evidence evidence;
  evidence.what = what;
  evidence.placing = placing;
  evidence.mask = placed.mask;
  const cv::Mat seen = plane.bgr(slot.window), even = plane.even(slot.window);
  const cv::Mat gains = plane.gains(slot.window);
  Deviations deviations;
  if (what.part >= 0) {
    const cv::Mat base = as_burnt_in(seen, placed.base, gains);
    evidence.burnt_share = burnt_share(seen, placed.base, gains, placed.mask);
    evidence.colour = lab_distance(even, base, placed.mask, plane.brighten);
    deviations = deviations_on(seen, even, placed, base, light_on(gains, even, base, placed.mask),
                               slot.others);
  } else {
    const cv::Mat everywhere(seen.size(), CV_8U, cv::Scalar(255));
    deviations.levels =
        deviation_of(seen, placed.look.levels, gains, everywhere, kSlowLight_px, slot.others);
    deviations.firm = deviations.levels;
    deviations.pale = cv::Mat::zeros(seen.size(), CV_32F);
  }
  // Doubt is never to the credit of what is expected.
  if (what == slot.expected)
    deviations.pale = cv::max(deviations.pale, in_doubt(deviations.levels, seen));
  cv::Mat area = placed.mask.clone();
  area(slot.box).setTo(255);
  double worst = 0, firm = 0;
  cv::Point at;
  cv::minMaxLoc(deviations.worst(), nullptr, &worst, nullptr, nullptr, area);
  cv::minMaxLoc(deviations.firm, nullptr, &firm, nullptr, &at, area);
  evidence.score = std::max(0.0, 1 - worst / kLevelsPerScore);
  evidence.firm_score = std::max(0.0, 1 - firm / kLevelsPerScore);
  evidence.beside = placed.mask.at<std::uint8_t>(at) == 0;
  cv::Mat deviating = deviations.firm > (1 - rule.score_min) * kLevelsPerScore;
  cv::bitwise_and(deviating, area, deviating);
  evidence.deviating_px = cv::countNonZero(deviating);
  return evidence;
}

std::vector<double> degrees_within(double most, double step) {
  std::vector<double> degrees{0};
  for (double deg = step; deg <= most; deg += step) {
    degrees.push_back(deg);
    degrees.push_back(-deg);
  }
  return degrees;
}

struct Rival {
  Hypothesis what;
  Found found;
};

// All other parts and turns, roughly placed, the likeliest first.
std::vector<Rival> rivals_of(const SlotView& slot, const std::vector<PartModel>& models,
                             const cv::Mat& relief, double reach_px, double deg) {
  std::vector<Rival> rivals;
  for (std::size_t i = 0; i < models.size(); ++i)
    for (int turn = 0; turn < 4 / models[i].symmetry; ++turn) {
      const Hypothesis what{static_cast<int>(i), turn};
      if (what == slot.expected) continue;
      const auto& view = models[i].turns[static_cast<std::size_t>(turn)];
      rivals.push_back({what, find_part(view, relief, slot.middle, reach_px, {deg})});
    }
  std::ranges::stable_sort(rivals, std::greater{},
                           [](const Rival& rival) { return rival.found.likeness; });
  return rivals;
}

}  // namespace

std::vector<Evidence> look_into(const SlotView& slot, const SeenPlane& plane,
                                const std::vector<PartModel>& models, const LayoutCheck& rule,
                                const Reach& reach) {
  const cv::Mat even = plane.even(slot.window);
  const cv::Mat relief = relief_of(even, slot.ground);
  std::vector<Evidence> all;
  const auto add = [&](const Hypothesis& what, const Found& found) {
    const auto& view =
        models[static_cast<std::size_t>(what.part)].turns[static_cast<std::size_t>(what.turn)];
    const auto at = refined(view, found.placing, even, slot.ground, slot.middle);
    const auto placed = place(view, at, slot.ground, slot.middle);
    all.push_back(evidence_of(what, at, placed, slot, plane, rule));
    if (what == slot.expected) all.back().structure = structure_of(even, placed.base, placed.mask);
  };
  double deg = 0, own_likeness = 0;
  if (slot.expected.part >= 0) {
    const auto& view = models[static_cast<std::size_t>(slot.expected.part)].turns[0];
    const auto found = find_part(view, relief, slot.middle, reach.px, degrees_within(reach.deg, 4));
    own_likeness = found.likeness;
    add(slot.expected, found);
    deg = all.front().placing.deg;
  }
  all.push_back(evidence_of({}, {}, nothing_on(slot.ground), slot, plane, rule));
  const auto rivals = rivals_of(slot, models, relief, reach.px / 2, deg);
  const bool fits = all.front().score >= rule.score_min;
  const auto most = fits ? kRivalsOfAFit : kRivalsOfAMisfit;
  for (std::size_t i = 0; i < rivals.size() && i < most; ++i)
    if (!fits || rivals[i].found.likeness >= kFarLessAlike * own_likeness)
      add(rivals[i].what, rivals[i].found);
  return all;
}

double score_between(const PartView& there, const PartView& other, const cv::Mat& ground) {
  const cv::Point2d middle((ground.cols - 1) / 2.0, (ground.rows - 1) / 2.0);
  const auto seen = place(there, {}, ground, middle);
  const auto at = refined(other, {}, seen.base, ground, middle);
  const auto placed = place(other, at, ground, middle);
  cv::Mat area;
  cv::bitwise_or(placed.mask, seen.mask, area);
  const cv::Mat gains(ground.size(), CV_32FC3, cv::Scalar::all(1));
  double worst = 0;
  cv::minMaxLoc(deviations_on(seen.base, seen.base, placed, placed.base, gains, {}).worst(),
                nullptr, &worst, nullptr, nullptr, area);
  return std::max(0.0, 1 - worst / kLevelsPerScore);
}

}  // namespace batchwright::vision

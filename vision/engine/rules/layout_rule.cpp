#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/assignment.h"
#include "vision/engine/internal/changes.h"
#include "vision/engine/internal/deviation.h"
#include "vision/engine/internal/lighting.h"
#include "vision/engine/internal/part_light.h"
#include "vision/engine/internal/slot_judge.h"
#include "vision/engine/internal/station_white.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

constexpr double kSearched = 2;  // times the tolerance: so much further a moved part is found
constexpr double kAroundSlot_px = 12;
constexpr int kClearDeviation_px = 40;  // so many beyond the limit are no accident
constexpr double kAlikeStructure = 0.75;
constexpr double kClearlyOther = 1.25;      // of colour_max
constexpr double kBurntShareMax = 1.0 / 3;  // of the part: so much may be of another colour
constexpr double kExtraLevel = 20;          // grey levels of something between the slots
constexpr int kExtraArea_px = 80;
// Parts may be lighter than paper; colours are compared as if it was nearly white.
constexpr double kPaperLevel = 128, kNearlyWhite = 225;

cv::Rect rect_of(const Box& box) {
  return {box.x, box.y, box.width, box.height};
}

class LayoutRule : public Rule {
 public:
  explicit LayoutRule(const Check& check)
      : check_(check), rule_(std::get<LayoutCheck>(check.rule)) {}

  // Decodes the references; fails when they don't fit or can't be told apart.
  Result<void> prepare();
  void judge(const View& view, const ExpectedValues&, CheckResult& result) override;

 private:
  Result<void> add_model(const PartKind& part);
  Result<void> add_slot(const Slot& slot);
  // 255 where other slots are in the window of this one.
  [[nodiscard]] cv::Mat others_around(std::size_t at) const;
  Result<void> tell_apart() const;
  [[nodiscard]] SeenPlane prepared(const cv::Mat& bgr) const;
  [[nodiscard]] RegionResult judge_slot(std::size_t at, const std::vector<Evidence>& evidence,
                                        double margin) const;
  // Of the expected part.
  [[nodiscard]] Placing from_taught(const Evidence& own) const;
  [[nodiscard]] std::vector<double> margins(
      const std::vector<std::vector<Evidence>>& evidence) const;
  // 0 in the slots and on what lies in them.
  [[nodiscard]] cv::Mat deviation_between_slots(
      const SeenPlane& plane, const std::vector<std::vector<Evidence>>& evidence) const;
  [[nodiscard]] bool is_hand_in_sight(cv::Mat deviation,
                                      const std::vector<RegionResult>& slots) const;
  [[nodiscard]] double px_per_mm() const { return check_.station->px_per_mm; }
  [[nodiscard]] std::string name_of(const Hypothesis& what) const {
    return what.part < 0 ? "" : models_[static_cast<std::size_t>(what.part)].id;
  }

  Check check_;  // without the pictures
  LayoutCheck rule_;
  cv::Mat empty_;
  cv::Mat expected_;     // the plane with everything in its place
  double to_white_ = 1;  // of every reference
  std::vector<PartModel> models_;
  std::vector<SlotView> slots_;
  std::vector<cv::Rect> boxes_;
};

std::unexpected<Error> misfit(const char* words, const std::string& place) {
  return fail(ErrorCode::kMalformed, words, place);
}

Result<void> LayoutRule::add_model(const PartKind& part) {
  const auto* region = check_.region(part.taught_in);
  if (region == nullptr) return misfit("The check has no such region.", part.taught_in);
  const auto box = rect_of(region->box);
  if ((box & cv::Rect({0, 0}, empty_.size())) != box)
    return misfit("The region lies outside of the plane.", part.taught_in);
  std::vector<cv::Mat> references;
  for (const auto& id : part.references) {
    auto picture = reference_picture(check_, id);
    if (!picture) return std::unexpected(picture.error());
    if (picture->size() != box.size())
      return misfit("A part's reference must be as large as the region it was taught in.", id);
    picture->convertTo(*picture, -1, to_white_);
    references.push_back(std::move(*picture));
  }
  auto model = model_of(part.id, part.symmetry, references, empty_(box));
  if (!model) return std::unexpected(model.error());
  models_.push_back(std::move(*model));
  return {};
}

Result<void> LayoutRule::add_slot(const Slot& slot) {
  const auto* region = check_.region(slot.region);
  if (region == nullptr) return misfit("The check has no such region.", slot.region);
  const auto box = rect_of(region->box);
  if ((box & cv::Rect({0, 0}, empty_.size())) != box)
    return misfit("The region lies outside of the plane.", slot.region);
  const int around =
      static_cast<int>(kSearched * rule_.position_max_mm * px_per_mm() + kAroundSlot_px);
  SlotView view;
  view.window =
      cv::Rect(box.x - around, box.y - around, box.width + 2 * around, box.height + 2 * around) &
      cv::Rect({0, 0}, empty_.size());
  view.box = box - view.window.tl();
  view.middle = {view.box.x + (box.width - 1) / 2.0, view.box.y + (box.height - 1) / 2.0};
  view.ground = empty_(view.window);
  const auto model = std::ranges::find(models_, slot.part, &PartModel::id);
  if (model != models_.end())
    view.expected = {static_cast<int>(model - models_.begin()), 0};
  else if (!slot.part.empty())
    return misfit("No part is called so.", slot.part);
  slots_.push_back(view);
  boxes_.push_back(box);
  if (view.expected.part < 0) return {};
  const auto placed = place(model->turns[0], {}, view.ground, view.middle);
  placed.base.copyTo(expected_(view.window), placed.mask);
  return {};
}

cv::Mat LayoutRule::others_around(std::size_t at) const {
  const auto& slot = slots_[at];
  cv::Mat others = cv::Mat::zeros(slot.window.size(), CV_8U);
  for (std::size_t i = 0; i < boxes_.size(); ++i)
    if (i != at) cv::rectangle(others, boxes_[i] - slot.window.tl(), cv::Scalar(255), cv::FILLED);
  others(slot.box).setTo(0);
  return others;
}

// A check that can't tell its own parts apart would never pass, or pass what it must not.
Result<void> LayoutRule::tell_apart() const {
  for (const auto& slot : slots_) {
    if (slot.expected.part < 0) continue;
    const auto& own = models_[static_cast<std::size_t>(slot.expected.part)];
    for (const auto& other : models_)
      for (int turn = 0; turn < 4 / other.symmetry; ++turn) {
        if (&own == &other && turn == 0) continue;
        const auto& view = other.turns[static_cast<std::size_t>(turn)];
        const auto& size = own.turns[0].base.size();
        if (view.base.size() != size) continue;
        if (score_between(view, own.turns[0], slot.ground(slot.box)) > 1 - rule_.margin_min)
          return misfit(&own == &other
                            ? "A part can't be told from its own turn; its symmetry must say so."
                            : "Two parts can't be told apart.",
                        other.id);
      }
  }
  return {};
}

Result<void> LayoutRule::prepare() {
  auto empty = reference_picture(check_, rule_.empty_reference);
  if (!empty) return std::unexpected(empty.error());
  empty_ = std::move(*empty);
  const auto& station = *check_.station;
  if (empty_.cols != static_cast<int>(std::lround(station.width_mm * station.px_per_mm)) ||
      empty_.rows != static_cast<int>(std::lround(station.height_mm * station.px_per_mm)))
    return misfit("The empty reference must be as large as the plane.", rule_.empty_reference);
  const auto to_white = factor_to_white(empty_, station, kPaperLevel);
  if (!to_white) return std::unexpected(to_white.error());
  to_white_ = *to_white;
  empty_.convertTo(empty_, -1, to_white_);
  expected_ = empty_.clone();
  for (const auto& part : rule_.parts)
    if (auto added = add_model(part); !added) return added;
  for (const auto& slot : rule_.slots)
    if (auto added = add_slot(slot); !added) return added;
  for (std::size_t i = 0; i < slots_.size(); ++i) slots_[i].others = others_around(i);
  if (auto apart = tell_apart(); !apart) return apart;
  check_.references.clear();
  return {};
}

SeenPlane LayoutRule::prepared(const cv::Mat& bgr) const {
  SeenPlane plane{bgr, {}, lighting_between(bgr, expected_, boxes_), kNearlyWhite / kPaperLevel};
  cv::divide(bgr, plane.gains, plane.even, 1, CV_8U);
  return plane;
}

// Of the assignment of all slots, per slot. Slots of one kind of part may change places.
std::vector<double> LayoutRule::margins(const std::vector<std::vector<Evidence>>& evidence) const {
  const std::size_t count = slots_.size();
  std::vector<std::vector<double>> score(count, std::vector<double>(count));
  for (std::size_t i = 0; i < count; ++i)
    for (const auto& one : evidence[i])
      for (std::size_t j = 0; j < count; ++j)
        if (one.what == slots_[j].expected) score[i][j] = std::max(score[i][j], one.score);
  std::vector<double> margins;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::size_t> own;
    for (std::size_t j = 0; j < count; ++j)
      if (slots_[j].expected == slots_[i].expected) own.push_back(j);
    // With one kind in all slots there is no other order.
    margins.push_back(own.size() == count ? 1 : margin_without(score, i, own));
  }
  return margins;
}

Placing LayoutRule::from_taught(const Evidence& own) const {
  if (own.what.part < 0) return {};
  const auto& taught = models_[static_cast<std::size_t>(own.what.part)].taught;
  return {own.placing.dx - taught.dx, own.placing.dy - taught.dy, own.placing.deg - taught.deg};
}

RegionResult LayoutRule::judge_slot(std::size_t at, const std::vector<Evidence>& evidence,
                                    double margin) const {
  const auto& slot = slots_[at];
  const auto& own = evidence.front();
  RegionResult result;
  result.region = rule_.slots[at].region;
  result.expected = name_of(slot.expected);
  result.score = own.score;
  result.threshold = rule_.score_min;
  const auto settle = [&](Verdict verdict, const char* code, std::string seen) {
    result.verdict = verdict;
    result.code = code;
    result.seen = std::move(seen);
    return result;
  };
  const Evidence* rival = nullptr;
  for (const auto& one : evidence)
    if (!(one.what == own.what) && (rival == nullptr || one.score > rival->score)) rival = &one;
  const double lead = own.score - (rival == nullptr ? 0 : rival->score);
  const Placing off = from_taught(own);
  const double away_mm = std::hypot(off.dx, off.dy) / px_per_mm();
  const bool in_place =
      away_mm <= rule_.position_max_mm && std::abs(off.deg) <= rule_.rotation_max_deg;
  if (own.burnt_share > kBurntShareMax) return settle(Verdict::kUndecided, "too_close_to_call", "");
  if (own.score >= rule_.score_min && lead >= rule_.margin_min) {
    if (own.colour > rule_.colour_max)
      return settle(Verdict::kFail, "wrong_colour", result.expected);
    if (!in_place)
      return settle(Verdict::kFail, "moved",
                    fmt::format("{:.1f} mm, {:.0f} deg", away_mm, off.deg));
    if (margin >= rule_.margin_min) return settle(Verdict::kPass, "ok", result.expected);
    return settle(Verdict::kUndecided, "too_close_to_call", "");
  }
  if (rival != nullptr && rival->score >= rule_.score_min - rule_.margin_min &&
      rival->score - own.firm_score >= rule_.margin_min) {
    if (rival->what.part < 0) return settle(Verdict::kFail, "missing", "");
    if (slot.expected.part < 0) return settle(Verdict::kFail, "extra", name_of(rival->what));
    if (rival->what.part == own.what.part)
      return settle(Verdict::kFail, "turned", std::to_string(90 * rival->what.turn));
    return settle(Verdict::kFail, "swapped", name_of(rival->what));
  }
  const bool alike = slot.expected.part >= 0 && own.structure >= kAlikeStructure;
  if (alike && own.colour > kClearlyOther * rule_.colour_max)
    return settle(Verdict::kFail, "wrong_colour", result.expected);
  const bool clearly = own.firm_score < rule_.score_min - 2 * rule_.margin_min &&
                       own.deviating_px >= kClearDeviation_px;
  if (!clearly) return settle(Verdict::kUndecided, "too_close_to_call", "");
  if (slot.expected.part < 0) return settle(Verdict::kFail, "extra", "");
  return settle(Verdict::kFail, own.beside ? "extra" : "other", "");
}

cv::Mat LayoutRule::deviation_between_slots(
    const SeenPlane& plane, const std::vector<std::vector<Evidence>>& evidence) const {
  cv::Mat tolerant(empty_.size(), CV_8U, cv::Scalar(255));
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    tolerant(boxes_[i]).setTo(0);
    const auto best = std::ranges::max_element(evidence[i], {}, &Evidence::score);
    tolerant(slots_[i].window).setTo(0, best->mask);
  }
  cv::Mat deviation = deviation_of(plane.bgr, {empty_, empty_}, plane.gains, tolerant);
  cv::Mat slots;
  cv::bitwise_not(tolerant, slots);
  cv::dilate(slots, slots, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
  deviation.setTo(0, slots);
  return deviation;
}

// Over slots that are in order there is no hand; through the others it may go on.
bool LayoutRule::is_hand_in_sight(cv::Mat deviation, const std::vector<RegionResult>& slots) const {
  for (std::size_t i = 0; i < slots.size(); ++i)
    if (slots[i].verdict != Verdict::kPass) deviation(boxes_[i]).setTo(kExtraLevel);
  return hand_reaches_in(deviation, kExtraLevel);
}

void LayoutRule::judge(const View& view, const ExpectedValues&, CheckResult& result) {
  const auto plane = prepared(view.bgr);
  const Reach reach{kSearched * rule_.position_max_mm * px_per_mm(),
                    kSearched * rule_.rotation_max_deg};
  std::vector<std::vector<Evidence>> evidence;
  for (const auto& slot : slots_) evidence.push_back(look_into(slot, plane, models_, rule_, reach));
  const auto margin = margins(evidence);
  std::vector<RegionResult> slots;
  for (std::size_t i = 0; i < slots_.size(); ++i)
    slots.push_back(judge_slot(i, evidence[i], margin[i]));
  const cv::Mat deviation = deviation_between_slots(plane, evidence);
  const auto changes = changes_in(deviation, kExtraLevel, kExtraArea_px);
  const bool hand = is_hand_in_sight(deviation.clone(), slots);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    auto& slot = slots[i];
    const Box box{boxes_[i].x, boxes_[i].y, boxes_[i].width, boxes_[i].height};
    slot.corners = corners_in_frame(view, box);
    if (!is_in_frame(view, box) || (hand && slot.verdict != Verdict::kPass)) {
      slot.verdict = Verdict::kUndecided;
      slot.code = "hidden";
      slot.seen.clear();
    }
    result.regions.push_back(std::move(slot));
  }
  const auto add_board = [&](const Change& change, Verdict verdict, const char* code) {
    RegionResult board;
    board.region = "board";
    board.verdict = verdict;
    board.code = code;
    board.score = std::max(0.0, 1 - change.peak / 100);
    board.threshold = rule_.score_min;
    board.corners = corners_in_frame(view, change.box);
    result.regions.push_back(std::move(board));
  };
  for (std::size_t i = 0; i < std::min(changes.size(), kRegionsMax); ++i)
    add_board(changes[i], hand ? Verdict::kUndecided : Verdict::kFail, hand ? "hidden" : "extra");
  if (!changes.empty()) return conclude(result);
  const auto doubts = changes_in(in_doubt(deviation, plane.bgr), kExtraLevel, kExtraArea_px);
  for (std::size_t i = 0; i < std::min(doubts.size(), kRegionsMax); ++i)
    add_board(doubts[i], Verdict::kUndecided, "too_close_to_call");
  conclude(result);
}

}  // namespace

Result<std::unique_ptr<Rule>> make_layout_rule(const Check& check) {
  if (!check.station) return fail(ErrorCode::kMalformed, "A layout needs a station with tags.");
  auto rule = std::make_unique<LayoutRule>(check);
  if (auto prepared = rule->prepare(); !prepared) return std::unexpected(prepared.error());
  return rule;
}

}  // namespace batchwright::vision

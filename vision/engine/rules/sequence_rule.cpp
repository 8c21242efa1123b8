// Watches actions: what each region shows in a frame, handed to the state machine.
#include <optional>

#include "vision/checks/sequence_progress.h"
#include "vision/engine/internal/likeness.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

// Two pictures of a region that are more alike than this can't be told apart in a camera's noise.
constexpr double kLikenessMax = 0.99;

struct WatchedPlace {
  Box box;
  std::vector<Look32> states;
  Look32 last;  // of the frame before; empty when there is none
};

cv::Mat cut(const cv::Mat& plane, const Box& box) {
  const cv::Rect part(box.x, box.y, box.width, box.height);
  return (part & cv::Rect({0, 0}, plane.size())) == part ? plane(part) : cv::Mat();
}

class SequenceRule final : public Rule {
 public:
  SequenceRule(const SequenceCheck& rule, std::vector<WatchedPlace> places, std::vector<Box> boxes)
      : rule_(rule), progress_(rule), places_(std::move(places)), boxes_(std::move(boxes)) {}

  void judge(const View& view, const ExpectedValues&, CheckResult& result) override {
    std::vector<PlaceView> views;
    for (auto& place : places_) views.push_back(look_at(place, cut(view.bgr, place.box)));
    progress_.see(views);
    result.regions = progress_.results();
    for (std::size_t i = 0; i < result.regions.size(); ++i)
      result.regions[i].corners = corners_in_frame(view, boxes_[i]);
    conclude(result);
  }

  void restart() override {
    progress_.restart();
    for (auto& place : places_) place.last = {};
  }

  void nothing_seen() override {
    progress_.nothing_seen();
    for (auto& place : places_) place.last = {};
  }

 private:
  [[nodiscard]] PlaceView look_at(WatchedPlace& place, const cv::Mat& bgr) const {
    PlaceView view;
    auto now = Look32::of(bgr);
    view.moving = !place.last.empty() && 1 - now.likeness(place.last) > rule_.motion_max;
    std::size_t best = 0;
    for (std::size_t i = 0; i < place.states.size(); ++i) {
      const double score = now.likeness(place.states[i]);
      if (i > 0 && score <= view.score) continue;
      best = i;
      view.score = score;
    }
    double margin = 1;
    for (std::size_t i = 0; i < place.states.size(); ++i)
      if (i != best) margin = std::min(margin, now.between(place.states[i], place.states[best]));
    const bool like = view.score >= rule_.score_min;
    view.too_close = like && margin < rule_.margin_min;
    if (like && !view.too_close) view.state = best;
    view.score = std::max(0.0, view.score);
    place.last = std::move(now);
    return view;
  }

  SequenceCheck rule_;
  SequenceProgress progress_;
  std::vector<WatchedPlace> places_;
  std::vector<Box> boxes_;  // of every action
};

Result<WatchedPlace> watched(const Check& check, const SequencePlace& place) {
  const auto* region = check.region(place.region);
  if (region == nullptr)
    return fail(ErrorCode::kMalformed, "The check has no such region.", place.region);
  WatchedPlace watched{region->box, {}, {}};
  for (const auto& id : place.states) {
    const auto picture = reference_picture(check, id);
    if (!picture) return std::unexpected(picture.error());
    if (picture->cols != region->box.width || picture->rows != region->box.height)
      return fail(ErrorCode::kMalformed, "A reference is not as large as its region.", id);
    watched.states.push_back(Look32::of(*picture));
    if (watched.states.back().empty())
      return fail(ErrorCode::kMalformed, "A reference shows nothing but one colour.", id);
    for (std::size_t i = 0; i + 1 < watched.states.size(); ++i)
      if (watched.states[i].likeness(watched.states.back()) > kLikenessMax)
        return fail(ErrorCode::kMalformed, "Two references are too alike to be told apart.", id);
  }
  return watched;
}

}  // namespace

Result<std::unique_ptr<Rule>> make_sequence_rule(const Check& check) {
  const auto* rule = std::get_if<SequenceCheck>(&check.rule);
  if (rule == nullptr) return fail(ErrorCode::kMalformed, "This is no sequence check.");
  std::vector<WatchedPlace> places;
  for (const auto& place : places_of(*rule)) {
    auto made = watched(check, place);
    if (!made) return std::unexpected(made.error());
    places.push_back(std::move(*made));
  }
  std::vector<Box> boxes;
  for (const auto& action : rule->actions) boxes.push_back(check.region(action.region)->box);
  return std::make_unique<SequenceRule>(*rule, std::move(places), std::move(boxes));
}

}  // namespace batchwright::vision

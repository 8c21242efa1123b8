#include <algorithm>

#include "vision/engine/internal/lamp_colour.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

constexpr double kDistanceMax = 35;  // in CIELAB: further from all states is none of them
constexpr double kNoise = 3;         // in CIELAB: differences this small decide nothing
constexpr double kUnevenMax = 0.3;   // of the lens and of the panel around it: finger, reflection

struct State {
  std::string id;
  LampModel model;
};
struct TaughtLamp {
  Lamp lamp;
  Box box;
  std::vector<State> states;
};

class LampsRule final : public Rule {
 public:
  LampsRule(std::vector<TaughtLamp> lamps, double margin_min)
      : lamps_(std::move(lamps)), margin_min_(margin_min) {}

  void judge(const View& view, const ExpectedValues&, CheckResult& result) override {
    for (const auto& lamp : lamps_) judge_lamp(view, lamp, result);
    conclude(result);
    if (result.verdict != Verdict::kPass) result.readings.clear();
  }

 private:
  void judge_lamp(const View& view, const TaughtLamp& lamp, CheckResult& result) const {
    RegionResult region;
    region.region = lamp.lamp.region;
    region.expected = lamp.lamp.expected;
    region.threshold = margin_min_;
    region.corners = corners_in_frame(view, lamp.box);
    region.code = "too_close_to_call";
    const cv::Rect place(lamp.box.x, lamp.box.y, lamp.box.width, lamp.box.height);
    if ((place & cv::Rect({}, view.bgr.size())) == place)
      compare(lamp_colour(view.bgr(place)), lamp, region);
    if (region.code == "ok" && lamp.lamp.expected.empty())
      result.readings.emplace_back(region.region, region.seen);
    result.regions.push_back(std::move(region));
  }

  void compare(const LampColour& seen, const TaughtLamp& lamp, RegionResult& region) const {
    double nearest = 1e9, next = 1e9;
    for (const auto& state : lamp.states) {
      const double far = state.model.distance(seen);
      if (far < nearest) {
        next = nearest;
        nearest = far;
        region.seen = state.id;
      } else {
        next = std::min(next, far);
      }
    }
    region.score = (next - nearest) / (next + nearest + kNoise);
    const bool uneven = std::max(seen.uneven_core, seen.uneven_around) > kUnevenMax;
    if (nearest > kDistanceMax || uneven || region.score < margin_min_) {
      const bool burnt = std::min({seen.core[0], seen.core[1], seen.core[2]}) >= 250;
      if (burnt) region.code = "glare";
      region.score = std::min(region.score, margin_min_ * 0.999);
      return;
    }
    const bool right = lamp.lamp.expected.empty() || lamp.lamp.expected == region.seen;
    region.code = right ? "ok" : "other_state";
    region.verdict = right ? Verdict::kPass : Verdict::kFail;
  }

  std::vector<TaughtLamp> lamps_;
  double margin_min_;
};

Result<LampColour> taught_colour(const Check& check, const LampState& state, const Box& box) {
  const auto picture = reference_picture(check, state.reference);
  if (!picture) return std::unexpected(picture.error());
  if (picture->size() != cv::Size(box.width, box.height))
    return fail(ErrorCode::kMalformed, "A lamp's reference is as large as its region.",
                state.reference);
  return lamp_colour(*picture);
}

Result<TaughtLamp> taught_lamp(const Check& check, const Lamp& lamp) {
  const auto* region = check.region(lamp.region);
  const auto unlit = std::ranges::find(lamp.states, false, &LampState::lit);
  if (region == nullptr || unlit == lamp.states.end())
    return fail(ErrorCode::kMalformed, "A lamp needs a region and a state that is not lit.",
                lamp.region);
  const auto dark = taught_colour(check, *unlit, region->box);
  if (!dark) return std::unexpected(dark.error());
  TaughtLamp taught{lamp, region->box, {}};
  for (const auto& state : lamp.states) {
    const auto colour = taught_colour(check, state, region->box);
    if (!colour) return std::unexpected(colour.error());
    taught.states.push_back({state.id, LampModel(*dark, *colour, state.lit)});
  }
  return taught;
}

}  // namespace

Result<std::unique_ptr<Rule>> make_lamps_rule(const Check& check) {
  const auto& rule = std::get<LampsCheck>(check.rule);
  std::vector<TaughtLamp> lamps;
  for (const auto& lamp : rule.lamps) {
    auto taught = taught_lamp(check, lamp);
    if (!taught) return std::unexpected(taught.error());
    lamps.push_back(std::move(*taught));
  }
  return std::make_unique<LampsRule>(std::move(lamps), rule.margin_min);
}

}  // namespace batchwright::vision

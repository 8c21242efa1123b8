#include "vision/checks/sequence_progress.h"

#include <algorithm>

namespace batchwright::vision {

namespace {

std::size_t index_of(const std::vector<std::string>& states, const std::string& state) {
  return static_cast<std::size_t>(std::ranges::find(states, state) - states.begin());
}

void add_once(std::vector<std::string>& states, const std::string& state) {
  if (std::ranges::find(states, state) == states.end()) states.push_back(state);
}

}  // namespace

std::vector<SequencePlace> places_of(const SequenceCheck& rule) {
  std::vector<SequencePlace> places;
  for (const auto& action : rule.actions) {
    auto at = std::ranges::find(places, action.region, &SequencePlace::region);
    if (at == places.end()) at = places.insert(places.end(), {action.region, {}});
    add_once(at->states, action.before);
    add_once(at->states, action.after);
  }
  return places;
}

SequenceProgress::SequenceProgress(const SequenceCheck& rule)
    : rule_(rule), places_(places_of(rule)) {
  for (const auto& action : rule_.actions) {
    const auto place = static_cast<std::size_t>(
        std::ranges::find(places_, action.region, &SequencePlace::region) - places_.begin());
    const auto& states = places_[place].states;
    steps_.push_back(
        {place, index_of(states, action.before), index_of(states, action.after), false, {}, {}, 0});
  }
  restart();
}

void SequenceProgress::restart() {
  for (auto& step : steps_) step = {step.place, step.before, step.after, false, {}, {}, 0};
  views_.assign(places_.size(), {});
  there_.reset();
  run_.clear();
  run_frames_ = 0;
  final_ = false;
}

void SequenceProgress::see(std::span<const PlaceView> views) {
  if (final_ || views.size() != places_.size()) return;
  views_.assign(views.begin(), views.end());
  States states;
  for (const auto& view : views_) {
    if (!view.state) {
      run_frames_ = 0;
      return;
    }
    states.push_back(*view.state);
  }
  const bool moving = std::ranges::any_of(views_, &PlaceView::moving);
  run_frames_ = run_frames_ > 0 && !moving && states == run_ ? run_frames_ + 1 : 1;
  run_ = states;
  if (run_frames_ >= rule_.stable_frames) settle(states);
}

void SequenceProgress::settle(const States& states) {
  run_frames_ = rule_.stable_frames;  // a long idle time doesn't count up
  if (!there_) {
    if (states == at_start()) there_ = states;
    return;
  }
  std::vector<std::size_t> changed;
  for (std::size_t place = 0; place < states.size(); ++place)
    if (states[place] != (*there_)[place]) changed.push_back(place);
  const auto before = *there_;
  there_ = states;
  if (changed.size() == 1) {
    judge_change(changed[0], before[changed[0]], states[changed[0]]);
  } else if (changed.size() > 1) {
    for (auto& step : steps_)
      if (!step.done && std::erase(changed, step.place) > 0) step.code = "not_seen";
    final_ = true;
  }
}

void SequenceProgress::judge_change(std::size_t place, std::size_t from, std::size_t to) {
  // What this change of the region is: the region's next action, or the taking back of its last.
  Step *next = nullptr, *last = nullptr;
  for (auto& step : steps_) {
    if (step.place != place) continue;
    if (step.done) last = &step;
    if (!step.done && next == nullptr) next = &step;
  }
  if (next != nullptr && next->before == from && next->after == to) {
    if (next != &steps_[due()]) return fail_with(*next, "out_of_order", "");
    next->done = true;
    next->code = "ok";
    next->score = views_[place].score;
    final_ = due() == steps_.size();
    return;
  }
  if (last != nullptr && last->after == from && last->before == to)
    return fail_with(*last, "undone", "");
  // A picture of the region that has no turn now: named by itself.
  fail_with(next != nullptr ? *next : *last, "out_of_order", places_[place].states[to]);
}

void SequenceProgress::fail_with(Step& step, std::string code, std::string seen) {
  step.code = std::move(code);
  const auto at = static_cast<std::size_t>(&step - steps_.data());
  step.seen = seen.empty() ? rule_.actions[at].id : std::move(seen);
  step.score = views_[step.place].score;
  final_ = true;
}

SequenceProgress::States SequenceProgress::at_start() const {
  States states(places_.size());
  for (std::size_t i = steps_.size(); i > 0; --i)
    states[steps_[i - 1].place] = steps_[i - 1].before;
  return states;
}

std::size_t SequenceProgress::due() const {
  return static_cast<std::size_t>(std::ranges::find(steps_, false, &Step::done) - steps_.begin());
}

RegionResult SequenceProgress::result_of(std::size_t at) const {
  const auto& step = steps_[at];
  const auto& view = views_[step.place];
  RegionResult result;
  result.region = rule_.actions[at].id;
  result.threshold = rule_.score_min;
  result.score = step.code.empty() || step.code == "not_seen" ? view.score : step.score;
  result.code = step.code;
  if (step.code == "ok") {
    result.verdict = Verdict::kPass;
  } else if (step.code == "out_of_order" || step.code == "undone") {
    result.verdict = Verdict::kFail;
    result.seen = step.seen;
    if (due() < steps_.size()) result.expected = rule_.actions[due()].id;
  } else if (step.code.empty()) {
    const bool wrong_start = !there_ && view.state && *view.state != at_start()[step.place];
    result.code = view.too_close ? "too_close_to_call"
                  : !view.state  ? "hidden"
                  : wrong_start  ? "not_at_start"
                                 : "pending";
  }
  return result;
}

std::vector<RegionResult> SequenceProgress::results() const {
  std::vector<RegionResult> results;
  for (std::size_t i = 0; i < steps_.size(); ++i) results.push_back(result_of(i));
  return results;
}

}  // namespace batchwright::vision

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/label_content.h"
#include "vision/engine/internal/live_search.h"
#include "vision/engine/internal/picture.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

// Of the plane, cut to what the picture has.
cv::Rect place_of(const Check& check, const LabelCheck& rule, const cv::Mat& picture) {
  const cv::Rect all(0, 0, picture.cols, picture.rows);
  const auto* region = check.region(rule.region);
  if (region == nullptr) return all;
  return cv::Rect(region->box.x, region->box.y, region->box.width, region->box.height) & all;
}

Corners in_frame(const View& view, const Corners& corners, cv::Point offset) {
  Corners moved{};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Box at{corners[i].x + offset.x, corners[i].y + offset.y, 0, 0};
    moved[i] = corners_in_frame(view, at)[0];
  }
  return moved;
}

std::string as_on_label(const std::string& name, std::string value) {
  if (name == "gtin" && value.size() < 14) value.insert(0, 14 - value.size(), '0');
  return value;
}

const std::string* value_in(const ExpectedValues& expected, const std::string& name) {
  const auto at = std::ranges::find(expected, name, &ExpectedValues::value_type::first);
  return at == expected.end() ? nullptr : &at->second;
}

class LabelRule final : public Rule {
 public:
  explicit LabelRule(const Check& check)
      : check_(check), rule_(std::get<LabelCheck>(check.rule)), names_(names_of(rule_)) {}

  void judge(const View& view, const ExpectedValues& expected, CheckResult& result) override {
    const auto place = place_of(check_, rule_, view.bgr);
    LiveResult found;
    if (!place.empty()) {
      cv::Mat grey;
      cv::cvtColor(view.bgr(place), grey, cv::COLOR_BGR2GRAY);
      found = search_live(grey, rule_.symbologies);
    }
    result.quality.module_px = found.module_px;
    const auto content =
        rule_.plain_text ? plain_content(found.symbols) : gs1_content(found.symbols);
    Corners corners = corners_in_frame(view, {place.x, place.y, place.width, place.height});
    if (!found.symbols.empty())
      corners = in_frame(view, found.symbols[content.symbol].corners, place.tl());
    if (content.code != "ok")
      say(result, content.code, content.seen, corners);
    else if (found.module_px.value_or(1e9) < check_.quality.module_px_min)
      say(result, "unreadable", content.seen, corners);
    else
      compare(content, expected, corners, result);
    advise(result);
    conclude(result);
  }

 private:
  static std::vector<std::string> names_of(const LabelCheck& rule) {
    if (rule.plain_text) return {"text"};
    std::vector<std::string> names;
    for (const auto& [name, ai] : kLabelValues) names.emplace_back(name);
    return names;
  }

  // Undecided as a whole.
  static void say(CheckResult& result, const std::string& code, const std::string& seen,
                  const Corners& corners) {
    result.regions = {{"symbol", Verdict::kUndecided, code, seen, "", 0, 1, corners}};
  }

  [[nodiscard]] bool is_required(const std::string& name) const {
    return std::ranges::find(rule_.required, name) != rule_.required.end();
  }

  void compare(const LabelContent& content, const ExpectedValues& expected, const Corners& corners,
               CheckResult& result) const {
    for (const auto& [name, value] : expected)
      if (std::ranges::find(names_, name) == names_.end())
        return say(result, "not_expected", name, corners);
    for (const auto& name : names_) {
      const auto* wanted = value_in(expected, name);
      const auto said = content.values.find(name);
      if (said != content.values.end()) result.readings.emplace_back(name, said->second);
      if (wanted == nullptr && !is_required(name)) continue;
      RegionResult one{name, Verdict::kUndecided, "incomplete", "", "", 0, 1, corners};
      if (wanted != nullptr) one.expected = as_on_label(name, *wanted);
      if (said != content.values.end()) {
        one.seen = said->second;
        const bool equal = wanted == nullptr || one.seen == one.expected;
        one.verdict = equal ? Verdict::kPass : Verdict::kFail;
        one.code = equal ? "ok" : "other_text";
        one.score = equal ? 1 : 0;
      }
      result.regions.push_back(std::move(one));
    }
    if (result.regions.empty()) say(result, "not_expected", "", corners);
  }

  static void advise(CheckResult& result) {
    const auto& code = result.regions.front().code;
    if (code == "unreadable") result.quality.advice = Advice::kCloser;
    if (code == "missing") result.quality.advice = Advice::kShowLabel;
  }

  const Check check_;
  const LabelCheck rule_;
  const std::vector<std::string> names_;
};

}  // namespace

Result<std::unique_ptr<Rule>> make_label_rule(const Check& check) {
  return std::make_unique<LabelRule>(check);
}

}  // namespace batchwright::vision

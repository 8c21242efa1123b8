#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "vision/engine/internal/needle.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

constexpr double kBeyondMax = 0.01;  // of the scale: a needle may rest a little beside its mark

double number_of(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// The reading at an angle; none beyond the marks.
std::optional<std::string> reading_at(double deg, const GaugeCheck& gauge) {
  const double span = gauge.high_deg - gauge.low_deg;
  // Turned so that the middle of what is not the scale is where the angle jumps.
  const double middle = gauge.low_deg + span / 2;
  const double share = 0.5 + std::remainder(deg - middle, 360.0) / span;
  if (share < -kBeyondMax || share > 1 + kBeyondMax) return std::nullopt;
  const double low = number_of(gauge.low), high = number_of(gauge.high);
  auto text = fmt::format("{:.{}f}", low + share * (high - low), gauge.decimals);
  if (text.find_first_of("123456789") == std::string::npos && text[0] == '-') text.erase(0, 1);
  return text;
}

class GaugeRule final : public Rule {
 public:
  GaugeRule(GaugeCheck gauge, const Box& box) : gauge_(std::move(gauge)), box_(box) {}

  void judge(const View& view, const ExpectedValues&, CheckResult& result) override {
    RegionResult region;
    region.region = gauge_.region;
    region.threshold = gauge_.margin_min;
    region.corners = corners_in_frame(view, box_);
    region.code = "no_needle";
    const cv::Rect place(box_.x, box_.y, box_.width, box_.height);
    if ((place & cv::Rect({}, view.bgr.size())) == place) {
      const auto needle = find_needle(view.bgr, gauge_);
      region.code = needle.code;
      region.score = needle.score;
      const auto text = reading_at(needle.deg, gauge_);
      if (needle.code == "ok" && !text) region.code = "off_scale";
      if (region.code == "ok") {
        region.verdict = Verdict::kPass;
        region.seen = *text;
        result.readings.emplace_back(gauge_.name, *text);
      }
    }
    result.regions.push_back(std::move(region));
    conclude(result);
  }

 private:
  GaugeCheck gauge_;
  Box box_;
};

}  // namespace

Result<std::unique_ptr<Rule>> make_gauge_rule(const Check& check) {
  const auto& gauge = std::get<GaugeCheck>(check.rule);
  const auto* region = check.region(gauge.region);
  if (region == nullptr)
    return fail(ErrorCode::kMalformed, "The check has no such region.", gauge.region);
  return std::make_unique<GaugeRule>(gauge, region->box);
}

}  // namespace batchwright::vision

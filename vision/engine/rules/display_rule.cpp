#include "vision/engine/internal/read_row.h"
#include "vision/engine/rules/rule.h"

namespace batchwright::vision {

namespace {

class DisplayRule final : public Rule {
 public:
  explicit DisplayRule(const Check& check) : rule_(std::get<DisplayCheck>(check.rule)) {
    for (const auto& field : rule_.fields) boxes_.push_back(check.region(field.region)->box);
  }

  void judge(const View& view, const ExpectedValues&, CheckResult& result) override {
    for (std::size_t i = 0; i < rule_.fields.size(); ++i)
      judge_field(view, rule_.fields[i], boxes_[i], result);
    conclude(result);
    // A part of what is shown is not what is shown: all fields or none.
    if (result.verdict != Verdict::kPass) result.readings.clear();
  }

 private:
  void judge_field(const View& view, const DisplayField& field, const Box& box,
                   CheckResult& result) const {
    RegionResult region;
    region.region = field.region;
    region.threshold = rule_.margin_min;
    region.corners = corners_in_frame(view, box);
    region.code = "covered";
    const cv::Rect place(box.x, box.y, box.width, box.height);
    if ((place & cv::Rect({}, view.bgr.size())) == place) {
      const auto reading = read_row(view.bgr, place, field, rule_);
      region.code = reading.code;
      region.score = reading.score;
      region.seen = reading.text;
    }
    if (region.code == "ok") {
      region.verdict = Verdict::kPass;
      result.readings.emplace_back(field.name, region.seen);
    }
    result.regions.push_back(std::move(region));
  }

  DisplayCheck rule_;
  std::vector<Box> boxes_;
};

}  // namespace

Result<std::unique_ptr<Rule>> make_display_rule(const Check& check) {
  for (const auto& field : std::get<DisplayCheck>(check.rule).fields)
    if (check.region(field.region) == nullptr)
      return fail(ErrorCode::kMalformed, "The check has no such region.", field.region);
  return std::make_unique<DisplayRule>(check);
}

}  // namespace batchwright::vision

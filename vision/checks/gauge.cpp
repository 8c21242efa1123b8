#include "vision/checks/gauge.h"

#include <algorithm>
#include <array>

#include "base/decimal.h"
#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

constexpr std::array kNeedles{"dark", "light", "red"};  // in the order of NeedleColour

NeedleColour read_needle(const ObjectReader& json) {
  const auto name = json.text("needle");
  for (std::size_t i = 0; i < kNeedles.size(); ++i)
    if (name == kNeedles[i]) return static_cast<NeedleColour>(i);
  json.report("needle", "Known are dark, light and red.");
  return NeedleColour::kDark;
}

void check_place(const ObjectReader& json, const Check& check, const GaugeCheck& rule) {
  expect_region(json, "region", check, rule.region);
  const auto* region = check.region(rule.region);
  if (region == nullptr) return;
  const auto& box = region->box;
  const double reach = rule.radius_px * rule.needle_to;
  if (rule.centre_x - reach < box.x || rule.centre_x + reach > box.x + box.width ||
      rule.centre_y - reach < box.y || rule.centre_y + reach > box.y + box.height)
    json.report("region", "The needle's circle is not all inside the region.");
}

}  // namespace

GaugeCheck read_gauge_rule(const ObjectReader& json, const Check& check) {
  json.only({"name", "region", "centre_x", "centre_y", "radius_px", "needle_from", "needle_to",
             "low_deg", "high_deg", "low", "high", "decimals", "needle", "margin_min"});
  GaugeCheck rule;
  rule.name = json.text("name", 60);
  if (rule.name.empty()) json.report("name", "The reading needs a name.");
  rule.region = json.text("region");
  rule.centre_x = json.number("centre_x", 0, 16'384);
  rule.centre_y = json.number("centre_y", 0, 16'384);
  rule.radius_px = json.number("radius_px", 20, 4000);
  rule.needle_from = json.number_or("needle_from", rule.needle_from, 0.05, 1);
  rule.needle_to = json.number_or("needle_to", rule.needle_to, 0.05, 1.2);
  if (rule.needle_to < rule.needle_from + 0.15)
    json.report("needle_to", "At least 0.15 more than needle_from.");
  rule.low_deg = json.number("low_deg", -360, 360);
  rule.high_deg = json.number("high_deg", -360, 360);
  if (rule.high_deg < rule.low_deg + 10 || rule.high_deg > rule.low_deg + 355)
    json.report("high_deg", "From 10 to 355 degrees clockwise of low_deg.");
  rule.low = json.text("low", 20);
  rule.high = json.text("high", 20);
  const auto low = Decimal::parse(rule.low), high = Decimal::parse(rule.high);
  if (!low) json.report("low", "A decimal belongs here.");
  if (!high) json.report("high", "A decimal belongs here.");
  if (low && high && *low == *high) json.report("high", "The two marks have the same value.");
  rule.decimals = json.whole_or("decimals", 0, 0, 6);
  rule.needle = read_needle(json);
  rule.margin_min = json.number_or("margin_min", rule.margin_min, 0.05, 0.95);
  check_place(json, check, rule);
  return rule;
}

Json to_json(const GaugeCheck& rule) {
  return {{"name", rule.name},
          {"region", rule.region},
          {"centre_x", rule.centre_x},
          {"centre_y", rule.centre_y},
          {"radius_px", rule.radius_px},
          {"needle_from", rule.needle_from},
          {"needle_to", rule.needle_to},
          {"low_deg", rule.low_deg},
          {"high_deg", rule.high_deg},
          {"low", rule.low},
          {"high", rule.high},
          {"decimals", rule.decimals},
          {"needle", kNeedles[static_cast<std::size_t>(rule.needle)]},
          {"margin_min", rule.margin_min}};
}

}  // namespace batchwright::vision

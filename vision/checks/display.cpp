#include "vision/checks/display.h"

#include <cmath>
#include <numbers>
#include <set>

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

constexpr int kDigitsMax = 12;

DigitRow read_row(const ObjectReader& json) {
  json.only({"x", "y", "width", "height", "pitch", "slant_deg", "stroke"});
  DigitRow row;
  row.x = json.number("x", 0, 16'384);
  row.y = json.number("y", 0, 16'384);
  row.width = json.number("width", 4, 2000);
  row.height = json.number("height", 8, 2000);
  row.pitch = json.number("pitch", row.width, 4000);
  row.slant_deg = json.number_or("slant_deg", 0, -20, 20);
  row.stroke = json.number("stroke", 1, 400);
  if (row.stroke * 3 > row.height || row.stroke * 2 > row.width)
    json.report("stroke", "Segments this thick leave no room between them.");
  return row;
}

// All of the row must be inside its region: what is judged is what the overlay shows.
bool inside(const Box& box, const DisplayField& field, int places) {
  const auto& row = field.row;
  const double lean = row.height * std::tan(row.slant_deg * std::numbers::pi / 180);
  const double left = row.x + std::min(0.0, lean);
  const double right = row.x + (places - 1) * row.pitch + row.width + std::max(0.0, lean);
  return left >= box.x && right <= box.x + box.width && row.y >= box.y &&
         row.y + row.height <= box.y + box.height;
}

DisplayField read_field(const ObjectReader& json, const Check& check, DisplayStyle style) {
  json.only({"name", "region", "digits", "decimals", "digits_min", "sign", "row"});
  DisplayField field;
  field.name = json.text("name", 60);
  if (field.name.empty()) json.report("name", "The reading needs a name.");
  field.region = json.text("region");
  expect_region(json, "region", check, field.region);
  field.digits = json.whole("digits", 1, kDigitsMax);
  field.decimals = json.whole_or("decimals", 0, 0, kDigitsMax);
  if (field.decimals >= field.digits)
    json.report("decimals", "A digit must stand before the point.");
  field.digits_min = json.whole_or("digits_min", field.decimals + 1, 1, kDigitsMax);
  if (field.digits_min > field.digits || field.digits_min <= field.decimals)
    json.report("digits_min", "More than the decimals and at most the digits.");
  field.sign = json.flag_or("sign", false);
  field.row = read_row(json.object("row"));
  if (style == DisplayStyle::kDotMatrix && field.row.slant_deg != 0)
    json.report("row", "Characters of dots stand upright.");
  const auto* region = check.region(field.region);
  if (region != nullptr && !inside(region->box, field, places_of(field, style)))
    json.report("row", "The places of the digits are not all inside the region.");
  return field;
}

}  // namespace

int places_of(const DisplayField& field, DisplayStyle style) {
  const bool point = style == DisplayStyle::kDotMatrix && field.decimals > 0;
  return field.digits + (field.sign ? 1 : 0) + (point ? 1 : 0);
}

DisplayCheck read_display_rule(const ObjectReader& json, const Check& check) {
  json.only({"style", "light_on_dark", "margin_min", "contrast_min", "fields"});
  DisplayCheck rule;
  const auto style = json.text("style");
  if (style == "dot_matrix")
    rule.style = DisplayStyle::kDotMatrix;
  else if (style != "seven_segment")
    json.report("style", "Known are seven_segment and dot_matrix.");
  rule.light_on_dark = json.flag_or("light_on_dark", rule.light_on_dark);
  rule.margin_min = json.number_or("margin_min", rule.margin_min, 0.05, 0.45);
  rule.contrast_min = json.number_or("contrast_min", rule.contrast_min, 0.02, 0.9);
  std::set<std::string> names;
  for (const auto& one : json.objects("fields", 1, kDisplayFieldsMax)) {
    rule.fields.push_back(read_field(one, check, rule.style));
    if (!names.insert(rule.fields.back().name).second)
      one.report("name", "Two readings can't have the same name.");
  }
  return rule;
}

Json to_json(const DisplayCheck& rule) {
  Json fields = Json::array();
  for (const auto& field : rule.fields)
    fields.push_back({{"name", field.name},
                      {"region", field.region},
                      {"digits", field.digits},
                      {"decimals", field.decimals},
                      {"digits_min", field.digits_min},
                      {"sign", field.sign},
                      {"row",
                       {{"x", field.row.x},
                        {"y", field.row.y},
                        {"width", field.row.width},
                        {"height", field.row.height},
                        {"pitch", field.row.pitch},
                        {"slant_deg", field.row.slant_deg},
                        {"stroke", field.row.stroke}}}});
  return {{"style", rule.style == DisplayStyle::kDotMatrix ? "dot_matrix" : "seven_segment"},
          {"light_on_dark", rule.light_on_dark},
          {"margin_min", rule.margin_min},
          {"contrast_min", rule.contrast_min},
          {"fields", fields}};
}

}  // namespace batchwright::vision

#include "vision/checks/label.h"

#include <algorithm>
#include <string_view>

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

LabelCheck read_label_rule(const ObjectReader& json, const Check& check) {
  json.only({"symbologies", "required", "plain_text", "region"});
  LabelCheck rule;
  if (json.has("symbologies")) {
    rule.symbologies = {};
    for (const auto& name : json.texts("symbologies", 1, kSymbologies.size())) {
      const auto one = symbology_from_text(name);
      if (one)
        rule.symbologies.add(*one);
      else
        json.report("symbologies", "'" + name + "' is not a known symbology.");
    }
  }
  rule.required = json.texts("required", 0, 4);
  for (const auto& name : rule.required)
    if (std::ranges::none_of(kLabelValues, [&](const LabelValue& one) { return name == one.name; }))
      json.report("required", "Known are gtin, lot, expiry and serial.");
  rule.plain_text = json.flag_or("plain_text", false);
  if (rule.plain_text && !rule.required.empty())
    json.report("required", "A plain text has no parts that could be required.");
  rule.region = json.text_or("region", "");
  if (!rule.region.empty()) expect_region(json, "region", check, rule.region);
  return rule;
}

Json to_json(const LabelCheck& rule) {
  Json symbologies = Json::array();
  for (const auto one : kSymbologies)
    if (rule.symbologies.has(one)) symbologies.push_back(to_string(one));
  return {{"symbologies", symbologies},
          {"required", rule.required},
          {"plain_text", rule.plain_text},
          {"region", rule.region}};
}

}  // namespace batchwright::vision

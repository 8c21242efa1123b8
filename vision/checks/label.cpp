#include "vision/checks/label.h"

#include <algorithm>
#include <array>
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
  constexpr std::array<std::string_view, 4> kNames{"gtin", "lot", "expiry", "serial"};
  for (const auto& name : rule.required)
    if (std::ranges::find(kNames, name) == kNames.end())
      json.report("required", "Known are gtin, lot, expiry and serial.");
  rule.plain_text = json.flag_or("plain_text", false);
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

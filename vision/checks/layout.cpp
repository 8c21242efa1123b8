#include "vision/checks/layout.h"

#include <algorithm>
#include <set>

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

PartKind read_part(const ObjectReader& json, const Check& check) {
  json.only({"id", "taught_in", "references", "symmetry"});
  PartKind part{json.text("id", 60), json.text("taught_in"),
                json.texts("references", json.is_draft() ? 0 : 1, kReferencesPerPartMax),
                json.whole_or("symmetry", 1, 1, 4)};
  if (part.symmetry == 3) json.report("symmetry", "Known are 1, 2 and 4.");
  if (part.id.empty()) json.report("id", "A part needs a name.");
  expect_region(json, "taught_in", check, part.taught_in);
  for (const auto& reference : part.references)
    expect_reference(json, "references", check, reference);
  return part;
}

Slot read_slot(const ObjectReader& json, const Check& check, const std::vector<PartKind>& parts) {
  json.only({"region", "part"});
  Slot slot{json.text("region"), json.text_or("part", "", 60)};
  expect_region(json, "region", check, slot.region);
  if (!slot.part.empty() && std::ranges::find(parts, slot.part, &PartKind::id) == parts.end())
    json.report("part", "No part is called '" + slot.part + "'.");
  return slot;
}

}  // namespace

LayoutCheck read_layout_rule(const ObjectReader& json, const Check& check) {
  json.only({"parts", "slots", "empty_reference", "score_min", "margin_min", "position_max_mm",
             "rotation_max_deg", "colour_max"});
  LayoutCheck rule;
  if (!check.station) json.report("station", "A layout needs a station with tags.");
  std::set<std::string> seen;
  for (const auto& one : json.objects("parts", 1, kPartKindsMax)) {
    rule.parts.push_back(read_part(one, check));
    if (!seen.insert(rule.parts.back().id).second) one.report("id", "This part is there twice.");
  }
  seen.clear();
  for (const auto& one : json.objects("slots", 1, kRegionsMax)) {
    rule.slots.push_back(read_slot(one, check, rule.parts));
    if (!seen.insert(rule.slots.back().region).second)
      one.report("region", "This region is a slot twice.");
  }
  rule.empty_reference = json.text("empty_reference");
  expect_reference(json, "empty_reference", check, rule.empty_reference);
  rule.score_min = json.number_or("score_min", rule.score_min, 0.5, 1);
  rule.margin_min = json.number_or("margin_min", rule.margin_min, 0.01, 0.5);
  rule.position_max_mm = json.number_or("position_max_mm", rule.position_max_mm, 0.1, 50);
  rule.rotation_max_deg = json.number_or("rotation_max_deg", rule.rotation_max_deg, 0.5, 30);
  rule.colour_max = json.number_or("colour_max", rule.colour_max, 1, 100);
  return rule;
}

Json to_json(const LayoutCheck& rule) {
  Json parts = Json::array();
  for (const auto& part : rule.parts)
    parts.push_back({{"id", part.id},
                     {"taught_in", part.taught_in},
                     {"references", part.references},
                     {"symmetry", part.symmetry}});
  Json slots = Json::array();
  for (const auto& slot : rule.slots)
    slots.push_back({{"region", slot.region}, {"part", slot.part}});
  return {{"parts", parts},
          {"slots", slots},
          {"empty_reference", rule.empty_reference},
          {"score_min", rule.score_min},
          {"margin_min", rule.margin_min},
          {"position_max_mm", rule.position_max_mm},
          {"rotation_max_deg", rule.rotation_max_deg},
          {"colour_max", rule.colour_max}};
}

}  // namespace batchwright::vision

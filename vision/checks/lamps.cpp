#include "vision/checks/lamps.h"

#include <algorithm>
#include <set>

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

constexpr std::size_t kStatesMax = 8;

Lamp read_lamp(const ObjectReader& json, const Check& check) {
  json.only({"region", "expected", "states"});
  Lamp lamp;
  lamp.region = json.text("region");
  expect_region(json, "region", check, lamp.region);
  lamp.expected = json.text_or("expected", "");
  std::set<std::string> ids;
  for (const auto& one : json.objects("states", 2, kStatesMax)) {
    one.only({"id", "reference", "lit"});
    lamp.states.push_back({one.text("id", 60), one.text("reference"), one.flag_or("lit", true)});
    const auto& state = lamp.states.back();
    expect_reference(one, "reference", check, state.reference);
    if (state.id.empty() || !ids.insert(state.id).second)
      one.report("id", "Every state of a lamp has an id of its own.");
  }
  if (std::ranges::count(lamp.states, false, &LampState::lit) != 1)
    json.report("states", "Exactly one state of a lamp is not lit.");
  if (!lamp.expected.empty() && !ids.contains(lamp.expected))
    json.report("expected", "The lamp has no such state.");
  return lamp;
}

}  // namespace

LampsCheck read_lamps_rule(const ObjectReader& json, const Check& check) {
  json.only({"margin_min", "lamps"});
  LampsCheck rule;
  rule.margin_min = json.number_or("margin_min", rule.margin_min, 0.05, 0.95);
  std::set<std::string> regions;
  for (const auto& one : json.objects("lamps", 1, kRegionsMax)) {
    rule.lamps.push_back(read_lamp(one, check));
    if (!regions.insert(rule.lamps.back().region).second)
      one.report("region", "Two lamps can't have the same region.");
  }
  return rule;
}

Json to_json(const LampsCheck& rule) {
  Json lamps = Json::array();
  for (const auto& lamp : rule.lamps) {
    Json states = Json::array();
    for (const auto& state : lamp.states)
      states.push_back({{"id", state.id}, {"reference", state.reference}, {"lit", state.lit}});
    lamps.push_back({{"region", lamp.region}, {"expected", lamp.expected}, {"states", states}});
  }
  return {{"margin_min", rule.margin_min}, {"lamps", lamps}};
}

}  // namespace batchwright::vision

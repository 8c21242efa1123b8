#include "vision/checks/sequence.h"

#include <algorithm>
#include <set>

#include "vision/internal/check_reader.h"

namespace batchwright::vision {

namespace {

Action read_action(const ObjectReader& json, const Check& check) {
  json.only({"id", "title", "region", "before", "after"});
  Action action{json.text("id", 60), json.words("title"), json.text("region"), json.text("before"),
                json.text("after")};
  expect_region(json, "region", check, action.region);
  expect_reference(json, "before", check, action.before);
  expect_reference(json, "after", check, action.after);
  if (action.before == action.after)
    json.report("after", "Before and after must be different pictures.");
  return action;
}

}  // namespace

SequenceCheck read_sequence_rule(const ObjectReader& json, const Check& check) {
  json.only({"actions", "score_min", "margin_min", "motion_max", "stable_frames"});
  SequenceCheck rule;
  std::set<std::string> ids;
  std::map<std::string, std::string> shows;  // region -> what it looks like after its last action
  for (const auto& one : json.objects("actions", 1, kActionsMax)) {
    auto action = read_action(one, check);
    if (action.id.empty() || !ids.insert(action.id).second)
      one.report("id", "Every action has an id of its own.");
    const auto last = shows.find(action.region);
    if (last != shows.end() && last->second != action.before)
      one.report("before",
                 "It must be what the last action on this region left: '" + last->second + "'.");
    shows[action.region] = action.after;
    rule.actions.push_back(std::move(action));
  }
  rule.score_min = json.number_or("score_min", rule.score_min, 0.5, 1);
  rule.margin_min = json.number_or("margin_min", rule.margin_min, 0.1, 1);
  rule.motion_max = json.number_or("motion_max", rule.motion_max, 0.001, 0.5);
  rule.stable_frames = json.whole_or("stable_frames", rule.stable_frames, 2, 100);
  return rule;
}

Json to_json(const SequenceCheck& rule) {
  Json actions = Json::array();
  for (const auto& action : rule.actions) {
    Json title = Json::object();
    for (const auto& [language, words] : action.title) title[language] = words;
    actions.push_back({{"id", action.id},
                       {"title", title},
                       {"region", action.region},
                       {"before", action.before},
                       {"after", action.after}});
  }
  return {{"actions", actions},
          {"score_min", rule.score_min},
          {"margin_min", rule.margin_min},
          {"motion_max", rule.motion_max},
          {"stable_frames", rule.stable_frames}};
}

}  // namespace batchwright::vision

#include "workflows/internal/diff_walk.h"

#include <algorithm>
#include <utility>

#include "workflows/internal/diff_rules.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {

namespace {

std::string joined(const std::string& field, const std::string& more) {
  return field.empty() ? more : field + " " + more;
}

const Json* member(const Json& json, const std::string& key) {
  const auto found = json.find(key);
  return found == json.end() ? nullptr : &*found;
}

bool is_empty_container(const Json& json) {
  return (json.is_object() || json.is_array()) && json.empty();
}

// A missing list or object is compared as an empty one, so that its parts are named one by one.
Json empty_like(const Json& json) {
  if (json.is_object()) return Json::object();
  return json.is_array() ? Json::array() : Json(nullptr);
}

DiffPlace inside(const std::string& key, const DiffPlace& at) {
  DiffPlace below = at;
  below.field = joined(at.field, key);
  const bool owned = at.subject == "parameter" || at.subject == "reaction_plan";
  const auto subject = find_subject(key);
  if (!owned && !subject.empty()) below.subject = subject;
  if (!owned && subject.empty() && at.subject != "document" && at.field.empty())
    below.subject = "setting";
  return below;
}

}  // namespace

Json sorted_keys(const Json& json) {
  if (json.is_array()) {
    Json out = Json::array();
    for (const Json& item : json) out.push_back(sorted_keys(item));
    return out;
  }
  if (!json.is_object()) return json;
  std::map<std::string, Json> members;
  for (const auto& [key, value] : json.items()) members.emplace(key, sorted_keys(value));
  Json out = Json::object();
  for (auto& [key, value] : members) out[key] = std::move(value);
  return out;
}

std::vector<MbrChange> DiffWalk::run(const Json& before, const Json& after) {
  DiffPlace root;
  root.place = "(document)";
  if (before.is_object() && after.is_object()) {
    compare_objects(before, after, root);
  } else if (before != after) {
    note(ChangeKind::kChanged, root, before, after);
  }
  follow_moved();
  std::ranges::stable_sort(changes_, [](const MbrChange& a, const MbrChange& b) {
    if (const int order = a.place.compare(b.place); order != 0) return order < 0;
    if (const int order = a.field.compare(b.field); order != 0) return order < 0;
    if (a.kind != b.kind) return a.kind < b.kind;
    return to_text(a.before) + to_text(a.after) < to_text(b.before) + to_text(b.after);
  });
  return std::move(changes_);
}

void DiffWalk::compare(const std::string& key, const Json& before, const Json& after,
                       const DiffPlace& at) {
  if (before == after) return;
  if (before.is_object() && after.is_object()) {
    if (key == "chart")
      compare_charts(before, after, at);
    else
      compare_objects(before, after, at);
  } else if (before.is_array() && after.is_array()) {
    compare_lists(key, before, after, at);
  } else {
    note(before.is_null()  ? ChangeKind::kAdded
         : after.is_null() ? ChangeKind::kRemoved
                           : ChangeKind::kChanged,
         at, before, after);
  }
}

void DiffWalk::compare_objects(const Json& before, const Json& after, const DiffPlace& at) {
  for (const auto& [key, value] : before.items())
    compare_member(key, &value, member(after, key), at);
  for (const auto& [key, value] : after.items())
    if (!before.contains(key)) compare_member(key, nullptr, &value, at);
}

void DiffWalk::compare_member(const std::string& key, const Json* before, const Json* after,
                              const DiffPlace& at) {
  DiffPlace below = inside(key, at);
  if (key == "procedure" && at.path.empty() && at.place == "(document)") {
    below = {.path = {}, .place = element_place({}), .field = {}, .subject = "step"};
  }
  if (before != nullptr && after != nullptr) return compare(key, *before, *after, below);
  const Json& given = before != nullptr ? *before : *after;
  const Json nothing = empty_like(given);
  if (nothing.is_null() || is_empty_container(given)) {
    const auto kind = before == nullptr ? ChangeKind::kAdded : ChangeKind::kRemoved;
    note(kind, below, before == nullptr ? Json() : given, before == nullptr ? given : Json());
    return;
  }
  compare(key, before == nullptr ? nothing : given, before == nullptr ? given : nothing, below);
}

void DiffWalk::one_side(ChangeKind kind, const std::string& key, const Json& item,
                        const DiffPlace& at) {
  if (key == "children") {
    (kind == ChangeKind::kAdded ? added_ : removed_).push_back({&item, at});
    return;
  }
  const bool added = kind == ChangeKind::kAdded;
  note(kind, at, added ? Json() : item, added ? item : Json());
}

void DiffWalk::note(ChangeKind kind, const DiffPlace& at, Json before, Json after) {
  changes_.push_back({kind, at.subject, at.place, at.field, std::move(before), std::move(after)});
}

// An element that left one parent and stands in another, by its id, moved; what changed inside it
// is told too. Each round ends with fewer elements to look at.
void DiffWalk::follow_moved() {
  while (!removed_.empty() && !added_.empty()) {
    auto removed = std::exchange(removed_, {});
    auto added = std::exchange(added_, {});
    std::map<std::string, std::vector<std::size_t>> by_id;
    for (std::size_t i = 0; i < added.size(); ++i)
      by_id[(*added[i].json)["id"].get<std::string>()].push_back(i);
    std::map<std::string, int> gone;
    for (const Lost& lost : removed) ++gone[(*lost.json)["id"].get<std::string>()];
    std::vector<bool> met(added.size(), false);
    bool any = false;
    for (const Lost& lost : removed) {
      const auto id = (*lost.json)["id"].get<std::string>();
      const auto there = by_id.find(id);
      if (there == by_id.end() || there->second.size() != 1 || gone[id] != 1) {
        note(ChangeKind::kRemoved, lost.at, *lost.json, {});
        continue;
      }
      const Lost& found = added[there->second.front()];
      met[there->second.front()] = any = true;
      DiffPlace at = found.at;
      note(ChangeKind::kMoved, at, lost.at.place, found.at.place);
      compare_objects(*lost.json, *found.json, at);
    }
    for (std::size_t i = 0; i < added.size(); ++i)
      if (!met[i]) note(ChangeKind::kAdded, added[i].at, {}, *added[i].json);
    if (!any) break;
  }
  for (const Lost& lost : removed_) note(ChangeKind::kRemoved, lost.at, *lost.json, {});
  for (const Lost& lost : added_) note(ChangeKind::kAdded, lost.at, {}, *lost.json);
}

}  // namespace batchwright::workflows

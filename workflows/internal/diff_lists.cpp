// How two lists of an MBR are compared: by id, by place, as a set, or as a range.
#include <algorithm>
#include <set>

#include "workflows/internal/diff_rules.h"
#include "workflows/internal/diff_walk.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {

namespace {

constexpr std::size_t kPairedMax = 1000;  // longer lists without ids are compared place by place

using ById = std::map<std::string, const Json*>;

std::string id_of(const Json& item) {
  if (!item.is_object()) return {};
  const auto id = item.find("id");
  return id != item.end() && id->is_string() ? id->get<std::string>() : std::string();
}

// False when an item has no id or two have the same.
bool index_by_id(const Json& list, ById& index) {
  return std::ranges::all_of(list, [&](const Json& item) {
    auto id = id_of(item);
    return !id.empty() && index.emplace(std::move(id), &item).second;
  });
}

// The longest common subsequence, as pairs of indices.
template <typename Item>
std::vector<std::pair<std::size_t, std::size_t>> common_items(const std::vector<Item>& a,
                                                              const std::vector<Item>& b) {
  std::vector<std::vector<std::uint16_t>> length(a.size() + 1,
                                                 std::vector<std::uint16_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;)
    for (std::size_t j = b.size(); j-- > 0;)
      length[i][j] = a[i] == b[j] ? static_cast<std::uint16_t>(length[i + 1][j + 1] + 1)
                                  : std::max(length[i + 1][j], length[i][j + 1]);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      pairs.emplace_back(i++, j++);
    } else if (length[i + 1][j] >= length[i][j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  return pairs;
}

DiffPlace numbered(const DiffPlace& at, std::size_t index) {
  DiffPlace below = at;
  below.field = at.field.empty() ? "item" : at.field;
  below.field += " " + std::to_string(index + 1);
  return below;
}

std::vector<std::string> common_ids(const Json& list, const ById& other) {
  std::vector<std::string> ids;
  for (const Json& item : list)
    if (auto id = id_of(item); other.contains(id)) ids.push_back(std::move(id));
  return ids;
}

}  // namespace

DiffPlace place_of_item(const std::string& key, const Json& item, const DiffPlace& at) {
  const std::string id = id_of(item);
  DiffPlace place = at;
  place.field.clear();
  if (key == "children") {
    place.path = path_below(at.path, id);
    place.place = element_place(place.path);
  } else if (key == "entries") {
    place.place = entry_place(at.path, id);
  } else if (key == "nodes") {
    place.place = node_place(at.path, id);
    const auto kind = item.find("kind");
    if (kind != item.end() && *kind == "transition") place.subject = "transition";
  } else if (key == "parameters") {
    place.place = "parameter " + id;
  } else if (key == "reaction_plans") {
    place.place = "plan " + id;
  } else {
    place.field = at.field + " " + id;
  }
  return place;
}

void DiffWalk::compare_lists(const std::string& key, const Json& before, const Json& after,
                             const DiffPlace& at) {
  const ListRule* rule = find_list_rule(key);
  const auto meaning = rule == nullptr ? ListMeaning::kOrdered : rule->meaning;
  if (before == after) return;
  if (meaning == ListMeaning::kRange) return compare_range(before, after, at);
  ById unused;
  ById unused_too;
  if (index_by_id(before, unused) && index_by_id(after, unused_too))
    return compare_by_id(key, before, after, at, meaning == ListMeaning::kOrdered);
  if (meaning == ListMeaning::kUnordered) return compare_sets(before, after, at);
  compare_items(before, after, at);
}

void DiffWalk::compare_range(const Json& before, const Json& after, const DiffPlace& at) {
  static const char* const kSides[] = {"low", "high"};
  const auto side = [](const Json& range, std::size_t index) {
    return index < range.size() ? range[index] : Json();
  };
  const std::size_t count = std::max(before.size(), after.size());
  for (std::size_t i = 0; i < count; ++i) {
    DiffPlace below = at;
    below.field += " " + (i < 2 ? std::string(kSides[i]) : std::to_string(i + 1));
    compare({}, side(before, i), side(after, i), below);
  }
}

void DiffWalk::compare_by_id(const std::string& key, const Json& before, const Json& after,
                             const DiffPlace& at, bool ordered) {
  ById old_items;
  ById new_items;
  index_by_id(before, old_items);
  index_by_id(after, new_items);
  for (const auto& [id, item] : old_items)
    if (!new_items.contains(id))
      one_side(ChangeKind::kRemoved, key, *item, place_of_item(key, *item, at));
  for (const auto& [id, item] : new_items) {
    const auto was = old_items.find(id);
    if (was != old_items.end() && *was->second == *item) continue;
    const auto place = place_of_item(key, *item, at);
    if (was == old_items.end())
      one_side(ChangeKind::kAdded, key, *item, place);
    else
      compare_objects(*was->second, *item, place);
  }
  if (ordered) compare_places(key, before, after, at);
}

// Of the items that both lists have, those that stand in another order.
void DiffWalk::compare_places(const std::string& key, const Json& before, const Json& after,
                              const DiffPlace& at) {
  ById old_items;
  ById new_items;
  index_by_id(before, old_items);
  index_by_id(after, new_items);
  const auto was = common_ids(before, new_items);
  const auto is = common_ids(after, old_items);
  if (was == is) return;
  const auto place_in = [](const std::vector<std::string>& ids, const std::string& id) {
    return static_cast<int>(std::ranges::find(ids, id) - ids.begin()) + 1;
  };
  std::set<std::string> stayed;
  if (was.size() <= kPairedMax)
    for (const auto& [i, j] : common_items(was, is)) stayed.insert(was[i]);
  for (const auto& id : is) {
    if (stayed.contains(id)) continue;
    auto place = place_of_item(key, *new_items.at(id), at);
    place.field += place.field.empty() ? "place" : " place";
    note(ChangeKind::kMoved, place, place_in(was, id), place_in(is, id));
  }
}

// Ordered, without ids: what is equal is matched, and what stands between matches is compared in
// pairs.
void DiffWalk::compare_items(const Json& before, const Json& after, const DiffPlace& at) {
  const std::vector<Json> was(before.begin(), before.end());
  const std::vector<Json> is(after.begin(), after.end());
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  if (was.size() <= kPairedMax && is.size() <= kPairedMax) pairs = common_items(was, is);
  pairs.emplace_back(was.size(), is.size());
  std::size_t i = 0;
  std::size_t j = 0;
  for (const auto& [old_match, new_match] : pairs) {
    for (; i < old_match && j < new_match; ++i, ++j) compare({}, was[i], is[j], numbered(at, j));
    for (; i < old_match; ++i) note(ChangeKind::kRemoved, numbered(at, i), was[i], {});
    for (; j < new_match; ++j) note(ChangeKind::kAdded, numbered(at, j), {}, is[j]);
    i = old_match + 1;
    j = new_match + 1;
  }
}

void DiffWalk::compare_sets(const Json& before, const Json& after, const DiffPlace& at) {
  std::map<std::string, std::pair<int, const Json*>> count;
  for (const Json& item : before) {
    auto& [times, json] = count[to_text(item)];
    --times;
    json = &item;
  }
  for (const Json& item : after) {
    auto& [times, json] = count[to_text(item)];
    ++times;
    json = &item;
  }
  for (const auto& [text, found] : count) {
    if (found.first < 0) note(ChangeKind::kRemoved, at, *found.second, {});
    if (found.first > 0) note(ChangeKind::kAdded, at, {}, *found.second);
  }
}

}  // namespace batchwright::workflows

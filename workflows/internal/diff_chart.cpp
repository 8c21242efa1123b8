// How two procedure function charts are compared: nodes by id, links as a set, the order of the
// transitions that leave one node, and for each element what comes right before it.
#include <algorithm>
#include <set>

#include "workflows/internal/diff_rules.h"
#include "workflows/internal/diff_walk.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {

namespace {

// Beyond it, what comes before an element isn't told in words; its links are, in any case.
constexpr std::size_t kLooksMax = 5'000'000;

const Json& list_of(const Json& chart, const char* key) {
  static const Json kNone = Json::array();
  const auto found = chart.find(key);
  return found != chart.end() && found->is_array() ? *found : kNone;
}

std::string text_of(const Json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_link(const Json& link) {
  return link.is_array() && link.size() == 2 && link[0].is_string() && link[1].is_string();
}

struct Graph {
  std::map<std::string, std::string> element_of, kind_of;       // by node
  std::map<std::string, std::vector<std::string>> before;       // nodes with a link to this one
  std::map<std::string, std::vector<std::string>> transitions;  // leaving this one, in link order
};

Graph graph_of(const Json& chart) {
  Graph graph;
  for (const Json& node : list_of(chart, "nodes")) {
    const auto id = text_of(node, "id");
    graph.kind_of[id] = text_of(node, "kind");
    if (graph.kind_of[id] == "element") graph.element_of[id] = text_of(node, "element");
  }
  for (const Json& link : list_of(chart, "links")) {
    if (!is_link(link)) continue;
    const auto from = link[0].get<std::string>();
    const auto to = link[1].get<std::string>();
    graph.before[to].push_back(from);
    if (graph.kind_of[to] == "transition") graph.transitions[from].push_back(to);
  }
  return graph;
}

// Each node is looked at once; `looks` is what is left for the whole chart.
std::set<std::string> nearest_before(Graph& graph, const std::string& node,
                                     const std::set<std::string>& common, std::size_t& looks) {
  std::set<std::string> nearest;
  std::set<std::string> seen;
  std::vector<std::string> open = graph.before[node];
  while (!open.empty() && looks > 0) {
    --looks;
    const auto at = std::move(open.back());
    open.pop_back();
    if (!seen.insert(at).second) continue;
    const auto element = graph.element_of.find(at);
    if (element != graph.element_of.end() && common.contains(element->second)) {
      nearest.insert(element->second);
      continue;
    }
    const auto further = graph.before.find(at);
    if (further != graph.before.end())
      open.insert(open.end(), further->second.begin(), further->second.end());
  }
  return nearest;
}

std::string words_of(const std::vector<std::string>& nodes) {
  std::string text;
  for (const auto& node : nodes) text += (text.empty() ? "" : ", ") + node;
  return text;
}

std::vector<std::string> both(const std::vector<std::string>& nodes,
                              const std::vector<std::string>& others) {
  std::vector<std::string> kept;
  for (const auto& node : nodes)
    if (std::ranges::find(others, node) != others.end()) kept.push_back(node);
  return kept;
}

}  // namespace

std::map<std::string, std::string> elements_before(const Json& chart,
                                                   const std::set<std::string>& common) {
  Graph graph = graph_of(chart);
  std::size_t looks = kLooksMax;
  std::map<std::string, std::string> words;
  for (const auto& [node, element] : graph.element_of) {
    if (!common.contains(element)) continue;
    const auto nearest = nearest_before(graph, node, common, looks);
    if (looks == 0) return {};
    words[element] = words_of({nearest.begin(), nearest.end()});
  }
  return words;
}

void DiffWalk::compare_charts(const Json& before, const Json& after, const DiffPlace& at) {
  if (before == after) return;
  DiffPlace here = at;
  here.field.clear();
  for (const auto& [key, value] : before.items())
    if (key != "links")
      compare_member(key, &value, after.contains(key) ? &after[key] : nullptr, here);
  for (const auto& [key, value] : after.items())
    if (key != "links" && !before.contains(key)) compare_member(key, nullptr, &value, here);
  here.subject = "link";
  here.field = "link";
  compare_sets(list_of(before, "links"), list_of(after, "links"), here);

  Graph was = graph_of(before);
  Graph is = graph_of(after);
  for (const auto& [node, targets] : is.transitions) {
    const auto old_order = both(was.transitions[node], targets);
    const auto new_order = both(targets, was.transitions[node]);
    if (old_order == new_order) continue;
    DiffPlace place = at;
    place.subject = "transition";
    place.place = node_place(at.path, node);
    place.field = "order of transitions";
    note(ChangeKind::kMoved, place, words_of(old_order), words_of(new_order));
  }
  std::set<std::string> common;
  std::set<std::string> old_elements;
  for (const auto& [node, element] : was.element_of) old_elements.insert(element);
  for (const auto& [node, element] : is.element_of)
    if (old_elements.contains(element)) common.insert(element);
  const auto old_order = elements_before(before, common);
  for (const auto& [element, comes_after] : elements_before(after, common)) {
    const auto found = old_order.find(element);
    if (found == old_order.end() || found->second == comes_after) continue;
    DiffPlace place = at;
    place.subject = "step";
    place.place = element_place(path_below(at.path, element));
    place.field = "comes after";
    note(ChangeKind::kMoved, place, found->second, comes_after);
  }
}

}  // namespace batchwright::workflows

#include "workflows/internal/batchml_chart.h"

#include <algorithm>
#include <set>
#include <utility>

#include "workflows/internal/batchml_step.h"
#include "workflows/internal/fold.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

std::optional<NodeKind> bar_kind(const BatchmlLink& link) {
  const std::string folded = fold(link.type);
  if (folded == "paralleldivergent") return NodeKind::kAndSplit;
  if (folded == "parallelconvergent") return NodeKind::kAndJoin;
  if (folded == "serialdivergent" || folded == "optionaldivergent") return NodeKind::kOrSplit;
  if (folded == "serialconvergent" || folded == "optionalconvergent") return NodeKind::kOrJoin;
  return std::nullopt;
}

// One is an answer and two are a doubt; more of them would only cost time.
void remember(std::vector<std::string>& found, const std::string& id) {
  if (found.size() < 2 && std::ranges::find(found, id) == found.end()) found.push_back(id);
}

}  // namespace

BatchmlChartMaker::BatchmlChartMaker(const BatchmlElement& source, const std::string& path,
                                     Resolution& resolution, SourceLines& lines, Report& report)
    : source_(source), path_(path), resolution_(resolution), lines_(lines), report_(report) {}

BatchmlLogic BatchmlChartMaker::make() {
  add_steps();
  add_transitions();
  add_bars();
  add_links();
  compile_conditions();
  report_unused_elements();
  sort_children();
  return std::move(logic_);
}

std::string BatchmlChartMaker::place(const std::string& node, int line) const {
  return node_place(path_, node) + " (line " + std::to_string(line) + ")";
}

Node* BatchmlChartMaker::add_node(const std::string& source_id, NodeKind kind, int line,
                                  std::string_view what, const BatchmlElement* element) {
  const std::string id = to_element_id(one_line(source_id));
  if (source_id.empty() || by_source_.contains(source_id)) {
    report_.error("id.duplicate", place(id, line),
                  "This " + std::string(what) +
                      " has no id, or one that another part of the same logic already has. Correct "
                      "the recipe.");
    return nullptr;
  }
  if (logic_.chart.nodes.size() >= kNodesMax) {
    report_.error("node.count", place(id, line),
                  "The logic has too many steps, transitions and bars; this one was not read.");
    return nullptr;
  }
  Node node;
  node.id = free_id(id, kElementIdMax, node_ids_);
  node.kind = kind;
  by_source_[source_id] = {node.id, element};
  lines_[node_place(path_, node.id)] = line;
  return &logic_.chart.nodes.emplace_back(std::move(node));
}

void BatchmlChartMaker::add_steps() {
  for (const BatchmlElement& element : source_.elements) elements_.emplace(element.id, &element);
  for (const BatchmlStep& step : source_.steps) add_step(step);
}

void BatchmlChartMaker::add_step(const BatchmlStep& step) {
  const auto found = elements_.find(step.element);
  const BatchmlElement* element = found == elements_.end() ? nullptr : found->second;
  NodeKind kind = NodeKind::kElement;
  if (element != nullptr && element->is_type("Begin")) kind = NodeKind::kBegin;
  if (element != nullptr && element->is_type("End")) kind = NodeKind::kEnd;
  Node* node = add_node(step.id, kind, step.line, "step", element);
  if (node == nullptr) return;
  if (element == nullptr) {
    node->element =
        to_element_id(one_line(step.element));  // the checker says that it doesn't exist
    return;
  }
  ++uses_[element];
  std::string child;
  if (kind == NodeKind::kElement) {
    child = free_id(to_element_id(one_line(element->id)), kElementIdMax, child_ids_);
    node->element = child;
    logic_.children.push_back({element, child, node->id});
    child_of_node_[node->id] = child;
    lines_[path_below(path_, child)] = element->line;
  }
  if (kind == NodeKind::kEnd) return;  // nothing waits for an end
  std::set<std::string> names{fold(step.id), fold(element->id), fold(step.description)};
  if (!element->descriptions.empty()) names.insert(fold(element->descriptions.front()));
  for (const std::string& name : names) {
    if (!name.empty()) remember(names_[name], child);
  }
}

void BatchmlChartMaker::add_transitions() {
  for (const BatchmlTransition& transition : source_.transitions) {
    if (resolution_.removes_transition(transition.id)) {
      by_source_.emplace(transition.id, SourceNode{});
      continue;
    }
    Node* node = add_node(transition.id, NodeKind::kTransition, transition.line, "transition");
    if (node != nullptr) {
      node->condition_source =
          presentable(transition.condition, place(node->id, transition.line), report_);
    }
  }
}

void BatchmlChartMaker::add_bars() {
  for (const BatchmlLink& link : source_.links) {
    if (!link.is_bar() || resolution_.removes_link(link.id)) continue;
    const auto kind = bar_kind(link);
    if (!kind) {
      report_.error("link.type", place(link.id, link.line),
                    "A branch of type \"" + link.type + "\" is not known. Correct the recipe.");
      continue;
    }
    add_node(link.id, *kind, link.line, "branch bar");
  }
}

void BatchmlChartMaker::add_links() {
  std::vector<const BatchmlLink*> ordered;
  ordered.reserve(source_.links.size());
  for (const BatchmlLink& link : source_.links) ordered.push_back(&link);
  std::ranges::stable_sort(ordered, {}, [](const BatchmlLink* link) { return link->order; });
  for (const BatchmlLink* link : ordered) {
    if (!resolution_.removes_link(link->id)) add_link(*link);
  }
}

void BatchmlChartMaker::add_link(const BatchmlLink& link) {
  constexpr std::size_t kEndsMax = 1'000;
  if (link.is_bar()) {  // a bar may name its neighbours itself
    if (!by_source_.contains(link.id)) return;
    for (const std::string& from : link.from) connect(link, from, link.id);
    for (const std::string& to : link.to) connect(link, link.id, to);
    return;
  }
  const std::string where = place(to_element_id(one_line(link.id)), link.line);
  if (!link.is_control()) {
    const bool moves_material = fold(link.type) == "transferlink";
    report_.add(
        {moves_material ? Severity::kInfo : Severity::kError, "link.type", where,
         moves_material
             ? "A transfer link says where material goes, not what comes next; it was left out."
             : "A link of type \"" + presentable(one_line(link.type), where, report_) +
                   "\" can't be executed. Remove it in the resolution file, with a reason."});
    return;
  }
  if (link.from.empty() || link.to.empty() || link.from.size() > kEndsMax ||
      link.to.size() > kEndsMax) {
    report_.error(
        "link.dangling", where,
        "This link lacks an end. Correct the recipe or remove the link in the resolution file.");
    return;
  }
  for (const std::string& from : link.from) {
    for (const std::string& to : link.to) connect(link, from, to);
  }
}

void BatchmlChartMaker::connect(const BatchmlLink& link, const std::string& from,
                                const std::string& to) {
  const auto tail = by_source_.find(from);
  const auto head = by_source_.find(to);
  if (tail == by_source_.end() || head == by_source_.end()) {
    const std::string missing = one_line(tail == by_source_.end() ? from : to);
    report_.error("link.dangling", place(to_element_id(one_line(link.id)), link.line),
                  "This link names \"" + missing +
                      "\", which is no step, transition or bar of the same logic. Correct the "
                      "recipe or remove the link in the resolution file.");
    return;
  }
  if (tail->second.id.empty() || head->second.id.empty()) return;  // went with a removed transition
  if (logic_.chart.links.size() >= kLinksMax) {
    if (!std::exchange(too_many_links_, true)) {
      report_.error("link.count", place(to_element_id(one_line(link.id)), link.line),
                    "The logic has too many links; the rest was not read.");
    }
    return;
  }
  logic_.chart.links.push_back({tail->second.id, head->second.id});
  remember(before_[head->second.id], tail->second.id);
}

void BatchmlChartMaker::report_unused_elements() {
  for (const BatchmlElement& element : source_.elements) {
    if (uses_.contains(&element) || element.is_type("Begin") || element.is_type("End")) continue;
    report_.error("element.unused",
                  path_below(path_, to_element_id(one_line(element.id))) + " (line " +
                      std::to_string(element.line) + ")",
                  "No step of the logic performs this element. Correct the recipe.");
  }
}

// Children are numbered for people in the order in which the work reaches them; what can't be
// reached comes last.
void BatchmlChartMaker::sort_children() {
  std::map<std::string_view, std::vector<std::string_view>> next;
  for (const Link& link : logic_.chart.links) next[link.from].push_back(link.to);
  std::map<std::string_view, std::size_t> reached;
  std::vector<std::string_view> order;
  const auto reach = [&](std::string_view node) {
    if (reached.emplace(node, order.size()).second) order.push_back(node);
  };
  for (const Node& node : logic_.chart.nodes) {
    if (node.kind == NodeKind::kBegin) reach(node.id);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {  // grows while it is walked
    for (const std::string_view to : next[order[i]]) reach(to);
  }
  std::ranges::stable_sort(logic_.children, {}, [&](const BatchmlChild& child) {
    const auto found = reached.find(child.node);
    return found == reached.end() ? order.size() : found->second;
  });
}

}  // namespace batchwright::workflows

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "workflows/internal/chart_rules.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"
#include "workflows/internal/names.h"
#include "workflows/internal/stepless_loops.h"

namespace batchwright::workflows {

namespace {

// Enough of a title to recognize it in a finding.
std::string shortened(std::string_view title) {
  constexpr std::size_t kBytesMax = 80;
  if (title.size() <= kBytesMax) return std::string(title);
  std::size_t end = kBytesMax;
  while (end > 0 && (static_cast<unsigned char>(title[end]) & 0xc0) == 0x80)
    --end;  // whole characters
  return std::string(title.substr(0, end)) + "...";
}

// Nodes and links by themselves; fills the graph that the rules about ways work on.
class ChartShape {
 public:
  ChartShape(const CheckContext& context, const Element& element, std::string_view path)
      : report_(context.report), element_(element), path_(path) {}

  ChartGraph check() {
    check_nodes();
    check_elements();
    check_links();
    check_terminals();
    return std::move(graph_);
  }

 private:
  [[nodiscard]] std::string place(std::string_view node) const { return node_place(path_, node); }

  [[nodiscard]] std::string label(const Node& node) const {
    if (node.kind == NodeKind::kElement) {
      const auto title = titles_.find(node.element);
      if (title != titles_.end()) return "\"" + shortened(title->second) + "\"";
    }
    std::string kind(name_of(kNodeKindNames, node.kind));
    std::ranges::replace(kind, '_', ' ');
    return kind + " " + node.id;
  }

  void check_nodes() {
    for (const Element& child : element_.children) {
      const auto english = child.title.find("en");
      titles_.emplace(child.id, english == child.title.end() ? child.id : english->second);
    }
    for (const Node& node : element_.chart.nodes) {
      const bool of_child = node.kind == NodeKind::kElement && node.id == node.element;
      if (!is_element_id(node.id) && !of_child) {  // a child's id is judged with the child
        report_.error(
            "id.invalid", place(node.id),
            "\"" + node.id + "\" is not an id. Spaces and / # { } \" < > can't be part of it.");
      }
      if (!by_id_.emplace(node.id, graph_.size()).second) {
        report_.error("node.duplicate", place(node.id),
                      "Two nodes of this chart have this id. Rename one.");
        continue;
      }
      if (node.kind == NodeKind::kBegin) graph_.begins.push_back(graph_.size());
      if (node.kind == NodeKind::kEnd) graph_.ends.push_back(graph_.size());
      graph_.nodes.push_back(&node);
      graph_.labels.push_back(label(node));
    }
    graph_.out.resize(graph_.nodes.size());
    graph_.in.resize(graph_.nodes.size());
  }

  void check_elements() {
    std::unordered_map<std::string_view, bool> placed;
    for (const Element& child : element_.children) placed.emplace(child.id, false);
    for (const Node* node : graph_.nodes) {
      if (node->kind != NodeKind::kElement) continue;
      const auto child = placed.find(node->element);
      if (child == placed.end()) {
        report_.error("node.element.unknown", place(node->id),
                      "This node shows an element \"" + node->element + "\" that doesn't exist.");
      } else if (std::exchange(child->second, true)) {
        report_.error("node.element.twice", place(node->id),
                      "The element \"" + node->element +
                          "\" already has a node. To repeat it, link back to that one.");
      }
    }
    for (const Element& child : element_.children) {
      if (!placed[child.id]) {
        report_.error("element.without_node", path_below(path_, child.id),
                      "The chart has no node for this element, so it would never be performed.");
      }
    }
  }

  void check_links() {
    std::unordered_set<std::string> seen;
    for (const Link& link : element_.chart.links) {
      const auto from = by_id_.find(link.from);
      const auto to = by_id_.find(link.to);
      if (from == by_id_.end() || to == by_id_.end()) {
        const bool from_known = from != by_id_.end();
        report_.error("link.unknown_node", place(from_known ? link.from : link.to),
                      "A link names the node \"" + (from_known ? link.to : link.from) +
                          "\", which doesn't exist.");
        continue;
      }
      if (!seen.insert(link.from + '\n' + link.to).second) {
        report_.error("link.duplicate", place(link.from),
                      "Two links lead from here to " + link.to + ". Remove one.");
        continue;
      }
      check_link_ends(from->second, to->second);
      graph_.out[static_cast<std::size_t>(from->second)].push_back(to->second);
      graph_.in[static_cast<std::size_t>(to->second)].push_back(from->second);
    }
  }

  void check_link_ends(int from, int to) {
    if (graph_.kind(from) == NodeKind::kEnd) {
      report_.error("link.from_end", place(graph_.id(from)),
                    "A link leaves this end, to " + graph_.label(to) +
                        ". Nothing comes after an end; remove the link.");
    }
    if (graph_.kind(to) == NodeKind::kBegin) {
      report_.error("link.to_begin", place(graph_.id(to)),
                    "A link from " + graph_.label(from) +
                        " leads to the begin. Loop back to the node after it instead.");
    }
  }

  void check_terminals() {
    const std::string here = element_place(path_);
    if (graph_.begins.empty()) {
      report_.error("chart.begin.missing", here, "The chart has no begin. Add one.");
    } else if (graph_.begins.size() > 1) {
      report_.error("chart.begin.several", here,
                    "The chart has several begins: " + graph_.id(graph_.begins[0]) + ", " +
                        graph_.id(graph_.begins[1]) + ". Keep one.");
    }
    if (graph_.ends.empty())
      report_.error("chart.end.missing", here, "The chart has no end. Add one.");
  }

  Report& report_;
  const Element& element_;
  std::string_view path_;
  ChartGraph graph_;
  std::unordered_map<std::string_view, int> by_id_;
  std::unordered_map<std::string_view, std::string_view> titles_;  // of the children, by id
};

// "from "Mix" to and join j1": where in the chart a transition stands, for people who don't know
// its id.
std::string between(const ChartGraph& graph, int transition) {
  std::string text;
  if (!graph.into(transition).empty())
    text += " from " + graph.label(graph.into(transition).front());
  if (!graph.from(transition).empty()) text += " to " + graph.label(graph.from(transition).front());
  return text;
}

void check_conditions(const CheckContext& context, const ChartGraph& graph, std::string_view path) {
  for (int i = 0; i < graph.size(); ++i) {
    if (graph.kind(i) != NodeKind::kTransition) continue;
    const Node& node = *graph.nodes[static_cast<std::size_t>(i)];
    const std::string place = node_place(path, node.id);
    if (!node.chosen_by.empty()) {
      if (!node.condition) continue;
      context.report.error("transition.condition.chosen", place,
                           "A person of the role " + node.chosen_by +
                               " chooses this way, and it has a condition. Keep one of the two.");
    } else if (node.condition) {
      check_expression(context, *node.condition, ExpressionUse::kCondition, place);
    } else if (node.condition_source.empty()) {
      context.report.error("transition.condition.empty", place,
                           "The transition" + between(graph, i) +
                               " has no condition. Write one; \"true\" goes on at once.");
    } else {
      context.report.error(
          "transition.condition.open", place,
          "The condition \"" + node.condition_source + "\" is not an expression yet. Write one.");
    }
  }
}

}  // namespace

void check_chart(const CheckContext& context, const Element& element, std::string_view path) {
  if (element.children.empty() && element.chart.nodes.empty()) return;  // reported as empty
  const ChartGraph graph = ChartShape(context, element, path).check();
  check_conditions(context, graph, path);
  check_exits(graph, path, context.report);
  check_ways(graph, path, context.report);
  check_stepless_loops(graph, element, path, context.report);
}

}  // namespace batchwright::workflows

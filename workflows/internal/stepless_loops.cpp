#include "workflows/internal/stepless_loops.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_limits.h"

namespace batchwright::workflows {

namespace {

std::size_t at(int node) {
  return static_cast<std::size_t>(node);
}

bool may_pass(const Element& group, int depth);

// The elements of a chart in which there is always something to do. What the checker doesn't look
// into counts as one.
NodeSet working(const ChartGraph& graph, const Element& group, int depth) {
  std::unordered_map<std::string_view, const Element*> children;
  for (const Element& child : group.children) children.emplace(child.id, &child);
  NodeSet found(graph.nodes.size(), false);
  for (int node = 0; node < graph.size(); ++node) {
    if (graph.kind(node) != NodeKind::kElement) continue;
    const auto child = children.find(graph.nodes[at(node)]->element);
    found[at(node)] = child == children.end() || !may_pass(*child->second, depth + 1);
  }
  return found;
}

// Where a token gets without a step being done. An AND join needs all its inputs.
NodeSet reached_without_work(const ChartGraph& graph, const NodeSet& works) {
  NodeSet reached(graph.nodes.size(), false);
  std::vector<int> open = graph.begins;
  while (!open.empty()) {
    const int node = open.back();
    open.pop_back();
    if (reached[at(node)] || works[at(node)]) continue;
    const auto& into = graph.into(node);
    const bool waits = graph.kind(node) == NodeKind::kAndJoin &&
                       !std::ranges::all_of(into, [&](int from) { return reached[at(from)]; });
    if (waits) continue;  // its last input opens it again
    reached[at(node)] = true;
    open.insert(open.end(), graph.from(node).begin(), graph.from(node).end());
  }
  return reached;
}

// The chart alone, as far as its links are right; what is wrong is reported elsewhere.
ChartGraph graph_of(const Chart& chart) {
  ChartGraph graph;
  std::unordered_map<std::string_view, int> by_id;
  for (const Node& node : chart.nodes) {
    if (!by_id.emplace(node.id, graph.size()).second) continue;
    if (node.kind == NodeKind::kBegin) graph.begins.push_back(graph.size());
    if (node.kind == NodeKind::kEnd) graph.ends.push_back(graph.size());
    graph.nodes.push_back(&node);
  }
  graph.out.resize(graph.nodes.size());
  graph.in.resize(graph.nodes.size());
  for (const Link& link : chart.links) {
    const auto from = by_id.find(link.from);
    const auto to = by_id.find(link.to);
    if (from == by_id.end() || to == by_id.end()) continue;
    graph.out[at(from->second)].push_back(to->second);
    graph.in[at(to->second)].push_back(from->second);
  }
  return graph;
}

bool may_pass(const Element& group, int depth) {
  if (group.step || depth > kElementDepthMax) return false;
  const ChartGraph graph = graph_of(group.chart);
  const NodeSet reached = reached_without_work(graph, working(graph, group, depth));
  return std::ranges::any_of(graph.ends, [&](int end) { return reached[at(end)]; });
}

// Only the ways on which no work is done. No token ever leaves an end: a link out of it is reported
// as such.
ChartGraph without(const ChartGraph& graph, const NodeSet& works) {
  ChartGraph idle = graph;
  const auto stops = [&](int node) {
    return works[at(node)] || graph.kind(node) == NodeKind::kEnd;
  };
  for (int node = 0; node < graph.size(); ++node) {
    if (stops(node)) idle.out[at(node)].clear();
    std::erase_if(idle.in[at(node)], stops);
  }
  return idle;
}

// A join that also waits for somebody outside the loop stops it. Answers whether there was one.
bool stop_at_joins(const ChartGraph& graph, const std::vector<int>& loop, NodeSet& works) {
  bool stopped = false;
  for (const int node : loop) {
    if (graph.kind(node) != NodeKind::kAndJoin || works[at(node)]) continue;
    const bool alone = std::ranges::all_of(
        graph.into(node), [&](int from) { return std::ranges::binary_search(loop, from); });
    if (alone) continue;
    works[at(node)] = true;
    stopped = true;
  }
  return stopped;
}

std::vector<std::vector<int>> idle_loops(const ChartGraph& graph, NodeSet works) {
  constexpr int kPassesMax = 8;  // over joins inside loops of joins
  for (int pass = 0;; ++pass) {
    auto found = loops(without(graph, works));
    bool stopped = false;
    for (const std::vector<int>& loop : found) stopped |= stop_at_joins(graph, loop, works);
    if (!stopped || pass == kPassesMax) return found;
  }
}

}  // namespace

void check_stepless_loops(const ChartGraph& graph, const Element& group, std::string_view path,
                          Report& report) {
  const NodeSet from_begin = reachable(graph.out, graph.begins, {});
  for (const std::vector<int>& loop : idle_loops(graph, working(graph, group, 0))) {
    const int first = loop.front();
    if (!from_begin[at(first)]) continue;
    report.error("loop.without_step", node_place(path, graph.id(first)),
                 "The loop at " + graph.label(first) +
                     " can be gone round without a step in it, and would never stand still. Put a "
                     "step into it.");
  }
}

}  // namespace batchwright::workflows

#include "workflows/internal/chart_rules.h"

#include <algorithm>
#include <optional>

#include "workflows/internal/identifier.h"
#include "workflows/internal/token_flow.h"

namespace batchwright::workflows {

namespace {

std::size_t at(int node) {
  return static_cast<std::size_t>(node);
}

// The value of a condition that names nothing, such as "true" or "not (true)".
std::optional<bool> constant(const Node& node) {
  if (!node.condition || !node.condition->references().empty() ||
      !node.condition->steps().empty()) {
    return std::nullopt;
  }
  const auto value = node.condition->evaluate({});
  const bool* truth = value ? std::get_if<bool>(&*value) : nullptr;
  return truth == nullptr ? std::nullopt : std::optional(*truth);
}

bool takes_all_links(NodeKind kind) {
  return kind == NodeKind::kAndSplit || kind == NodeKind::kBegin || kind == NodeKind::kEnd;
}

std::string names(const ChartGraph& graph, const std::vector<int>& nodes) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(nodes.size(), kShown); ++i) {
    text += (i == 0 ? "" : ", ") + graph.label(nodes[i]);
  }
  return nodes.size() > kShown ? text + ", ..." : text;
}

void check_reach(const ChartGraph& graph, std::string_view path, const NodeSet& from_begin,
                 Report& report) {
  // When no end can be reached, a loop or a dead end is the reason and is reported as such.
  const bool no_end =
      std::ranges::none_of(graph.ends, [&](int end) { return from_begin[at(end)]; });
  for (int node = 0; node < graph.size(); ++node) {
    if (no_end && graph.kind(node) == NodeKind::kEnd) continue;
    if (!from_begin[at(node)]) {
      report.error(
          "node.unreachable", node_place(path, graph.id(node)),
          "No way leads from the begin to " + graph.label(node) + ". Link it or remove it.");
    } else if (graph.from(node).empty() && graph.kind(node) != NodeKind::kEnd) {
      report.error("node.dead_end", node_place(path, graph.id(node)),
                   "Nothing follows " + graph.label(node) +
                       ", and it is not an end. Link it to what comes next.");
    }
  }
}

// A loop that no end can be reached from is reported once, not for each of its nodes.
void check_loops(const ChartGraph& graph, std::string_view path, const NodeSet& from_begin,
                 Report& report) {
  const NodeSet to_end = reachable(graph.in, graph.ends, never_firing(graph));
  for (const std::vector<int>& loop : loops(graph)) {
    const int first = loop.front();
    if (!from_begin[at(first)]) continue;
    if (std::ranges::any_of(loop, [&](int node) { return to_end[at(node)]; })) continue;
    report.error("loop.no_exit", node_place(path, graph.id(first)),
                 "This loop can never be left: " + names(graph, loop) +
                     ". Add a transition that leads out.");
  }
}

void report_flow(const ChartGraph& graph, std::string_view path, const FlowFinding& finding,
                 Report& report) {
  const std::string place = node_place(path, graph.id(finding.node));
  switch (finding.defect) {
    case FlowDefect::kJoinNeverFires:
      report.error("join.never_fires", place,
                   finding.input >= 0 ? "This join can never fire: nothing can arrive from " +
                                            graph.label(finding.input) + " while it waits."
                                      : "This join can never fire: its inputs don't come from "
                                        "different branches of one AND split.");
      return;
    case FlowDefect::kUnequalMerge:
      report.error("branch.leak", place,
                   "A way from inside a parallel branch (by " + graph.label(finding.input) +
                       ") meets a way from outside of it. Join the branches first.");
      return;
    case FlowDefect::kEndWhileRunning:
      report.error("branch.unjoined", place,
                   "This end is reached while another parallel branch may still be running. Join "
                   "the branches first.");
      return;
    case FlowDefect::kTooComplex:
      report.error("chart.too_complex", place,
                   "The branches of this chart are too entangled to check. Split it into elements "
                   "of their own.");
      return;
  }
}

}  // namespace

NodeSet never_firing(const ChartGraph& graph) {
  NodeSet never(graph.nodes.size(), false);
  for (int node = 0; node < graph.size(); ++node) {
    if (graph.kind(node) == NodeKind::kTransition && constant(*graph.nodes[at(node)]) == false) {
      never[at(node)] = true;
    }
    if (takes_all_links(graph.kind(node))) continue;
    bool decided = false;
    for (const int to : graph.from(node)) {
      if (graph.kind(to) != NodeKind::kTransition || graph.into(to).size() > 1) continue;
      if (decided) never[at(to)] = true;
      decided = decided || constant(*graph.nodes[at(to)]) == true;
    }
  }
  return never;
}

void check_exits(const ChartGraph& graph, std::string_view path, Report& report) {
  const NodeSet never = never_firing(graph);
  for (int node = 0; node < graph.size(); ++node) {
    const std::string& id = graph.id(node);
    if (never[at(node)]) {
      report.error("transition.never", node_place(path, id),
                   "This transition can never fire: it is never true, or one before it always is. "
                   "Correct the conditions or their order.");
    }
    const NodeKind kind = graph.kind(node);
    if (takes_all_links(kind) || graph.from(node).size() < 2) continue;
    const bool only_transitions = std::ranges::all_of(
        graph.from(node), [&](int to) { return graph.kind(to) == NodeKind::kTransition; });
    if (kind == NodeKind::kTransition || !only_transitions) {
      report.error(
          "node.exit.ambiguous", node_place(path, id),
          "Several links leave " + graph.label(node) + " (to " + names(graph, graph.from(node)) +
              ") without a condition on each. Use transitions, or an AND split for all of them.");
    }
  }
}

void check_ways(const ChartGraph& graph, std::string_view path, Report& report) {
  if (graph.begins.size() != 1) return;  // reported; every way would be in doubt
  const NodeSet from_begin = reachable(graph.out, graph.begins, {});
  check_reach(graph, path, from_begin, report);
  if (!graph.ends.empty()) check_loops(graph, path, from_begin, report);
  for (const FlowFinding& finding : check_token_flow(graph)) {
    report_flow(graph, path, finding, report);
  }
}

}  // namespace batchwright::workflows

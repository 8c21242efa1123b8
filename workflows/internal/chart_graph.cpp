#include "workflows/internal/chart_graph.h"

#include <algorithm>

namespace batchwright::workflows {

namespace {

std::size_t at(int node) {
  return static_cast<std::size_t>(node);
}

// Tarjan's algorithm with a stack of its own: charts may be deeper than the program's stack.
class LoopFinder {
 public:
  explicit LoopFinder(const ChartGraph& graph)
      : graph_(graph),
        order_(graph.nodes.size(), -1),
        low_(graph.nodes.size(), 0),
        on_stack_(graph.nodes.size(), false) {}

  std::vector<std::vector<int>> find() {
    for (int node = 0; node < graph_.size(); ++node) {
      if (order_[at(node)] < 0) visit(node);
    }
    std::ranges::sort(loops_);
    return std::move(loops_);
  }

 private:
  struct Frame {
    int node;
    std::size_t next_link;
  };

  void visit(int root) {
    std::vector<Frame> open;
    enter(root, open);
    while (!open.empty()) {
      Frame& frame = open.back();
      const auto& links = graph_.from(frame.node);
      if (frame.next_link == links.size()) {
        leave(open);
        continue;
      }
      const int to = links[frame.next_link++];
      if (order_[at(to)] < 0) {
        enter(to, open);
      } else if (on_stack_[at(to)]) {
        low_[at(frame.node)] = std::min(low_[at(frame.node)], order_[at(to)]);
      }
    }
  }

  void enter(int node, std::vector<Frame>& open) {
    order_[at(node)] = low_[at(node)] = visited_++;
    stack_.push_back(node);
    on_stack_[at(node)] = true;
    open.push_back({node, 0});
  }

  void leave(std::vector<Frame>& open) {
    const int node = open.back().node;
    open.pop_back();
    if (!open.empty()) {
      const int parent = open.back().node;
      low_[at(parent)] = std::min(low_[at(parent)], low_[at(node)]);
    }
    if (low_[at(node)] != order_[at(node)]) return;
    std::vector<int> component;
    while (component.empty() || component.back() != node) {
      component.push_back(stack_.back());
      on_stack_[at(stack_.back())] = false;
      stack_.pop_back();
    }
    const auto& links = graph_.from(node);
    const bool links_itself = std::ranges::find(links, node) != links.end();
    if (component.size() == 1 && !links_itself) return;
    std::ranges::sort(component);
    loops_.push_back(std::move(component));
  }

  const ChartGraph& graph_;
  std::vector<int> order_, low_;
  std::vector<bool> on_stack_;
  std::vector<int> stack_;
  std::vector<std::vector<int>> loops_;
  int visited_ = 0;
};

}  // namespace

NodeSet reachable(const std::vector<std::vector<int>>& links, const std::vector<int>& starts,
                  const NodeSet& blocked) {
  NodeSet seen(links.size(), false);
  std::vector<int> open;
  const auto visit = [&](int node) {
    if (seen[at(node)]) return;
    seen[at(node)] = true;
    if (blocked.empty() || !blocked[at(node)]) open.push_back(node);
  };
  for (const int start : starts) visit(start);
  while (!open.empty()) {
    const int node = open.back();
    open.pop_back();
    for (const int next : links[at(node)]) visit(next);
  }
  return seen;
}

std::vector<std::vector<int>> loops(const ChartGraph& graph) {
  return LoopFinder(graph).find();
}

}  // namespace batchwright::workflows

// A chart as numbers: nodes by position, links as lists. What the graph rules of the checker work
// on.
#pragma once

#include <vector>

#include "workflows/mbr.h"

namespace batchwright::workflows {

struct ChartGraph {
  std::vector<const Node*> nodes;
  std::vector<std::string>
      labels;  // what findings call a node: the element's title, or kind and id
  std::vector<std::vector<int>> out,
      in;  // by node, in link order; links to unknown nodes are left out
  std::vector<int> begins, ends;

  [[nodiscard]] int size() const { return static_cast<int>(nodes.size()); }
  [[nodiscard]] NodeKind kind(int node) const {
    return nodes[static_cast<std::size_t>(node)]->kind;
  }
  [[nodiscard]] const std::string& id(int node) const {
    return nodes[static_cast<std::size_t>(node)]->id;
  }
  [[nodiscard]] const std::string& label(int node) const {
    return labels[static_cast<std::size_t>(node)];
  }
  [[nodiscard]] const std::vector<int>& from(int node) const {
    return out[static_cast<std::size_t>(node)];
  }
  [[nodiscard]] const std::vector<int>& into(int node) const {
    return in[static_cast<std::size_t>(node)];
  }
};

using NodeSet = std::vector<bool>;  // by node

// Nodes on some way from `starts` along `links` (ChartGraph::out or ::in), starts included. A node
// of `blocked` is reached but not passed; an empty set blocks nothing.
[[nodiscard]] NodeSet reachable(const std::vector<std::vector<int>>& links,
                                const std::vector<int>& starts, const NodeSet& blocked);

// Strongly connected components that are loops: more than one node, or one that links to itself.
// Nodes in chart order.
[[nodiscard]] std::vector<std::vector<int>> loops(const ChartGraph& graph);

}  // namespace batchwright::workflows

// Builds the chart of one element: makes node ids that don't clash with the children's, and
// remembers links.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

class ChartBuilder {
 public:
  // `taken` are the ids of all children; they are never given to other nodes.
  explicit ChartBuilder(std::set<std::string, std::less<>> taken) : taken_(std::move(taken)) {}

  // The node of a child has the child's id. False when there is one already: two children of one id
  // are the checker's finding, and one of them stays without a node.
  bool add_element(const std::string& child);

  // Each returns the id of the new node.
  std::string add(NodeKind kind, std::string_view stem);  // "split" gives split-1, split-2, ...
  std::string add_transition(std::optional<Expression> condition, std::string chosen_by = {});

  void link(const std::string& from, const std::string& to);

  // A begin or end node: its stem alone, while that is free.
  std::string add_terminal(NodeKind kind, std::string_view stem);

  [[nodiscard]] Chart take() { return std::move(chart_); }

 private:
  std::string add_named(NodeKind kind, std::string id);

  Chart chart_;
  std::set<std::string, std::less<>> taken_;
  std::set<std::string, std::less<>> placed_;     // children that have a node
  std::map<std::string, int, std::less<>> used_;  // stem -> last number
};

}  // namespace batchwright::workflows

#include "workflows/internal/chart_builder.h"

namespace batchwright::workflows {

bool ChartBuilder::add_element(const std::string& child) {
  if (!placed_.insert(child).second) return false;
  Node node;
  node.id = child;
  node.kind = NodeKind::kElement;
  node.element = child;
  chart_.nodes.push_back(std::move(node));
  return true;
}

std::string ChartBuilder::add(NodeKind kind, std::string_view stem) {
  const int number = ++used_[std::string(stem)];
  return add_named(kind, std::string(stem) + "-" + std::to_string(number));
}

std::string ChartBuilder::add_terminal(NodeKind kind, std::string_view stem) {
  return add_named(kind, std::string(stem));
}

std::string ChartBuilder::add_transition(std::optional<Expression> condition,
                                         std::string chosen_by) {
  std::string id = add(NodeKind::kTransition, "when");
  chart_.nodes.back().condition = std::move(condition);
  chart_.nodes.back().chosen_by = std::move(chosen_by);
  return id;
}

std::string ChartBuilder::add_named(NodeKind kind, std::string id) {
  while (taken_.contains(id)) id += '_';
  taken_.insert(id);
  Node node;
  node.id = id;
  node.kind = kind;
  chart_.nodes.push_back(std::move(node));
  return id;
}

void ChartBuilder::link(const std::string& from, const std::string& to) {
  chart_.links.push_back({from, to});
}

}  // namespace batchwright::workflows

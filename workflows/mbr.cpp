#include "workflows/mbr.h"

#include <algorithm>

namespace batchwright::workflows {

namespace {

template <typename T>
const T* find_by_id(const std::vector<T>& items, std::string_view id) {
  const auto found = std::ranges::find_if(items, [&](const T& item) { return item.id == id; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

const Node* Chart::find(std::string_view node_id) const {
  return find_by_id(nodes, node_id);
}

const Element* Element::find(std::string_view path) const {
  const Element* at = this;
  while (!path.empty() && at != nullptr) {
    const std::size_t slash = path.find('/');
    at = find_by_id(at->children, path.substr(0, slash));
    if (slash == std::string_view::npos) return at;
    path.remove_prefix(slash + 1);
    if (path.empty()) return nullptr;  // "a/" names nothing
  }
  return at;
}

const ReactionPlan* Mbr::find_plan(std::string_view plan_id) const {
  return find_by_id(reaction_plans, plan_id);
}

const Parameter* Mbr::find_parameter(std::string_view parameter_id) const {
  return find_by_id(parameters, parameter_id);
}

const EquipmentRequirement* Mbr::find_equipment(std::string_view requirement) const {
  return find_by_id(equipment, requirement);
}

const MaterialRequirement* Mbr::find_material(std::string_view requirement) const {
  return find_by_id(materials, requirement);
}

bool Expectations::empty() const {
  return ranges.empty() && precedes.empty() && independent.empty() && required.empty() &&
         scenarios.empty();
}

int Mbr::count_steps() const {
  int steps = 0;
  std::vector<const Element*> open{&procedure};
  while (!open.empty()) {
    const Element* element = open.back();
    open.pop_back();
    if (element->step) ++steps;
    for (const Element& child : element->children) open.push_back(&child);
  }
  return steps;
}

}  // namespace batchwright::workflows

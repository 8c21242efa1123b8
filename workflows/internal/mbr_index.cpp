#include "workflows/internal/mbr_index.h"

#include <algorithm>

#include "workflows/internal/identifier.h"

namespace batchwright::workflows {

namespace {

template <typename Map>
auto look_up(const Map& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

}  // namespace

MbrIndex::MbrIndex(const Mbr& mbr) {
  for (const Parameter& parameter : mbr.parameters) parameters_.emplace(parameter.id, &parameter);
  for (const ReactionPlan& plan : mbr.reaction_plans) plans_.emplace(plan.id, &plan);
  struct Open {
    const Element* element;
    std::string path;
  };
  std::vector<Open> open{{&mbr.procedure, ""}};
  while (!open.empty()) {
    const Open at = std::move(open.back());
    open.pop_back();
    for (const Element& child : at.element->children) {
      open.push_back({&child, path_below(at.path, child.id)});
    }
    if (!at.path.empty()) elements_.emplace(at.path, at.element);
  }
}

const Element* MbrIndex::element(std::string_view path) const {
  return look_up(elements_, path);
}

const Entry* MbrIndex::entry(std::string_view reference) const {
  const auto [path, id] = split_reference(reference);
  const Element* step = element(path);
  if (step == nullptr || !step->step) return nullptr;
  const auto& entries = step->step->entries;
  const auto found = std::ranges::find(entries, id, &Entry::id);
  return found == entries.end() ? nullptr : &*found;
}

const Parameter* MbrIndex::parameter(std::string_view id) const {
  return look_up(parameters_, id);
}

bool MbrIndex::has_parameter(std::string_view id) const {
  return parameter(id) != nullptr;
}

const ReactionPlan* MbrIndex::plan(std::string_view id) const {
  return look_up(plans_, id);
}

std::pair<std::string_view, std::string_view> MbrIndex::split_reference(
    std::string_view reference) {
  const std::size_t colon = reference.rfind(':');
  if (colon == std::string_view::npos) return {reference, {}};
  return {reference.substr(0, colon), reference.substr(colon + 1)};
}

}  // namespace batchwright::workflows

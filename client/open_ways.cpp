#include "client/open_ways.h"

#include <algorithm>

namespace batchwright::client {

namespace {

using workflows::Element;
using workflows::NodeKind;

constexpr int kBarsMax = 100;  // bars in a row between a transition and what it leads to

// The first element after `node`, through bars.
const Element* leads_to(const Element& parent, std::string node) {
  for (int i = 0; i < kBarsMax; ++i) {
    const auto link = std::ranges::find(parent.chart.links, node, &workflows::Link::from);
    const auto* next = link == parent.chart.links.end() ? nullptr : parent.chart.find(link->to);
    if (next == nullptr || next->kind == NodeKind::kEnd) return nullptr;
    if (next->kind == NodeKind::kElement) {
      const auto child = std::ranges::find(parent.children, next->element, &Element::id);
      return child == parent.children.end() ? nullptr : &*child;
    }
    node = next->id;
  }
  return nullptr;
}

// A token at `place` waits for a person: at the transition itself, or, done with a node ("node>"),
// before the transitions after it.
void add_ways(const workflows::RunState& run, const std::string& chart, const std::string& place,
              std::vector<OpenWay>& ways) {
  const auto* parent = chart.empty() ? &run.mbr->procedure : run.mbr->procedure.find(chart);
  if (parent == nullptr) return;
  const auto add = [&](const std::string& id) {
    const auto* node = parent->chart.find(id);
    if (node == nullptr || node->kind != NodeKind::kTransition || node->chosen_by.empty()) return;
    ways.push_back({.chart = chart,
                    .transition = id,
                    .role = node->chosen_by,
                    .parent = parent,
                    .next = leads_to(*parent, id)});
  };
  if (!place.ends_with('>')) return add(place);
  const auto from = place.substr(0, place.size() - 1);
  for (const auto& link : parent->chart.links)
    if (link.from == from) add(link.to);
}

}  // namespace

std::vector<OpenWay> open_ways(const workflows::RunState& run) {
  std::vector<OpenWay> ways;
  if (!run.mbr || run.status != workflows::RunStatus::kRunning) return ways;
  for (const auto& [chart, places] : run.tokens)
    for (const auto& [place, count] : places)
      if (count > 0) add_ways(run, chart, place, ways);
  return ways;
}

}  // namespace batchwright::client

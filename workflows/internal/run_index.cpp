#include "workflows/internal/run_index.h"

#include <algorithm>

#include "base/bytes.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {
namespace {

ChartIndex index_chart(const Chart& chart) {
  ChartIndex index;
  for (const Node& node : chart.nodes) {
    const auto [at, added] = index.nodes.try_emplace(node.id);
    if (!added) continue;  // a second node of that id is the checker's finding
    at->second.node = &node;
    if (node.kind == NodeKind::kBegin) index.begins.push_back(&at->second);
    if (node.kind == NodeKind::kElement) index.of_child[node.element].push_back(&at->second);
  }
  for (const Link& link : chart.links) {
    const auto from = index.nodes.find(link.from);
    const auto to = index.nodes.find(link.to);
    if (from == index.nodes.end() || to == index.nodes.end()) continue;
    from->second.out.push_back(&to->second);
    auto& in = to->second.in;
    if (std::ranges::find(in, &from->second) == in.end()) in.push_back(&from->second);
  }
  return index;
}

class Builder {
 public:
  explicit Builder(RunIndex& index) : index_(index) {}

  void add(const Element& element, const std::string& path, const std::string& parent) {
    const auto [at, added] = index_.elements.try_emplace(path);
    if (!added) return;  // siblings of one id are the checker's finding; the first one counts
    at->second.element = &element;
    at->second.parent = parent;
    at->second.order = order_++;
    if (element.step) {
      add_formulas(path, *element.step);
      return;
    }
    at->second.chart = index_chart(element.chart);
    index_.node_count += element.chart.nodes.size();
    for (const Node& node : element.chart.nodes) add_condition(path, node);
    for (const Element& child : element.children) {
      add(child, path_below(path, child.id), path);
    }
  }

 private:
  void add_formulas(const std::string& path, const StepContent& step) {
    for (const std::string& other : step.relies_on) index_.relying_on[other].push_back(path);
    for (const Entry& entry : step.entries) {
      add_checks(path, entry);
      for (const LimitFormula& limit : entry.limit_formulas) {
        for (const std::string& reference : limit.formula.references()) {
          add_once(index_.limits_reading[reference], {path, &entry});
        }
      }
      if (entry.kind != EntryKind::kComputed || !entry.formula) continue;
      for (const std::string& reference : entry.formula->references()) {
        index_.formulas_reading[reference].push_back({path, &entry});
      }
    }
  }

  void add_checks(const std::string& path, const Entry& entry) {
    if (entry.camera_check) {
      index_.uses_of_check[entry.camera_check->check.id].push_back({path, &entry});
    }
    if (!entry.camera_challenge || entry.camera_challenge->when != CameraChallenge::When::kStart) {
      return;
    }
    const auto& checks = entry.camera_challenge->checks;
    index_.challenged_at_start.insert(checks.begin(), checks.end());
  }

  static void add_once(std::vector<FormulaPlace>& places, FormulaPlace place) {
    if (places.empty() || places.back().entry != place.entry) places.push_back(std::move(place));
  }

  void add_condition(const std::string& chart, const Node& node) {
    if (!node.condition) return;
    for (const std::string& reference : node.condition->references()) {
      index_.conditions_reading[reference].push_back(chart + ":" + node.id);
    }
  }

  RunIndex& index_;
  int order_ = 0;
};

}  // namespace

const ChartNode* ChartIndex::find(std::string_view id) const {
  const auto found = nodes.find(id);
  return found == nodes.end() ? nullptr : &found->second;
}

const IndexedElement* RunIndex::find(std::string_view path) const {
  const auto found = elements.find(path);
  return found == elements.end() ? nullptr : &found->second;
}

const StepContent* RunIndex::step(std::string_view path) const {
  const IndexedElement* found = find(path);
  return found != nullptr && found->is_step() ? &*found->element->step : nullptr;
}

const ChartIndex* RunIndex::chart(std::string_view path) const {
  const IndexedElement* found = find(path);
  return found != nullptr && !found->is_step() ? &found->chart : nullptr;
}

std::string RunIndex::operation_of(std::string_view step) const {
  const IndexedElement* at = find(step);
  if (at == nullptr) return {};
  const std::string nearest = at->parent;
  for (std::string path = nearest; !path.empty(); path = find(path)->parent) {
    if (find(path)->element->level == Level::kOperation) return path;
  }
  return nearest;
}

std::shared_ptr<const RunIndex> make_run_index(std::shared_ptr<const Mbr> mbr) {
  std::string hash = to_hex(mbr->hash);
  return make_run_index(std::move(mbr), std::move(hash));
}

std::shared_ptr<const RunIndex> make_run_index(std::shared_ptr<const Mbr> mbr, std::string hash) {
  auto index = std::make_shared<RunIndex>();
  index->mbr = std::move(mbr);
  index->hash = std::move(hash);
  Builder(*index).add(index->mbr->procedure, "", "");
  for (const TimeLimit& limit : index->mbr->time_limits) {
    index->time_limits_from[limit.from].push_back(&limit);
    index->time_limits_to[limit.to].push_back(&limit);
  }
  return index;
}

const Entry* find_entry(const StepContent& step, std::string_view id) {
  const auto found = std::ranges::find(step.entries, id, &Entry::id);
  return found == step.entries.end() ? nullptr : &*found;
}

std::string english(const Words& words, const std::string& fallback) {
  const auto found = words.find("en");
  return found == words.end() || found->second.empty() ? fallback : found->second;
}

}  // namespace batchwright::workflows

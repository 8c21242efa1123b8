#include "workflows/internal/must_precede.h"

#include <algorithm>
#include <map>
#include <vector>

namespace batchwright::workflows {

namespace {

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> ids;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    ids.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return ids;
}

// For one chart and one of its elements: at which nodes a token can only be after that element was
// complete. An AND join waits for all its branches, so one that was there is enough; anywhere else
// every way in must have been. The greatest such set, by taking away until nothing changes.
class Passed {
 public:
  Passed(const Chart& chart, std::string_view element) : element_(element) {
    for (const Node& node : chart.nodes) {
      index_.emplace(node.id, nodes_.size());
      nodes_.push_back(&node);
    }
    in_.resize(nodes_.size());
    out_.resize(nodes_.size());
    for (const Link& link : chart.links) {
      const auto from = index_.find(link.from);
      const auto to = index_.find(link.to);
      if (from == index_.end() || to == index_.end()) continue;
      in_[to->second].push_back(from->second);
      out_[from->second].push_back(to->second);
    }
    shrink();
  }

  [[nodiscard]] bool before(std::string_view child) const {
    bool found = false;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i]->kind != NodeKind::kElement || nodes_[i]->element != child) continue;
      if (!passed_[i]) return false;
      found = true;
    }
    return found;
  }

  [[nodiscard]] bool at_end() const {
    bool found = false;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i]->kind != NodeKind::kEnd) continue;
      if (!passed_[i]) return false;
      found = true;
    }
    return found;
  }

 private:
  [[nodiscard]] bool after(std::size_t node) const {
    const bool is_it =
        nodes_[node]->kind == NodeKind::kElement && nodes_[node]->element == element_;
    return is_it || passed_[node];
  }

  [[nodiscard]] bool arrives(std::size_t node) const {
    const auto& ways = in_[node];
    if (nodes_[node]->kind == NodeKind::kBegin || ways.empty()) return false;
    const auto has = [&](std::size_t from) { return after(from); };
    return nodes_[node]->kind == NodeKind::kAndJoin ? std::ranges::any_of(ways, has)
                                                    : std::ranges::all_of(ways, has);
  }

  void shrink() {
    passed_.assign(nodes_.size(), true);
    std::vector<std::size_t> open(nodes_.size());
    for (std::size_t i = 0; i < open.size(); ++i) open[i] = i;
    while (!open.empty()) {
      const std::size_t node = open.back();
      open.pop_back();
      if (!passed_[node] || arrives(node)) continue;
      passed_[node] = false;  // each node once, so this ends
      for (const std::size_t next : out_[node]) open.push_back(next);
    }
  }

  std::string_view element_;
  std::map<std::string_view, std::size_t> index_;
  std::vector<const Node*> nodes_;
  std::vector<std::vector<std::size_t>> in_, out_;
  std::vector<bool> passed_;
};

const Element* child_of(const Element& parent, std::string_view id) {
  const auto found = std::ranges::find(parent.children, id, &Element::id);
  return found == parent.children.end() ? nullptr : &*found;
}

}  // namespace

bool must_precede(const Mbr& mbr, std::string_view first, std::string_view then) {
  const auto firsts = split(first);
  const auto thens = split(then);
  const Element* group = &mbr.procedure;
  std::size_t level = 0;
  while (level < firsts.size() && level < thens.size() && firsts[level] == thens[level]) {
    group = child_of(*group, firsts[level++]);
    if (group == nullptr) return false;
  }
  if (level == firsts.size() || level == thens.size()) return false;  // the same, or no step
  if (!Passed(group->chart, firsts[level]).before(thens[level])) return false;
  // Inside its own groups it must lie on every way to the end.
  for (; level + 1 < firsts.size(); ++level) {
    group = child_of(*group, firsts[level]);
    if (group == nullptr || !Passed(group->chart, firsts[level + 1]).at_end()) return false;
  }
  return true;
}

}  // namespace batchwright::workflows

#include "workflows/internal/token_flow.h"

#include <algorithm>
#include <memory>
#include <unordered_set>

#include "workflows/internal/shares.h"

namespace batchwright::workflows {

namespace {

constexpr int kPassesMax = 8;  // over joins that stay stuck behind others

std::size_t at(int node) {
  return static_cast<std::size_t>(node);
}

class TokenFlow {
 public:
  explicit TokenFlow(const ChartGraph& graph)
      : graph_(graph), held_(graph.nodes.size()), arrived_(graph.nodes.size()) {}

  std::vector<FlowFinding> check() {
    give(graph_.begins.front(), shares_.whole());
    drain();
    for (int pass = 0; pass < kPassesMax && resolve_stuck_joins(); ++pass) {
    }
    if (shares_.exhausted()) findings_ = {{FlowDefect::kTooComplex, graph_.begins.front()}};
    return std::move(findings_);
  }

 private:
  [[nodiscard]] bool is_join(int node) const {
    return graph_.kind(node) == NodeKind::kAndJoin && graph_.into(node).size() > 1;
  }

  void give(int node, Shares::Set set) {
    held_[at(node)] = std::move(set);
    open_.push_back(node);
  }

  void drain() {
    while (!open_.empty() && !shares_.exhausted()) {
      const int node = open_.back();
      open_.pop_back();
      pass_on(node);
    }
  }

  void pass_on(int node) {
    const Shares::Set& set = held_[at(node)];
    const auto& links = graph_.from(node);
    const NodeKind kind = graph_.kind(node);
    if (kind == NodeKind::kEnd && !shares_.is_whole(set)) {
      findings_.push_back({FlowDefect::kEndWhileRunning, node});
    }
    const bool divides =
        (kind == NodeKind::kAndSplit || kind == NodeKind::kBegin) && links.size() > 1;
    if (!divides) {
      for (const int to : links) arrive(node, to, set);
      return;
    }
    const auto parts = shares_.divide(set, links.size());
    for (std::size_t i = 0; i < links.size(); ++i) arrive(node, links[i], parts[i]);
  }

  void arrive(int from, int to, const Shares::Set& set) {
    if (is_join(to)) {
      arrived_[at(to)].push_back({from, set});
      if (arrived_[at(to)].size() == graph_.into(to).size()) fire(to);
      return;
    }
    if (held_[at(to)] == nullptr) {
      give(to, set);
    } else if (!shares_.equal(held_[at(to)], set) && !reported_unequal(to)) {
      findings_.push_back({FlowDefect::kUnequalMerge, to, from});
    }
  }

  void fire(int join) {
    std::vector<Shares::Set> sets;
    for (const Arrival& arrival : arrived_[at(join)]) sets.push_back(arrival.set);
    Shares::Set joined = shares_.join(sets);
    if (joined == nullptr) {
      findings_.push_back({FlowDefect::kJoinNeverFires, join});
      joined = agreed(sets);
    }
    give(join, std::move(joined));
  }

  // What to go on with behind a join that was reported: what its inputs hold when they are
  // alternatives of one token.
  [[nodiscard]] Shares::Set agreed(const std::vector<Shares::Set>& sets) {
    const bool same = std::ranges::all_of(
        sets, [&](const Shares::Set& set) { return shares_.equal(set, sets.front()); });
    return same ? sets.front() : shares_.unknown();
  }

  // Joins where only some inputs can arrive. Each is reported once and then treated as if it fired,
  // so that what lies behind it is checked too. Returns false when nothing was stuck.
  bool resolve_stuck_joins() {
    bool progress = false;
    for (int join = 0; join < graph_.size() && !shares_.exhausted(); ++join) {
      if (held_[at(join)] != nullptr || arrived_[at(join)].empty()) continue;
      findings_.push_back({FlowDefect::kJoinNeverFires, join, missing_input(join)});
      give(join, shares_.unknown());
      drain();
      progress = true;
    }
    return progress;
  }

  [[nodiscard]] int missing_input(int join) const {
    std::unordered_set<int> there;
    for (const Arrival& arrival : arrived_[at(join)]) there.insert(arrival.from);
    const auto& inputs = graph_.into(join);
    const auto missing =
        std::ranges::find_if(inputs, [&](int from) { return !there.contains(from); });
    return missing == inputs.end() ? -1 : *missing;
  }

  [[nodiscard]] bool reported_unequal(int node) {
    if (unequal_.empty()) unequal_.resize(graph_.nodes.size(), false);
    const bool before = unequal_[at(node)];
    unequal_[at(node)] = true;
    return before;
  }

  struct Arrival {
    int from;
    Shares::Set set;
  };

  const ChartGraph& graph_;
  Shares shares_;
  std::vector<Shares::Set> held_;              // by node; null until a token can arrive
  std::vector<std::vector<Arrival>> arrived_;  // by join
  std::vector<int> open_;
  NodeSet unequal_;
  std::vector<FlowFinding> findings_;
};

}  // namespace

std::vector<FlowFinding> check_token_flow(const ChartGraph& graph) {
  return TokenFlow(graph).check();
}

}  // namespace batchwright::workflows

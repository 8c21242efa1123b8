// A way that goes where nobody went yet: before a decision it looks for values that make the wanted
// transition fire.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "workflows/dry_run/outlook.h"

namespace batchwright::workflows::dry {

// Where a token waits and one of several transitions takes it.
struct DecisionPoint {
  std::string chart;
  const ChartNode* node = nullptr;
  std::vector<const ChartNode*> out;  // transitions, in link order
  std::set<std::string> leaves;       // entries its conditions depend on
  Literals literals;
};

// Every decision of the MBR, and which of them a step's entries decide.
class Decisions {
 public:
  explicit Decisions(const RunIndex& index);

  [[nodiscard]] const std::vector<DecisionPoint>& all() const { return points_; }
  [[nodiscard]] const std::vector<std::size_t>& decided_by(const std::string& step) const;

 private:
  std::vector<DecisionPoint> points_;
  std::map<std::string, std::vector<std::size_t>> by_step_;
};

// Transitions still wanted, named by node_place; shared by the ways that hunt for them.
class Targets {
 public:
  Targets(const RunIndex& index, std::set<std::string> wanted);

  [[nodiscard]] bool empty() const { return wanted_.empty(); }
  [[nodiscard]] const std::set<std::string>& wanted() const { return wanted_; }
  // Nodes from the transition to the nearest wanted one, itself 0; nullopt when none follows in its
  // chart. A group that holds one counts as one.
  [[nodiscard]] std::optional<int> distance(const std::string& chart, const ChartNode& from) const;
  [[nodiscard]] std::optional<int> to_end(const std::string& chart, const ChartNode& from) const;
  bool remove(const std::string& transition);
  void want(const std::string& transition);

 private:
  void count(const std::string& transition, int by);

  const RunIndex& index_;
  std::set<std::string> wanted_;
  std::map<std::string, int> below_;  // element path -> wanted transitions in and below it
};

class SteeredWay : public Way {
 public:
  // `targets` nullptr = clean values everywhere.
  SteeredWay(const Decisions& decisions, Targets* targets)
      : decisions_(decisions), targets_(targets) {}

  std::string value(Player& player, const StepRef& ref, const Entry& entry) override;
  void rank(Player& player, std::vector<std::pair<std::string, std::string>>& ways) override;
  void committed(Player& player, const Drafts& drafts) override;

  [[nodiscard]] const std::set<std::string>& unsolved() const { return unsolved_; }
  [[nodiscard]] std::size_t removed() const { return removed_; }

 private:
  void solve(Player& player, const StepRef& ref);
  [[nodiscard]] std::vector<const ChartNode*> wishes(const DecisionPoint& point) const;
  // What matters most comes last: it has the last word on a value.
  [[nodiscard]] std::vector<std::size_t> by_weight(const std::vector<std::size_t>& points) const;
  bool try_wish(Player& player, const StepRef& ref, const DecisionPoint& point,
                const ChartNode& wish);

  const Decisions& decisions_;
  Targets* targets_;
  std::map<StepRef, Assignment> solved_;
  std::map<std::string, int> fired_;
  std::set<std::string> unsolved_;
  std::size_t removed_ = 0;
};

}  // namespace batchwright::workflows::dry

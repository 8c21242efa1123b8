#include "workflows/dry_run/steering.h"

#include <algorithm>
#include <deque>

#include "workflows/dry_run/probes.h"
#include "workflows/dry_run/values.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows::dry {

namespace {

constexpr int kFiredMax = 12;  // of one transition on one way, before others are preferred
constexpr std::size_t kTriesMax = 6'000;  // assignments per wish

bool is_transition(const ChartNode* node) {
  return node->node->kind == NodeKind::kTransition;
}

// The transition that would take the token, given these values.
const ChartNode* first_true(const DecisionPoint& point, const Outlook& outlook) {
  for (const ChartNode* transition : point.out) {
    if (!transition->node->condition) continue;
    const auto truth = outlook.truth(*transition->node->condition);
    if (truth && *truth) return transition;
  }
  return nullptr;
}

struct Variable {
  std::string reference;
  std::vector<std::string> values;
};

// Calls `good` with assignments that change few values first, then more, until it says yes.
template <typename Good>
bool search(Assignment& values, const std::vector<Variable>& variables, Good good) {
  if (good()) return true;
  std::size_t tries = 0;
  for (const Variable& variable : variables) {
    const std::string before = values[variable.reference];
    for (const std::string& value : variable.values) {
      values[variable.reference] = value;
      if (++tries > kTriesMax) return false;
      if (good()) return true;
    }
    values[variable.reference] = before;
  }
  const Assignment clean = values;
  std::vector<std::size_t> at(variables.size(), 0);
  while (!variables.empty() && ++tries <= kTriesMax) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      values[variables[i].reference] = variables[i].values[at[i]];
    }
    if (good()) return true;
    std::size_t i = 0;
    while (i < at.size() && ++at[i] == variables[i].values.size()) at[i++] = 0;
    if (i == at.size()) break;
  }
  values = clean;
  return false;
}

}  // namespace

Decisions::Decisions(const RunIndex& index) {
  for (const auto& [path, element] : index.elements) {
    for (const auto& [id, node] : element.chart.nodes) {
      DecisionPoint point{path, &node, {}, {}, {}};
      for (const ChartNode* to : node.out) {
        if (!is_transition(to)) continue;
        point.out.push_back(to);
        if (!to->node->condition) continue;
        point.leaves.merge(leaves_of(index, *to->node->condition));
        collect_literals(index, *to->node->condition, point.literals);
      }
      if (point.out.empty()) continue;
      std::set<std::string> steps;
      for (const std::string& leaf : point.leaves) steps.insert(leaf.substr(0, leaf.rfind(':')));
      for (const std::string& step : steps) by_step_[step].push_back(points_.size());
      points_.push_back(std::move(point));
    }
  }
}

const std::vector<std::size_t>& Decisions::decided_by(const std::string& step) const {
  static const std::vector<std::size_t> kNone;
  const auto found = by_step_.find(step);
  return found == by_step_.end() ? kNone : found->second;
}

Targets::Targets(const RunIndex& index, std::set<std::string> wanted)
    : index_(index), wanted_(std::move(wanted)) {
  for (const std::string& transition : wanted_) count(transition, 1);
}

void Targets::count(const std::string& transition, int by) {
  const std::size_t at = transition.rfind("/@");
  std::string path = at == std::string::npos ? std::string() : transition.substr(0, at);
  while (true) {
    below_[path] += by;
    if (path.empty()) return;
    const IndexedElement* element = index_.find(path);
    path = element == nullptr ? std::string() : element->parent;
  }
}

bool Targets::remove(const std::string& transition) {
  if (wanted_.erase(transition) == 0) return false;
  count(transition, -1);
  return true;
}

void Targets::want(const std::string& transition) {
  if (wanted_.insert(transition).second) count(transition, 1);
}

namespace {

// Steps from `from` to the first node that `hit` likes.
template <typename Hit>
std::optional<int> nearest(const ChartNode& from, Hit hit) {
  std::map<const ChartNode*, int> far{{&from, 0}};
  std::deque<const ChartNode*> open{&from};
  while (!open.empty()) {
    const ChartNode* node = open.front();
    open.pop_front();
    if (hit(*node)) return far[node];
    for (const ChartNode* next : node->out) {
      if (far.try_emplace(next, far[node] + 1).second) open.push_back(next);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> Targets::distance(const std::string& chart, const ChartNode& from) const {
  const auto here = below_.find(chart);
  if (here == below_.end() || here->second == 0) return std::nullopt;
  return nearest(from, [&](const ChartNode& node) {
    if (node.node->kind == NodeKind::kTransition) {
      return wanted_.contains(node_place(chart, node.node->id));
    }
    if (node.node->kind != NodeKind::kElement) return false;
    const auto below = below_.find(path_below(chart, node.node->element));
    return below != below_.end() && below->second > 0;
  });
}

std::optional<int> Targets::to_end(const std::string&, const ChartNode& from) const {
  return nearest(from, [](const ChartNode& node) { return node.node->kind == NodeKind::kEnd; });
}

std::string SteeredWay::value(Player& player, const StepRef& ref, const Entry& entry) {
  if (!solved_.contains(ref)) solve(player, ref);
  const auto& values = solved_[ref];
  const auto found = values.find(ref.path + ":" + entry.id);
  if (found != values.end() && !found->second.empty()) return found->second;
  return Way::value(player, ref, entry);
}

// Best first: towards what is wanted, then towards the end; worn out ones last.
std::vector<const ChartNode*> SteeredWay::wishes(const DecisionPoint& point) const {
  constexpr int kFar = 1'000'000;
  std::vector<std::pair<int, std::size_t>> ranked;  // with the place in link order
  bool worn_any = false;
  for (std::size_t i = 0; i < point.out.size(); ++i) {
    const ChartNode* transition = point.out[i];
    const auto fired = fired_.find(node_place(point.chart, transition->node->id));
    const bool worn = fired != fired_.end() && fired->second >= kFiredMax;
    worn_any = worn_any || worn;
    const auto near = targets_->distance(point.chart, *transition);
    const auto end = targets_->to_end(point.chart, *transition);
    ranked.emplace_back(near && !worn ? *near : kFar + end.value_or(kFar) + (worn ? kFar : 0), i);
  }
  std::ranges::sort(ranked);
  const bool nothing_wanted = ranked.front().first >= kFar;
  std::vector<const ChartNode*> best;
  if (nothing_wanted && !worn_any) return best;  // clean values do
  best.reserve(ranked.size());
  for (const auto& [rank, i] : ranked) best.push_back(point.out[i]);
  return best;
}

bool SteeredWay::try_wish(Player& player, const StepRef& ref, const DecisionPoint& point,
                          const ChartNode& wish) {
  Assignment& values = solved_[ref];
  std::vector<Variable> variables;
  for (const std::string& leaf : point.leaves) {
    const Entry* entry = entry_at(player.stage.index(), leaf);
    if (leaf.substr(0, leaf.rfind(':')) != ref.path || entry == nullptr) continue;
    Literals literals = point.literals;
    for (const std::string& other : point.leaves) {  // one value compared with another
      const std::string path = other.substr(0, other.rfind(':'));
      const auto made = player.state.instances.find(path);
      if (path == ref.path || made == player.state.instances.end()) continue;
      const auto* known = player.value({path, made->second}, other.substr(other.rfind(':') + 1));
      const auto number = known == nullptr ? Result<Decimal>(fail(ErrorCode::kNotFound, ""))
                                           : Decimal::parse(known->value);
      if (number) literals.numbers.insert(*number);
    }
    auto tried = candidates(*entry, literals);
    if (tried.empty()) continue;
    tried.insert(tried.begin(), values[leaf]);
    variables.push_back({leaf, std::move(tried)});
  }
  return search(values, variables, [&] {
    const Outlook outlook(player, values, ref.path);
    return first_true(point, outlook) == &wish;
  });
}

// Decisions near what is wanted weigh more; most of all those that went in circles long enough.
std::vector<std::size_t> SteeredWay::by_weight(const std::vector<std::size_t>& points) const {
  constexpr int kFar = 1'000'000;
  std::vector<std::pair<int, std::size_t>> weighed;
  for (const std::size_t i : points) {
    const DecisionPoint& point = decisions_.all()[i];
    int nearest_wanted = kFar;
    for (const ChartNode* transition : point.out) {
      const auto fired = fired_.find(node_place(point.chart, transition->node->id));
      if (fired != fired_.end() && fired->second >= kFiredMax) nearest_wanted = -1;
      const auto near = targets_->distance(point.chart, *transition);
      if (near) nearest_wanted = std::min(nearest_wanted, *near);
    }
    weighed.emplace_back(-nearest_wanted, i);
  }
  std::ranges::sort(weighed);
  std::vector<std::size_t> order;
  order.reserve(weighed.size());
  for (const auto& [weight, i] : weighed) order.push_back(i);
  return order;
}

void SteeredWay::solve(Player& player, const StepRef& ref) {
  Assignment& values = solved_[ref];
  if (targets_ == nullptr) return;
  const auto& points = decisions_.decided_by(ref.path);
  if (points.empty()) return;
  for (const Entry& entry : player.content(ref).entries) {
    if (entry.kind == EntryKind::kComputed || entry.late) continue;
    values[ref.path + ":" + entry.id] = Way::value(player, ref, entry);
  }
  for (const std::size_t i : by_weight(points)) {
    const DecisionPoint& point = decisions_.all()[i];
    for (const ChartNode* wish : wishes(point)) {
      if (try_wish(player, ref, point, *wish)) break;
      const std::string place = node_place(point.chart, wish->node->id);
      if (targets_->wanted().contains(place)) unsolved_.insert(place);
    }
  }
}

void SteeredWay::rank(Player&, std::vector<std::pair<std::string, std::string>>& ways) {
  if (targets_ == nullptr) return;
  constexpr int kFar = 1'000'000;
  const auto far = [&](const std::pair<std::string, std::string>& way) {
    const auto fired = fired_.find(node_place(way.first, way.second));
    const int worn = fired != fired_.end() && fired->second >= kFiredMax ? 2 * kFar : 0;
    for (const DecisionPoint& point : decisions_.all()) {
      if (point.chart != way.first) continue;
      for (const ChartNode* transition : point.out) {
        if (transition->node->id != way.second) continue;
        const auto near = targets_->distance(way.first, *transition);
        const auto end = targets_->to_end(way.first, *transition);
        return worn + (near ? *near : kFar + end.value_or(kFar));
      }
    }
    return 3 * kFar;
  };
  std::ranges::sort(ways, {}, [&](const auto& way) { return std::pair(far(way), way); });
}

namespace {

// Limits of computed values that are broken on the way by themselves, and plans that were released.
void observe_value(const Player& player, const record::Draft& draft) {
  const std::string path = draft.step.substr(0, draft.step.rfind('#'));
  if (draft.type == "step_released") {
    const auto exception = player.state.exceptions.find(body_text(draft, "exception"));
    if (exception == player.state.exceptions.end()) return;
    const ExceptionState& known = exception->second;
    player.stage.ledger.reach("plan", known.plan + " at " + path + ":" + known.entry);
  }
  if (draft.type != "entry_computed") return;
  const std::string place = path + ":" + body_text(draft, "entry");
  const Entry* entry = entry_at(player.stage.index(), place);
  const auto value = Decimal::parse(body_text(draft, "value"));
  if (entry == nullptr || !value || !entry->limit_formulas.empty()) return;
  for (const LimitSide& side : kLimitSides) {
    const auto& bound = entry->limits.*side.limit;
    if (!bound || (side.high ? *value <= *bound : *value >= *bound)) continue;
    if (body_text(draft, "verdict") == expected_verdict(entry->limits, *value)) {
      player.stage.ledger.reach("limit", place + " " + side.name);
    }
  }
}

}  // namespace

void SteeredWay::committed(Player& player, const Drafts& drafts) {
  for (const record::Draft& draft : drafts) {
    observe_value(player, draft);
    if (draft.type != "transition_fired") continue;
    const std::string place = node_place(body_text(draft, "chart"), body_text(draft, "transition"));
    player.stage.ledger.reach("transition", place);
    ++fired_[place];
    if (targets_ != nullptr && targets_->remove(place)) ++removed_;
  }
}

}  // namespace batchwright::workflows::dry

#include "workflows/internal/tokens.h"

#include <algorithm>

#include "workflows/internal/identifier.h"
#include "workflows/internal/run_values.h"

namespace batchwright::workflows {
namespace {

constexpr char kJoinMark = '<';
constexpr char kDoneMark = '>';

std::string done_place(const Node& node) {
  return node.id + kDoneMark;
}
std::string join_place(const Node& join, const Node& from) {
  return join.id + kJoinMark + from.id;
}

bool is_transition(const ChartNode* node) {
  return node->node->kind == NodeKind::kTransition;
}

void arrive(StateEdit& state, const std::string& chart, const ChartNode& from,
            const ChartNode& to) {
  const bool joins = to.node->kind == NodeKind::kAndJoin;
  state.add_tokens(chart, joins ? join_place(*to.node, *from.node) : to.node->id, 1);
}

// Begin, AND split and transition hand a token to every link. The others hand on one token: it
// waits while transitions follow, since the first true one takes it, and moves over the first link
// otherwise.
void leave(StateEdit& state, const std::string& chart, const ChartNode& node) {
  const NodeKind kind = node.node->kind;
  if (kind == NodeKind::kBegin || kind == NodeKind::kAndSplit || kind == NodeKind::kTransition) {
    for (const ChartNode* to : node.out) arrive(state, chart, node, *to);
  } else if (node.out.empty() || std::ranges::any_of(node.out, is_transition)) {
    state.add_tokens(chart, done_place(*node.node), 1);
  } else {
    arrive(state, chart, node, *node.out.front());
  }
}

const ChartNode* find_node(const StateEdit& state, const std::string& chart,
                           std::string_view node_id) {
  const ChartIndex* index = state.index().chart(chart);
  return index == nullptr ? nullptr : index->find(node_id);
}

// The place whose token a transition would take: its own, else that of the first finished
// predecessor.
std::optional<std::string> source_of(const StateEdit& state, const std::string& chart,
                                     const ChartNode& transition) {
  if (state.tokens(chart, transition.node->id) > 0) return transition.node->id;
  for (const ChartNode* before : transition.in) {
    std::string place = done_place(*before->node);
    if (state.tokens(chart, place) > 0) return place;
  }
  return std::nullopt;
}

// Which parameters the way taken here depends on: those of the transition that fired, and of the
// ones asked before it.
void note_decision(StateEdit& state, const std::string& chart, const ChartNode& fired) {
  const auto note = [&](const Node& node) {
    if (!node.condition) return;
    for (const std::string& reference : node.condition->references()) {
      if (state.index().mbr->find_parameter(reference) == nullptr) continue;
      state.note_decided(reference, chart + ":" + node.id);
    }
  };
  for (const ChartNode* before : fired.in) {
    for (const ChartNode* to : before->out) {
      if (to == &fired) break;
      if (is_transition(to)) note(*to->node);
    }
  }
  note(*fired.node);
}

// Of the nodes that stand for a child of a chart, the first at which a token waits.
const ChartNode* node_with_token(const StateEdit& state, const IndexedElement& element) {
  const auto& of_child = state.index().chart(element.parent)->of_child;
  const auto nodes = of_child.find(element.element->id);
  if (nodes == of_child.end()) return nullptr;
  const auto found = std::ranges::find_if(nodes->second, [&](const ChartNode* node) {
    return state.tokens(element.parent, node->node->id) > 0;
  });
  return found == nodes->second.end() ? nullptr : *found;
}

bool join_is_full(const StateEdit& state, const std::string& chart, const ChartNode& join) {
  return !join.in.empty() && std::ranges::all_of(join.in, [&](const ChartNode* from) {
    return state.tokens(chart, join_place(*join.node, *from->node)) > 0;
  });
}

bool is_active(const StateEdit& state, const std::string& path) {
  const IndexedElement* element = state.index().find(path);
  if (element == nullptr) return true;  // a node without its element never starts
  if (!element->is_step()) {
    const auto known = procedural_state_from_text(state.element(path));
    // Stopped or aborted: over, but its token waits there for a person to decide.
    return known && *known != ProceduralState::kIdle && *known != ProceduralState::kComplete;
  }
  const StepState* newest = state.newest(path);
  if (newest == nullptr || newest->reopened) return false;
  return newest->status != StepStatus::kComplete && newest->status != StepStatus::kAborted;
}

std::optional<Move> try_transition(const StateEdit& state, const std::string& chart,
                                   const ChartNode& transition) {
  const Node& node = *transition.node;
  if (!node.condition) return std::nullopt;
  const auto value = node.condition->evaluate(environment_of(state, nullptr));
  if (!value) return Move{Move::Kind::kBadCondition, chart, &node, value.error().message};
  if (const bool* truth = std::get_if<bool>(&*value)) {
    if (*truth) return Move{Move::Kind::kFire, chart, &node, {}};
    return std::nullopt;
  }
  if (std::holds_alternative<NoValue>(*value)) return std::nullopt;
  return Move{Move::Kind::kBadCondition, chart, &node, "The condition is not true or false."};
}

// The first true transition after a finished node. One whose token would come from another node is
// left to that node.
std::optional<Move> choose_transition(const StateEdit& state, const std::string& chart,
                                      const ChartNode& done) {
  for (const ChartNode* to : done.out) {
    if (!is_transition(to) || source_of(state, chart, *to) != done_place(*done.node)) continue;
    if (auto move = try_transition(state, chart, *to)) return move;
  }
  return std::nullopt;
}

std::optional<Move> move_at_node(const StateEdit& state, const std::string& chart,
                                 const ChartNode& at) {
  const Node& node = *at.node;
  switch (node.kind) {
    case NodeKind::kTransition: return try_transition(state, chart, at);
    case NodeKind::kElement:
      if (is_active(state, path_below(chart, node.element))) return std::nullopt;
      return Move{Move::Kind::kStart, chart, &node, {}};
    case NodeKind::kEnd:
      if (!is_finished(state, chart)) return std::nullopt;
      return Move{Move::Kind::kFinish, chart, &node, {}};
    default: return Move{Move::Kind::kPass, chart, &node, {}};
  }
}

}  // namespace

void enter_chart(StateEdit& state, const std::string& chart) {
  for (const ChartNode* begin : state.index().chart(chart)->begins) leave(state, chart, *begin);
}

bool leave_element(StateEdit& state, const std::string& path) {
  const IndexedElement& element = *state.index().find(path);
  const ChartNode* node = node_with_token(state, element);
  if (node == nullptr) return false;
  state.add_tokens(element.parent, node->node->id, -1);
  leave(state, element.parent, *node);
  return true;
}

bool fire_transition(StateEdit& state, const std::string& chart, const std::string& transition) {
  const ChartNode* node = find_node(state, chart, transition);
  if (node == nullptr || !is_transition(node)) return false;
  const auto source = source_of(state, chart, *node);
  if (!source) return false;
  state.add_tokens(chart, *source, -1);
  note_decision(state, chart, *node);
  leave(state, chart, *node);
  return true;
}

bool has_token_before(const StateEdit& state, const std::string& chart,
                      const std::string& transition) {
  return source_of(state, chart, *find_node(state, chart, transition)).has_value();
}

bool pass_bar(StateEdit& state, const std::string& chart, const std::string& bar) {
  const ChartNode* node = find_node(state, chart, bar);
  if (node == nullptr) return false;
  const NodeKind kind = node->node->kind;
  if (kind == NodeKind::kAndJoin) {
    if (!join_is_full(state, chart, *node)) return false;
    for (const ChartNode* from : node->in) {
      state.add_tokens(chart, join_place(*node->node, *from->node), -1);
    }
  } else {
    const bool is_bar =
        kind == NodeKind::kAndSplit || kind == NodeKind::kOrSplit || kind == NodeKind::kOrJoin;
    if (!is_bar || state.tokens(chart, bar) == 0) return false;
    state.add_tokens(chart, bar, -1);
  }
  leave(state, chart, *node);
  return true;
}

bool may_start(const StateEdit& state, const std::string& path) {
  const bool root = path.empty();
  return !root && !is_active(state, path) &&
         node_with_token(state, *state.index().find(path)) != nullptr;
}

bool has_gone_on(const StateEdit& state, const std::string& path) {
  const IndexedElement* element = state.index().find(path);
  const ChartIndex* chart = element == nullptr ? nullptr : state.index().chart(element->parent);
  if (chart == nullptr || path.empty()) return false;
  const auto nodes = chart->of_child.find(element->element->id);
  if (nodes == chart->of_child.end()) return false;
  const auto tokens = [&](const std::string& place) {
    return state.tokens(element->parent, place);
  };
  return std::ranges::any_of(nodes->second, [&](const ChartNode* at) {
    const bool left = state.instances(path) > 0 && tokens(at->node->id) == 0;
    const bool joined = std::ranges::any_of(
        at->out, [&](const ChartNode* to) { return tokens(join_place(*to->node, *at->node)) > 0; });
    return left || joined || tokens(done_place(*at->node)) > 0;
  });
}

bool is_finished(const StateEdit& state, const std::string& chart) {
  const ChartIndex& index = *state.index().chart(chart);
  if (index.nodes.empty()) return true;  // a group without content has nothing to wait for
  const auto places = state.places(chart);
  return !places.empty() && std::ranges::all_of(places, [&](const std::string& place) {
    const ChartNode* node = index.find(place);
    return node != nullptr && node->node->kind == NodeKind::kEnd;
  });
}

std::optional<Move> next_move(const StateEdit& state, const std::string& chart,
                              const std::string& place) {
  if (state.tokens(chart, place) == 0) return std::nullopt;  // an earlier move took it
  if (const ChartNode* at = find_node(state, chart, place)) return move_at_node(state, chart, *at);
  if (place.back() == kDoneMark) {
    const ChartNode* done = find_node(state, chart, place.substr(0, place.size() - 1));
    return done == nullptr ? std::nullopt : choose_transition(state, chart, *done);
  }
  const ChartNode* join = find_node(state, chart, place.substr(0, place.find(kJoinMark)));
  if (join == nullptr || !join_is_full(state, chart, *join)) return std::nullopt;
  return Move{Move::Kind::kPass, chart, join->node, {}};
}

}  // namespace batchwright::workflows

#include "tests/workflows/token_game.h"

#include <algorithm>
#include <unordered_set>

namespace batchwright::workflows::test {

std::string TokenGame::Position::key() const {
  return tokens + '|' + status + '|' + answers + '|' + counts;
}

TokenGame::TokenGame(const Mbr& mbr, const Guards& guards) {
  add(mbr.procedure, "", 0, guards);
}

void TokenGame::add(const Element& element, const std::string& path, std::size_t parent,
                    const Guards& guards) {
  const std::size_t at = elements_.size();
  ElementRule rule;
  rule.path = path;
  rule.parent = parent;
  rule.step = element.step.has_value();
  rule.asks = rule.step && std::ranges::find(element.step->entries, "n", &Entry::id) !=
                               element.step->entries.end();
  elements_.push_back(rule);
  by_path_[path] = at;
  if (rule.step) return;
  for (const Element& child : element.children) {
    add(child, path.empty() ? child.id : path + "/" + child.id, at, guards);
  }
  add_chart(element, at, guards);
}

void TokenGame::add_chart(const Element& element, std::size_t at, const Guards& guards) {
  const std::string path = elements_[at].path;
  std::map<std::string, std::size_t> by_id;
  for (const Node& node : element.chart.nodes) {
    NodeRule rule{.kind = node.kind, .guard = {}, .out = {}, .from = {}};
    if (node.kind == NodeKind::kElement) {
      rule.element = by_path_.at(path.empty() ? node.element : path + "/" + node.element);
      elements_[rule.element].node = nodes_.size();
    }
    if (node.kind == NodeKind::kTransition) rule.guard = guards.at(path + ":" + node.id);
    rule.place = places_++;
    rule.done = places_++;
    by_id[node.id] = nodes_.size();
    elements_[at].nodes.push_back(nodes_.size());
    nodes_.push_back(rule);
    chart_of_.push_back(at);
  }
  for (const Link& link : element.chart.links) {
    const std::size_t from = by_id.at(link.from), to = by_id.at(link.to);
    nodes_[from].out.push_back(to);
    nodes_[from].chooses |= nodes_[to].kind == NodeKind::kTransition;
    if (nodes_[to].kind == NodeKind::kAndJoin && !join_places_.contains({from, to})) {
      join_places_[{from, to}] = places_;
      nodes_[to].from.push_back(places_++);
    }
  }
}

std::size_t TokenGame::find(std::string_view path) const {
  return by_path_.find(path)->second;
}

TokenGame::Position TokenGame::start(Sweep sweep) const {
  Position position;
  position.tokens.assign(places_, 0);
  position.status.assign(elements_.size(), kIdle);
  position.answers.assign(elements_.size(), kNone);
  position.counts.assign(elements_.size(), 0);
  position.status[0] = kAtWork;
  enter(position, 0);
  settle(position, sweep);
  return position;
}

TokenGame::Position TokenGame::after(Position position, const Act& act, Sweep sweep) const {
  const ElementRule& rule = elements_[act.element];
  if (act.answer != kComplete) {
    position.answers[act.element] = static_cast<char>(act.answer);
    position.status[act.element] = kAnswered;
    settle(position, sweep);
    return position;
  }
  position.status[act.element] = kIdle;
  char& count = position.counts[act.element];
  if (count < kCountMax) ++count;
  --position.tokens[nodes_[rule.node].place];
  hand_on(position, rule.node);
  settle(position, sweep);
  return position;
}

std::vector<TokenGame::Act> TokenGame::acts(const Position& position) const {
  std::vector<Act> acts;
  for (const std::size_t element : open(position)) {
    if (elements_[element].asks && position.status[element] == kAtWork) {
      for (int answer = 0; answer < kAnswers; ++answer) acts.push_back({element, answer});
    } else {
      acts.push_back({element, kComplete});
    }
  }
  return acts;
}

std::vector<std::size_t> TokenGame::open(const Position& position) const {
  std::vector<std::size_t> steps;
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    if (elements_[i].step && position.status[i] != kIdle) steps.push_back(i);
  }
  return steps;
}

bool TokenGame::waits(const Position& position) const {
  return std::ranges::any_of(nodes_, [&](const NodeRule& rule) {
    const bool asked = rule.kind == NodeKind::kTransition && position.tokens[rule.place] > 0;
    return asked || (rule.chooses && position.tokens[rule.done] > 0);
  });
}

void TokenGame::settle(Position& position, Sweep sweep) const {
  bool moved = true;
  for (int moves = 0; moved && !position.endless && !position.complete; ++moves) {
    position.endless = moves == kMovesMax;
    if (sweep == Sweep::kStartFirst) start_elements(position);
    moved = move_one(position) || start_elements(position);
  }
}

bool TokenGame::start_elements(Position& position) const {
  bool started = false;
  for (const NodeRule& rule : nodes_) {
    if (rule.kind == NodeKind::kElement && position.tokens[rule.place] > 0)
      started |= start_element(position, rule.element);
  }
  return started;
}

bool TokenGame::move_one(Position& position) const {
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    if (move(position, node)) return true;
  }
  return false;
}

bool TokenGame::move(Position& position, std::size_t node) const {
  const NodeRule& rule = nodes_[node];
  char& waiting = position.tokens[rule.place];
  char& done = position.tokens[rule.done];
  if (done > 0) {
    for (const std::size_t next : rule.out) {
      if (nodes_[next].kind != NodeKind::kTransition || !holds(position, nodes_[next].guard))
        continue;
      --done;
      give_all(position, next);
      return true;
    }
  }
  if (rule.kind == NodeKind::kAndJoin) return pass_join(position, rule, node);
  if (waiting == 0) return false;
  switch (rule.kind) {
    case NodeKind::kElement: return false;  // start_elements
    case NodeKind::kEnd: return finish_chart(position, chart_of_[node]);
    case NodeKind::kTransition:
      if (!holds(position, rule.guard)) return false;
      --waiting;
      give_all(position, node);
      return true;
    case NodeKind::kAndSplit:
      --waiting;
      give_all(position, node);
      return true;
    default:
      --waiting;
      hand_on(position, node);
      return true;
  }
}

bool TokenGame::start_element(Position& position, std::size_t element) const {
  if (position.status[element] != kIdle) return false;
  position.status[element] = kAtWork;
  position.answers[element] = kNone;
  if (!elements_[element].step) enter(position, element);
  return true;
}

void TokenGame::enter(Position& position, std::size_t element) const {
  for (const std::size_t node : elements_[element].nodes) {
    if (nodes_[node].kind == NodeKind::kBegin) give_all(position, node);
  }
}

bool TokenGame::pass_join(Position& position, const NodeRule& join, std::size_t node) const {
  const bool full = !join.from.empty() && std::ranges::all_of(join.from, [&](std::size_t place) {
    return position.tokens[place] > 0;
  });
  if (!full) return false;
  for (const std::size_t place : join.from) --position.tokens[place];
  hand_on(position, node);
  return true;
}

// Complete when every token left in the chart is at an end.
bool TokenGame::finish_chart(Position& position, std::size_t element) const {
  if (position.status[element] != kAtWork) return false;
  const auto& nodes = elements_[element].nodes;
  for (const std::size_t node : nodes) {
    const NodeRule& rule = nodes_[node];
    const bool at_end = rule.kind == NodeKind::kEnd;
    if (position.tokens[rule.done] > 0 || (!at_end && position.tokens[rule.place] > 0))
      return false;
    for (const std::size_t place : rule.from) {
      if (position.tokens[place] > 0) return false;
    }
  }
  for (const std::size_t node : nodes) position.tokens[nodes_[node].place] = 0;
  position.status[element] = kIdle;
  if (element == 0) {
    position.complete = true;
  } else {
    --position.tokens[nodes_[elements_[element].node].place];
    hand_on(position, elements_[element].node);
  }
  return true;
}

// One token: it waits where transitions follow, else it goes over the first link.
void TokenGame::hand_on(Position& position, std::size_t node) const {
  const NodeRule& rule = nodes_[node];
  if (rule.chooses || rule.out.empty()) return add_token(position, rule.done);
  arrive(position, node, rule.out.front());
}

void TokenGame::give_all(Position& position, std::size_t node) const {
  for (const std::size_t to : nodes_[node].out) arrive(position, node, to);
}

void TokenGame::arrive(Position& position, std::size_t from, std::size_t to) const {
  const bool joins = nodes_[to].kind == NodeKind::kAndJoin;
  add_token(position, joins ? join_places_.at({from, to}) : nodes_[to].place);
}

void TokenGame::add_token(Position& position, std::size_t place) const {
  if (++position.tokens[place] > kTokensMax) position.endless = true;
}

bool TokenGame::holds(const Position& position, const Guard& guard) const {
  switch (guard.kind) {
    case Guard::Kind::kAlways: return true;
    case Guard::Kind::kAnswerIs: return position.answers[find(guard.step)] == guard.value;
    case Guard::Kind::kCountBelow: return position.counts[find(guard.step)] < guard.value;
  }
  return false;
}

void GameOrder::start() {
  at_ = game_.start();
  raced_ = game_.start(TokenGame::Sweep::kStartLast).key() != at_.key();
}

void GameOrder::act(const TokenGame::Act& act) {
  const auto backwards = game_.after(at_, act, TokenGame::Sweep::kStartLast);
  at_ = game_.after(std::move(at_), act);
  raced_ = backwards.key() != at_.key();
}

void GameOrder::answer(const std::string& step, int value) {
  act({game_.find(step), value});
}

void GameOrder::complete(const std::string& step) {
  act({game_.find(step), TokenGame::kComplete});
}

std::set<std::string> GameOrder::open() const {
  std::set<std::string> steps;
  for (const std::size_t element : game_.open(at_)) steps.insert(game_.path(element));
  return steps;
}

Exploration explore(const TokenGame& game, std::size_t positions_max) {
  Exploration found;
  std::vector<TokenGame::Position> open{game.start()};
  std::unordered_set<std::string> seen{open.front().key()};
  while (!open.empty()) {
    const TokenGame::Position at = std::move(open.back());
    open.pop_back();
    if (++found.positions > positions_max) {
      found.whole = false;
      return found;
    }
    found.endless |= at.endless;
    if (at.complete || at.endless) continue;
    const auto acts = game.acts(at);
    if (acts.empty()) (game.waits(at) ? found.waits : found.stuck) = true;
    for (const TokenGame::Act& act : acts) {
      TokenGame::Position next = game.after(at, act);
      if (seen.insert(next.key()).second) open.push_back(std::move(next));
    }
  }
  return found;
}

}  // namespace batchwright::workflows::test

// The token rules of docs/formats/events.md played once more over small whole numbers, with no part
// of the engine: an oracle for charts of any shape, and small enough to visit every position that
// people can bring a run into.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/workflows/allowed_order.h"
#include "workflows/mbr.h"

namespace batchwright::workflows::test {

using Guards = std::map<std::string, Guard>;  // by "chart:node"

class TokenGame {
 public:
  // Everything that can differ between two moments of a run.
  struct Position {
    std::string tokens;   // by place, how many
    std::string status;   // by element: idle, at work, answered
    std::string answers;  // by step, of the newest instance; kNone
    std::string counts;   // by step, completed instances up to kCountMax
    bool complete = false;
    bool endless = false;  // it moves by itself for ever, or collects tokens without end
    [[nodiscard]] std::string key() const;
  };

  // What people may do next: record the answer of an open step (-1: nothing to answer) or complete
  // it.
  struct Act {
    std::size_t element;
    int answer;  // kComplete: the step is done
  };
  static constexpr int kComplete = -1;
  static constexpr int kAnswers = 3;

  TokenGame(const Mbr& mbr, const Guards& guards);

  // Of what moves by itself, elements start as early or as late as possible: the same in the end
  // unless branches race for a value, which is gone when its step starts again.
  enum class Sweep { kStartFirst, kStartLast };
  [[nodiscard]] Position start(Sweep sweep = Sweep::kStartFirst) const;
  [[nodiscard]] Position after(Position position, const Act& act,
                               Sweep sweep = Sweep::kStartFirst) const;
  [[nodiscard]] std::vector<Act> acts(const Position& position) const;
  [[nodiscard]] std::vector<std::size_t> open(const Position& position) const;
  // A token waits for a condition that isn't true: the author's matter, which no chart shows.
  [[nodiscard]] bool waits(const Position& position) const;
  [[nodiscard]] const std::string& path(std::size_t element) const {
    return elements_[element].path;
  }
  [[nodiscard]] std::size_t find(std::string_view path) const;

 private:
  static constexpr char kNone = 'n', kIdle = 'i', kAtWork = 'w', kAnswered = 'a';
  static constexpr int kCountMax = 3, kTokensMax = 3, kMovesMax = 500;

  struct NodeRule {
    NodeKind kind;
    std::size_t element = 0;  // of kElement; of others unused
    Guard guard;
    std::size_t place = 0, done = 0;  // places: arrived, done
    std::vector<std::size_t> out;     // nodes, in link order
    std::vector<std::size_t> from;    // kAndJoin: a place for each incoming node
    bool chooses = false;             // a transition follows
  };
  struct ElementRule {
    std::string path;
    bool step = false, asks = false;
    std::vector<std::size_t> nodes;  // of its chart
    std::size_t node = 0;            // where it stands in its parent's chart
    std::size_t parent = 0;
  };

  void add(const Element& element, const std::string& path, std::size_t parent,
           const Guards& guards);
  void add_chart(const Element& element, std::size_t at, const Guards& guards);
  void settle(Position& position, Sweep sweep) const;
  bool start_elements(Position& position) const;
  bool move_one(Position& position) const;
  bool move(Position& position, std::size_t node) const;
  void enter(Position& position, std::size_t element) const;
  void hand_on(Position& position, std::size_t node) const;
  void give_all(Position& position, std::size_t node) const;
  void arrive(Position& position, std::size_t from, std::size_t to) const;
  void add_token(Position& position, std::size_t place) const;
  bool start_element(Position& position, std::size_t element) const;
  bool pass_join(Position& position, const NodeRule& join, std::size_t node) const;
  bool finish_chart(Position& position, std::size_t element) const;
  [[nodiscard]] bool holds(const Position& position, const Guard& guard) const;

  std::vector<NodeRule> nodes_;
  std::vector<std::size_t> chart_of_;                                       // by node: its element
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> join_places_;  // from, join
  std::vector<ElementRule> elements_;                                       // 0 is the procedure
  std::map<std::string, std::size_t, std::less<>> by_path_;
  std::size_t places_ = 0;
};

// The game as an oracle for one run.
class GameOrder : public AllowedOrder {
 public:
  explicit GameOrder(TokenGame game) : game_(std::move(game)) {}

  void start() override;
  void answer(const std::string& step, int value) override;
  void complete(const std::string& step) override;
  [[nodiscard]] std::set<std::string> open() const override;
  [[nodiscard]] bool waits() const override { return game_.waits(at_); }
  [[nodiscard]] bool raced() const override { return raced_; }

 private:
  void act(const TokenGame::Act& act);

  TokenGame game_;
  TokenGame::Position at_;
  bool raced_ = false;
};

// Every position people can bring a run into, as far as a limit.
struct Exploration {
  std::size_t positions = 0;
  bool whole = true;     // false: the limit came first
  bool stuck = false;    // nothing to do, nothing to wait for, and not complete
  bool waits = false;    // nothing to do but to wait for a condition
  bool endless = false;  // see Position
};
[[nodiscard]] Exploration explore(const TokenGame& game, std::size_t positions_max);

}  // namespace batchwright::workflows::test

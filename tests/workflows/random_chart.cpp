#include "tests/workflows/random_chart.h"

#include <fmt/format.h>

#include <algorithm>

namespace batchwright::workflows::test {
namespace {

// What a piece of procedure means: which steps may be worked on, and what a completed step changes.
class Oracle {
 public:
  enum class Kind { kStep, kSequence, kParallel, kChoice, kLoop };

  Oracle(Kind kind, std::string step) : kind_(kind), step_(std::move(step)) {}
  void add(std::unique_ptr<Oracle> child, Guard guard = {}) {
    children_.push_back(std::move(child));
    guards_.push_back(std::move(guard));
  }

  void start(const Facts& facts);
  // True when this piece ended with that step.
  bool complete(const std::string& step, const Facts& facts);
  void collect_open(std::set<std::string>& open) const;

 private:
  [[nodiscard]] std::size_t first_true(const Facts& facts) const {
    const auto found =
        std::ranges::find_if(guards_, [&](const Guard& guard) { return facts.holds(guard); });
    return static_cast<std::size_t>(found - guards_.begin());
  }

  Kind kind_;
  std::string step_;  // kStep: its path
  std::vector<std::unique_ptr<Oracle>> children_;
  std::vector<Guard> guards_;  // kChoice: which child; kLoop: again
  bool active_ = false;
  std::size_t at_ = 0;    // kSequence: child; kChoice: chosen child
  std::size_t left_ = 0;  // kParallel
};

void Oracle::start(const Facts& facts) {
  active_ = true;
  at_ = kind_ == Kind::kChoice ? first_true(facts) : 0;
  left_ = children_.size();
  if (kind_ == Kind::kParallel) {
    for (auto& child : children_) child->start(facts);
  } else if (kind_ != Kind::kStep) {
    children_[at_]->start(facts);
  }
}

bool Oracle::complete(const std::string& step, const Facts& facts) {
  if (!active_) return false;
  switch (kind_) {
    case Kind::kStep: active_ = step != step_; break;
    case Kind::kSequence:
      if (!children_[at_]->complete(step, facts)) return false;
      active_ = ++at_ < children_.size();
      if (active_) children_[at_]->start(facts);
      break;
    case Kind::kParallel:
      for (auto& child : children_) left_ -= child->complete(step, facts) ? 1 : 0;
      active_ = left_ > 0;
      break;
    case Kind::kChoice: active_ = !children_[at_]->complete(step, facts); break;
    case Kind::kLoop:
      if (!children_[0]->complete(step, facts)) return false;
      active_ = facts.holds(guards_[0]);
      if (active_) children_[0]->start(facts);
      break;
  }
  return !active_;
}

void Oracle::collect_open(std::set<std::string>& open) const {
  if (!active_) return;
  if (kind_ == Kind::kStep) open.insert(step_);
  for (const auto& child : children_) child->collect_open(open);
}

class StructuredOrder : public AllowedOrder {
 public:
  explicit StructuredOrder(std::unique_ptr<Oracle> whole) : whole_(std::move(whole)) {}

  void start() override { whole_->start(facts_); }
  void answer(const std::string& step, int value) override { facts_.answers[step] = value; }
  void complete(const std::string& step) override {
    ++facts_.counts[step];
    whole_->complete(step, facts_);
  }
  [[nodiscard]] std::set<std::string> open() const override {
    std::set<std::string> steps;
    whole_->collect_open(steps);
    return steps;
  }

 private:
  std::unique_ptr<Oracle> whole_;
  Facts facts_;
};

using Kind = Oracle::Kind;

class Generator {
 public:
  Generator(std::uint64_t seed, int steps_max) : random_(seed), steps_left_(steps_max) {}

  RandomChart make() {
    Element procedure = group("p", Level::kProcedure);
    RandomChart chart;
    chart.order = std::make_unique<StructuredOrder>(fill(procedure, "", 0));
    chart.mbr = finished(std::move(procedure), {plan("AGAIN", 1, false), plan("HOLD", 0, true)});
    chart.paths = std::move(paths_);
    return chart;
  }

 private:
  struct Made {
    Piece piece;
    std::unique_ptr<Oracle> oracle;
  };

  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }

  std::unique_ptr<Oracle> fill(Element& parent, const std::string& path, int depth) {
    ChartBuilder chart(parent);
    Made made = make_piece(chart, path, depth);
    chart.finish(made.piece);
    return std::move(made.oracle);
  }

  Made make_piece(ChartBuilder& chart, const std::string& path, int depth) {
    if (steps_left_ <= 1 || depth > 5) return make_step(chart, path);
    switch (pick(8)) {
      case 0: return make_step(chart, path);
      case 1: return make_parallel(chart, path, depth);
      case 2: return make_choice(chart, path, depth);
      case 3: return make_loop(chart, path, depth);
      case 4: return make_group(chart, path, depth);
      default: return make_sequence(chart, path, depth);
    }
  }

  std::string path_of(const std::string& path, const std::string& id) const {
    return path.empty() ? id : path + "/" + id;
  }

  // A new step's path.
  const std::string& next_path(const std::string& path) {
    --steps_left_;
    return paths_.emplace_back(path_of(path, fmt::format("s{}", paths_.size() + 1)));
  }
  static std::string id_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  Made make_step(ChartBuilder& chart, const std::string& path) {
    const std::string own = next_path(path);
    std::vector<Entry> entries;
    if (pick(3) != 0) entries.push_back(acknowledge());
    if (pick(3) == 0) {
      entries.push_back(temperature(pick(2) == 0 ? "AGAIN" : "HOLD"));
      entries.push_back(computed("shifted", "{" + own + ":temperature} + 273.15"));
      entries.back().unit = "°C";
    }
    std::vector<SignatureRule> signatures;
    if (pick(12) == 0) signatures = {performed(), verified()};
    Element made = step(id_of(own), std::move(entries), std::move(signatures));
    made.step->recovery = static_cast<Recovery>(pick(3));
    return {chart.element(std::move(made)), std::make_unique<Oracle>(Kind::kStep, own)};
  }

  // A step whose whole number decides what follows.
  Made make_decider(ChartBuilder& chart, const std::string& path, std::string& id) {
    id = next_path(path);
    Element made = step(id_of(id), {decimal("n", "", 0)});
    return {chart.element(std::move(made)), std::make_unique<Oracle>(Kind::kStep, id)};
  }

  Made make_sequence(ChartBuilder& chart, const std::string& path, int depth) {
    auto oracle = std::make_unique<Oracle>(Kind::kSequence, "");
    std::vector<Piece> pieces;
    for (std::size_t i = 2 + pick(4); i > 0; --i) {
      Made made = make_piece(chart, path, depth + 1);
      pieces.push_back(made.piece);
      oracle->add(std::move(made.oracle));
    }
    return {chart.sequence(pieces), std::move(oracle)};
  }

  Made make_parallel(ChartBuilder& chart, const std::string& path, int depth) {
    auto oracle = std::make_unique<Oracle>(Kind::kParallel, "");
    std::vector<Piece> pieces;
    for (std::size_t i = 2 + pick(2); i > 0; --i) {
      Made made = make_piece(chart, path, depth + 1);
      pieces.push_back(made.piece);
      oracle->add(std::move(made.oracle));
    }
    return {chart.parallel(pieces), std::move(oracle)};
  }

  Made make_choice(ChartBuilder& chart, const std::string& path, int depth) {
    std::string decider;
    Made ask = make_decider(chart, path, decider);
    auto choice = std::make_unique<Oracle>(Kind::kChoice, "");
    std::vector<std::pair<std::string, Piece>> pieces;
    const std::size_t ways = 2 + pick(2);
    for (std::size_t i = 0; i < ways; ++i) {
      Made made = make_piece(chart, path, depth + 1);
      Guard guard;
      if (i + 1 < ways) guard = {Guard::Kind::kAnswerIs, decider, static_cast<int>(i)};
      pieces.emplace_back(guard.text(pick(10)), made.piece);
      choice->add(std::move(made.oracle), guard);
    }
    auto oracle = std::make_unique<Oracle>(Kind::kSequence, "");
    oracle->add(std::move(ask.oracle));
    oracle->add(std::move(choice));
    return {chart.sequence({ask.piece, chart.choice(pieces)}), std::move(oracle)};
  }

  Made make_loop(ChartBuilder& chart, const std::string& path, int depth) {
    Made body = pick(3) == 0 ? make_group(chart, path, depth) : make_piece(chart, path, depth + 1);
    std::string decider;
    Made ask = make_decider(chart, path, decider);
    auto round = std::make_unique<Oracle>(Kind::kSequence, "");
    round->add(std::move(body.oracle));
    round->add(std::move(ask.oracle));
    Guard again{Guard::Kind::kAnswerIs, decider, 1};
    if (pick(3) == 0) again = {Guard::Kind::kCountBelow, decider, 2 + static_cast<int>(pick(2))};
    auto oracle = std::make_unique<Oracle>(Kind::kLoop, "");
    oracle->add(std::move(round), again);
    return {chart.loop(chart.sequence({body.piece, ask.piece}), again.text(pick(10))),
            std::move(oracle)};
  }

  Made make_group(ChartBuilder& chart, const std::string& path, int depth) {
    if (level_ == Level::kPhase) return make_step(chart, path);
    const Level above = level_;
    level_ = static_cast<Level>(static_cast<int>(above) + 1);
    Element child = group("g" + std::to_string(++groups_made_), level_);
    auto oracle = fill(child, path_of(path, child.id), depth + 1);
    level_ = above;
    return {chart.element(std::move(child)), std::move(oracle)};
  }

  std::mt19937_64 random_;
  int steps_left_;
  int groups_made_ = 0;
  Level level_ = Level::kProcedure;  // of the group that is filled now
  std::vector<std::string> paths_;
};

}  // namespace

RandomChart make_random_chart(std::uint64_t seed, int steps_max) {
  return Generator(seed, steps_max).make();
}

}  // namespace batchwright::workflows::test

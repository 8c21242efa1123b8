// Builds small master batch records in code, for tests of the engine: steps, entries, and charts
// put together from sequence, parallel, choice and loop.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "workflows/mbr.h"

namespace batchwright::workflows::test {

inline Decimal dec(const std::string& text) {
  return Decimal::parse(text).value();
}
inline Expression expr(const std::string& text) {
  return Expression::parse(text).value();
}

inline Entry entry(std::string id, EntryKind kind) {
  Entry entry;
  entry.title = {{"en", "Title of " + id}};
  entry.id = std::move(id);
  entry.kind = kind;
  return entry;
}

inline Entry decimal(std::string id, std::string unit = "", int places = 1) {
  Entry made = entry(std::move(id), EntryKind::kDecimal);
  made.unit = std::move(unit);
  made.places = places;
  return made;
}

// 24.0-26.0 °C action, 24.5-25.5 alert, 0-100 plausible.
inline Entry temperature(std::string plan = "") {
  Entry made = decimal("temperature", "°C");
  made.limits = {.target = dec("25.0"),
                 .alert_low = dec("24.5"),
                 .alert_high = dec("25.5"),
                 .action_low = dec("24.0"),
                 .action_high = dec("26.0"),
                 .hard_low = dec("0.0"),
                 .hard_high = dec("100.0")};
  made.reaction_plan = std::move(plan);
  return made;
}

inline Entry computed(std::string id, const std::string& formula, int places = 1) {
  Entry made = entry(std::move(id), EntryKind::kComputed);
  made.formula = expr(formula);
  made.places = places;
  return made;
}

inline Entry acknowledge(std::string id = "done") {
  return entry(std::move(id), EntryKind::kAcknowledge);
}

inline Element step(std::string id, std::vector<Entry> entries = {acknowledge()},
                    std::vector<SignatureRule> signatures = {}) {
  Element made;
  made.title = {{"en", "Step " + id}};
  made.id = std::move(id);
  made.level = Level::kStep;
  made.step.emplace();
  made.step->entries = std::move(entries);
  made.step->signatures = std::move(signatures);
  return made;
}

inline SignatureRule performed() {
  return {"performed", "operator", false};
}
inline SignatureRule verified() {
  return {"verified", "operator", true};
}

// A piece of a chart with one way in and one way out.
struct Piece {
  std::string first, last;  // node ids
};

// Fills one group's chart. Every piece is used once.
class ChartBuilder {
 public:
  explicit ChartBuilder(Element& group) : group_(group) {}

  Piece element(Element child) {
    const std::string id = child.id;
    group_.chart.nodes.push_back({id, NodeKind::kElement, id, {}, {}});
    group_.children.push_back(std::move(child));
    return {id, id};
  }

  Piece sequence(const std::vector<Piece>& pieces) {
    for (std::size_t i = 1; i < pieces.size(); ++i) link(pieces[i - 1].last, pieces[i].first);
    return {pieces.front().first, pieces.back().last};
  }

  Piece parallel(const std::vector<Piece>& pieces) {
    const Piece all{node(NodeKind::kAndSplit), node(NodeKind::kAndJoin)};
    for (const Piece& piece : pieces) {
      link(all.first, piece.first);
      link(piece.last, all.last);
    }
    return all;
  }

  // The first piece whose condition is true, in this order.
  Piece choice(const std::vector<std::pair<std::string, Piece>>& pieces) {
    const Piece all{node(NodeKind::kOrSplit), node(NodeKind::kOrJoin)};
    for (const auto& [condition, piece] : pieces) {
      link(all.first, transition(condition));
      link(group_.chart.links.back().to, piece.first);
      link(piece.last, all.last);
    }
    return all;
  }

  // The piece, again while the condition is true after it.
  Piece loop(const Piece& piece, const std::string& again) {
    const std::string entry = node(NodeKind::kOrJoin);
    const std::string split = node(NodeKind::kOrSplit);
    const std::string back = transition(again);
    const std::string leave = transition("true");
    link(entry, piece.first);
    link(piece.last, split);
    link(split, back);
    link(back, entry);
    link(split, leave);
    return {entry, leave};
  }

  void finish(const Piece& piece) {
    const std::string begin = node(NodeKind::kBegin);
    const std::string end = node(NodeKind::kEnd);
    link(begin, piece.first);
    link(piece.last, end);
  }

  std::string transition(const std::string& condition) {
    const std::string id = node(NodeKind::kTransition);
    group_.chart.nodes.back().condition = expr(condition);
    return id;
  }

  std::string node(NodeKind kind) {
    const std::string id = "n" + std::to_string(group_.chart.nodes.size());
    group_.chart.nodes.push_back({id, kind, {}, {}, {}});
    return id;
  }

  void link(const std::string& from, const std::string& to) {
    group_.chart.links.push_back({from, to});
  }

 private:
  Element& group_;
};

inline Element group(std::string id, Level level) {
  Element made;
  made.title = {{"en", "Group " + id}};
  made.id = std::move(id);
  made.level = level;
  return made;
}

inline void run_in_sequence(Element& parent, std::vector<Element> children) {
  ChartBuilder chart(parent);
  std::vector<Piece> pieces;
  for (Element& child : children) pieces.push_back(chart.element(std::move(child)));
  chart.finish(chart.sequence(pieces));
}

inline ReactionPlan plan(std::string id, int remeasure_max, bool holds) {
  return {.id = std::move(id),
          .what = {{"en", "Do what the plan says"}},
          .calls_role = "supervisor",
          .remeasure_max = remeasure_max,
          .remeasure_after_s = 0,
          .holds = holds,
          .severity = "minor"};
}

// The hash stands for the canonical text, which the engine never looks at.
inline std::shared_ptr<const Mbr> finished(Element procedure, std::vector<ReactionPlan> plans = {},
                                           std::vector<Parameter> parameters = {}) {
  auto mbr = std::make_shared<Mbr>();
  mbr->id = "TEST-1";
  mbr->version = "1";
  mbr->title = {{"en", "Test"}};
  mbr->languages = {"en"};
  mbr->procedure = std::move(procedure);
  mbr->reaction_plans = std::move(plans);
  mbr->parameters = std::move(parameters);
  mbr->hash = sha256("TEST-1");
  return mbr;
}

inline std::shared_ptr<const Mbr> linear(std::vector<Element> steps,
                                         std::vector<ReactionPlan> plans = {},
                                         std::vector<Parameter> parameters = {}) {
  Element procedure = group("test", Level::kProcedure);
  run_in_sequence(procedure, std::move(steps));
  return finished(std::move(procedure), std::move(plans), std::move(parameters));
}

}  // namespace batchwright::workflows::test

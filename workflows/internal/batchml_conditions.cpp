// Conditions of a BatchML chart: what the author wrote, or answered, becomes an expression or a
// finding; never a guess.
#include <algorithm>

#include "workflows/internal/batchml_chart.h"
#include "workflows/internal/condition_words.h"
#include "workflows/internal/fold.h"
#include "workflows/internal/identifier.h"

namespace batchwright::workflows {

namespace {

std::optional<Expression> parsed(const std::string& text) {
  auto expression = Expression::parse(text);
  return expression ? std::optional(std::move(*expression)) : std::nullopt;
}

}  // namespace

void BatchmlChartMaker::compile_conditions() {
  std::map<std::string_view, Node*> nodes;
  for (Node& node : logic_.chart.nodes) nodes.emplace(node.id, &node);
  for (const BatchmlTransition& transition : source_.transitions) {
    const auto found = by_source_.find(transition.id);
    if (found == by_source_.end() || found->second.id.empty()) continue;
    Node& node = *nodes.at(found->second.id);
    if (node.kind != NodeKind::kTransition || node.condition) continue;
    node.condition = compile(transition, node.id);
  }
}

std::optional<Expression> BatchmlChartMaker::compile(const BatchmlTransition& transition,
                                                     const std::string& node) {
  const std::string where = place(node, transition.line);
  if (const auto answer = resolution_.condition(transition.id)) {
    if (auto expression = parsed(*answer)) return expression;
    if (auto expression = compile_words(*answer, where, false)) return expression;
    report_.error(
        "resolve.condition", "conditions \"" + one_line(transition.id) + "\"",
        "The answer \"" + *answer +
            "\" is neither an expression nor words that name steps of the same logic. Correct it.");
    return std::nullopt;
  }
  if (transition.condition.empty()) {
    return resolution_.empty_means_previous_complete() ? previous_complete(node) : std::nullopt;
  }
  return compile_words(transition.condition, where, true);
}

std::optional<Expression> BatchmlChartMaker::compile_words(const std::string& words,
                                                           const std::string& where, bool reports) {
  using Meaning = ConditionWords::Meaning;
  const ConditionWords condition = read_condition_words(words);
  if (condition.meaning == Meaning::kTrue) return parsed("true");
  if (condition.meaning != Meaning::kCompleted) {
    if (reports) {
      report_.error("condition.not_understood", where,
                    "The condition is not understood. Write it as an expression in the resolution "
                    "file, under [conditions].");
    }
    return std::nullopt;
  }
  std::string text;
  bool complete = true;
  for (const auto& readings : condition.names) {
    const auto call = completed_call(readings, where, reports);
    complete = complete && call.has_value();
    text += (text.empty() ? "" : " and ") + call.value_or("");
  }
  if (!complete) return std::nullopt;
  auto expression = parsed(text);
  if (!expression && reports) {
    report_.error("condition.long", where,
                  "The condition names too many steps. Write it as an expression in the resolution "
                  "file, under [conditions].");
  }
  return expression;
}

std::optional<std::string> BatchmlChartMaker::completed_call(
    const std::vector<std::string>& readings, const std::string& where, bool reports) {
  std::vector<std::string> matches;
  for (const std::string& reading : readings) {
    const auto found = names_.find(fold(reading));
    if (found != names_.end()) {
      matches.insert(matches.end(), found->second.begin(), found->second.end());
    }
  }
  std::ranges::sort(matches);
  matches.erase(std::ranges::unique(matches).begin(), matches.end());
  if (matches.size() == 1) {
    if (matches.front().empty()) return "true";  // a begin is complete at once
    return "completed(\"" + path_below(path_, matches.front()) + "\")";
  }
  if (!reports) return std::nullopt;
  if (matches.empty()) {
    report_.error("condition.name.unknown", where,
                  "\"" + readings.front() +
                      "\" names no step of the same logic. Answer in the resolution file, under "
                      "[conditions].");
  } else {
    report_.error("condition.name.several", where,
                  "\"" + readings.front() +
                      "\" names several steps of the same logic: " + matches[0] + ", " +
                      matches[1] + ". Answer in the resolution file, under [conditions].");
  }
  return std::nullopt;
}

// A transition's token comes from a finished node, so behind anything but one element "true" says
// the same.
std::optional<Expression> BatchmlChartMaker::previous_complete(const std::string& node) {
  const std::vector<std::string>& before = before_[node];
  const auto child =
      before.size() == 1 ? child_of_node_.find(before.front()) : child_of_node_.end();
  if (child == child_of_node_.end()) return parsed("true");
  return parsed("completed(\"" + path_below(path_, child->second) + "\")");
}

}  // namespace batchwright::workflows

// What conditions and formulas would give if the step in work got other values: the engine's own
// expressions over the run's state, with some values put in their place.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "workflows/dry_run/player.h"
#include "workflows/internal/run_index.h"

namespace batchwright::workflows::dry {

// Entry reference (path:entry) -> raw value.
using Assignment = std::map<std::string, std::string>;

class Outlook {
 public:
  // As if `values` were recorded; `done`: a step path that counts as completed once more, or empty.
  Outlook(const Player& player, const Assignment& values, std::string done)
      : player_(player), values_(values), done_(std::move(done)) {}

  // True, false, or nullopt when there is no value or an error.
  [[nodiscard]] std::optional<bool> truth(const Expression& condition) const;
  // The reported value of a computed entry.
  [[nodiscard]] std::optional<Decimal> number(const std::string& reference) const;

 private:
  [[nodiscard]] Value value(std::string_view reference, int depth) const;
  [[nodiscard]] Expression::Environment environment(int depth, bool after) const;

  const Player& player_;
  const Assignment& values_;
  std::string done_;
};

// Entries that people enter and that `expression` reads, directly or through computed entries.
[[nodiscard]] std::set<std::string> leaves_of(const RunIndex& index, const Expression& expression);
// Numbers and texts written in it or in the formulas it reads.
struct Literals {
  std::set<Decimal> numbers;
  std::set<std::string> texts;
};
void collect_literals(const RunIndex& index, const Expression& expression, Literals& into);

// Values worth trying for an entry: around its limits, its target, and the literals.
[[nodiscard]] std::vector<std::string> candidates(const Entry& entry, const Literals& literals);

[[nodiscard]] const Entry* entry_at(const RunIndex& index, const std::string& reference);

}  // namespace batchwright::workflows::dry

#include "workflows/internal/limits_of.h"

#include <algorithm>

namespace batchwright::workflows {

std::string_view name_of_limit(std::optional<Decimal> Limits::* limit) {
  const auto found = std::ranges::find(kLimitNames, limit, &LimitName::limit);
  return found == kLimitNames.end() ? std::string_view() : found->name;
}

Pairs pairs_of(const Limits& limits) {
  Pairs pairs;
  for (const LimitName& known : kLimitNames) {
    const auto& value = limits.*known.limit;
    if (value) pairs.emplace_back(known.name, value->to_text());
  }
  return pairs;
}

Limits limits_from_pairs(const Pairs& pairs) {
  Limits limits;
  for (const auto& [name, text] : pairs) {
    const auto known = std::ranges::find(kLimitNames, name, &LimitName::name);
    auto value = Decimal::parse(text);
    if (known != kLimitNames.end() && value) limits.*known->limit = std::move(*value);
  }
  return limits;
}

std::optional<Limits> limits_of(const Entry& entry, const StepState& step) {
  if (entry.limit_formulas.empty()) return entry.limits;
  const auto computed = step.limits.find(entry.id);
  if (computed == step.limits.end()) return std::nullopt;
  return computed->second;
}

Entry judged_entry(const Entry& entry, const StepState& step) {
  Entry judged = entry;
  judged.limits = limits_of(entry, step).value_or(Limits{});
  return judged;
}

}  // namespace batchwright::workflows

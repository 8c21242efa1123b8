// Limits as they are in force for one step instance: numbers of the MBR, or what its limit formulas
// gave (requirement A5; limits that depend on batch size, potency or earlier values).
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {

struct LimitName {
  std::string_view name;  // as in the record
  std::optional<Decimal> Limits::* limit;
};
inline constexpr std::array kLimitNames = {
    LimitName{"target", &Limits::target},           LimitName{"alert_low", &Limits::alert_low},
    LimitName{"alert_high", &Limits::alert_high},   LimitName{"action_low", &Limits::action_low},
    LimitName{"action_high", &Limits::action_high}, LimitName{"hard_low", &Limits::hard_low},
    LimitName{"hard_high", &Limits::hard_high},
};
[[nodiscard]] std::string_view name_of_limit(std::optional<Decimal> Limits::* limit);

using Pairs = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] Pairs pairs_of(const Limits& limits);
// Unknown names and unreadable numbers are left out: the record is total.
[[nodiscard]] Limits limits_from_pairs(const Pairs& pairs);

// nullopt: the entry has limit formulas whose result is not known yet.
[[nodiscard]] std::optional<Limits> limits_of(const Entry& entry, const StepState& step);

// The entry as it is judged now: with the limits in force, without any while they aren't known.
[[nodiscard]] Entry judged_entry(const Entry& entry, const StepState& step);

}  // namespace batchwright::workflows

// Which refusals the record keeps (requirements B1, B6): what somebody was not allowed to do, never
// what was only mistyped.
#pragma once

#include <string>

#include "workflows/internal/decision.h"

namespace batchwright::workflows {

// The same refusal of the same person is recorded once in this time, so that a person who goes on
// tapping doesn't fill the record; nor do many different ones.
inline constexpr std::int64_t kRefusalRepeatedMs = 60'000;
inline constexpr std::size_t kRefusalsPerMinuteMax = 50;

// A clock that was ahead silences nothing.
[[nodiscard]] constexpr bool is_recent_refusal(std::int64_t then_unix_ms, std::int64_t unix_ms) {
  return then_unix_ms <= unix_ms && unix_ms - then_unix_ms < kRefusalRepeatedMs;
}

[[nodiscard]] std::string refusal_key(const std::string& actor, const std::string& rule,
                                      const std::string& place);

// Adds one command_refused, or none: also none before the run started.
void record_refusal(Decision& decision, const Command& command, const Refusal& refusal);

}  // namespace batchwright::workflows

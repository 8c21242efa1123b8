// The token game of procedure function charts (docs/formats/events.md, "Tokens"): where tokens go
// when something ended, and which move is possible next. Used by apply (to move) and decide (to
// find the next move).
#pragma once

#include <optional>
#include <string>

#include "workflows/internal/state_edit.h"

namespace batchwright::workflows {

// Puts the first tokens of the chart of a group that the MBR has: one on each link of its begin
// nodes.
void enter_chart(StateEdit& state, const std::string& chart);

// Takes the token of a finished element, not the root, from its node and passes it on. False when
// no token waits there.
[[nodiscard]] bool leave_element(StateEdit& state, const std::string& path);

// False when no token waits before the transition or bar.
[[nodiscard]] bool fire_transition(StateEdit& state, const std::string& chart,
                                   const std::string& transition);
[[nodiscard]] bool pass_bar(StateEdit& state, const std::string& chart, const std::string& bar);

// True when a token waits before the transition, which is one of the chart's.
[[nodiscard]] bool has_token_before(const StateEdit& state, const std::string& chart,
                                    const std::string& transition);

// True when a token waits at the node of an element that the MBR has, and the element may start.
[[nodiscard]] bool may_start(const StateEdit& state, const std::string& path);

// The token of the step's newest execution has left it, or one waits right behind it: whatever is
// put behind the step now would be passed over, or keep that token waiting for ever.
[[nodiscard]] bool has_gone_on(const StateEdit& state, const std::string& path);

// True when a token reached an end of the group's chart and no other token is left inside.
[[nodiscard]] bool is_finished(const StateEdit& state, const std::string& chart);

// The next thing a chart can do by itself for the tokens of `place`.
struct Move {
  enum class Kind { kStart, kFire, kPass, kFinish, kBadCondition } kind = Kind::kPass;
  std::string chart;
  const Node* node = nullptr;
  std::string message;  // kBadCondition: why the condition can't be evaluated
};
[[nodiscard]] std::optional<Move> next_move(const StateEdit& state, const std::string& chart,
                                            const std::string& place);

}  // namespace batchwright::workflows

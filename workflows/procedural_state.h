// The ISA-88 state model of a batch, unit procedure, operation or phase: every (state, command) is
// one transition or one refusal. This table is the rule itself, the engine has no second one, and
// procedural_state_test.cpp executes every cell at every level.
//
// Source: ANSI/ISA-88.00.01, procedural states and commands. "-ing" states act, the others rest.
// Here pausing and stopping last until the running steps below are complete, holding, restarting
// and aborting are over in the commit that begins them; both changes are in the record. Reset is
// refused everywhere: what was executed is part of the record, a repetition is a new instance.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace batchwright::workflows {

enum class ProceduralState {
  kIdle,
  kRunning,
  kPausing,
  kPaused,
  kHolding,
  kHeld,
  kRestarting,
  kStopping,
  kStopped,
  kAborting,
  kAborted,
  kComplete
};
inline constexpr std::size_t kProceduralStateCount = 12;

enum class ProceduralCommand {
  kStart,
  kPause,
  kResume,
  kHold,
  kRestart,
  kStop,
  kAbort,
  kReset,
  kDone  // not a person's: the action of an "-ing" state, or of running, is over
};
inline constexpr std::size_t kProceduralCommandCount = 9;

// clang-format off
namespace procedural {
using State = ProceduralState;
using To = std::optional<State>;
inline constexpr To no = std::nullopt;
inline constexpr std::array<std::array<To, kProceduralCommandCount>, kProceduralStateCount> kTable = {{
  //                  Start             Pause            Resume           Hold             Restart             Stop             Abort            Reset Done
  /* Idle       */ {{ State::kRunning,  no,              no,              no,              no,                 no,              no,              no,   no }},
  /* Running    */ {{ no,               State::kPausing, no,              State::kHolding, no,                 State::kStopping, State::kAborting, no, State::kComplete }},
  /* Pausing    */ {{ no,               no,              State::kRunning, State::kHolding, no,                 State::kStopping, State::kAborting, no, State::kPaused }},
  /* Paused     */ {{ no,               no,              State::kRunning, State::kHolding, no,                 State::kStopping, State::kAborting, no, no }},
  /* Holding    */ {{ no,               no,              no,              no,              no,                 State::kStopping, State::kAborting, no, State::kHeld }},
  /* Held       */ {{ no,               no,              no,              no,              State::kRestarting, State::kStopping, State::kAborting, no, no }},
  /* Restarting */ {{ no,               no,              no,              State::kHolding, no,                 State::kStopping, State::kAborting, no, State::kRunning }},
  /* Stopping   */ {{ no,               no,              no,              no,              no,                 no,              State::kAborting, no,  State::kStopped }},
  /* Stopped    */ {{ no,               no,              no,              no,              no,                 no,              no,              no,   no }},
  /* Aborting   */ {{ no,               no,              no,              no,              no,                 no,              no,              no,   State::kAborted }},
  /* Aborted    */ {{ no,               no,              no,              no,              no,                 no,              no,              no,   no }},
  /* Complete   */ {{ no,               no,              no,              no,              no,                 no,              no,              no,   no }},
}};
}  // namespace procedural
// clang-format on

[[nodiscard]] constexpr std::optional<ProceduralState> next_state(ProceduralState state,
                                                                  ProceduralCommand command) {
  return procedural::kTable[static_cast<std::size_t>(state)][static_cast<std::size_t>(command)];
}

// Quiescent: nothing acts, it waits for a command (or for ever).
[[nodiscard]] constexpr bool is_quiescent(ProceduralState state) {
  switch (state) {
    case ProceduralState::kIdle:
    case ProceduralState::kPaused:
    case ProceduralState::kHeld:
    case ProceduralState::kStopped:
    case ProceduralState::kAborted:
    case ProceduralState::kComplete: return true;
    default: return false;
  }
}

// Over for good: no way leads out.
[[nodiscard]] constexpr bool is_over(ProceduralState state) {
  return state == ProceduralState::kStopped || state == ProceduralState::kAborted ||
         state == ProceduralState::kComplete;
}

[[nodiscard]] const char* to_string(ProceduralState state);      // "held"
[[nodiscard]] const char* to_string(ProceduralCommand command);  // "hold"; kDone: "done"
// nullopt for other words.
[[nodiscard]] std::optional<ProceduralState> procedural_state_from_text(std::string_view text);
[[nodiscard]] std::optional<ProceduralCommand> procedural_command_from_text(std::string_view text);

}  // namespace batchwright::workflows

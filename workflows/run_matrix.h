// What a run does with every command in every state: one transition or one refusal. This table is
// the rule itself, the engine has no second one, and run_matrix_test.cpp executes every cell.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <variant>

#include "workflows/command.h"
#include "workflows/state.h"

namespace batchwright::workflows {

enum class Outcome {
  kRefused,
  kStays,  // the command may do its work; the run keeps its state
  kRunning,
  kHeld,
  kAborted,
};

inline constexpr std::size_t kRunStatusCount = 5;
inline constexpr std::size_t kCommandCount = std::variant_size_v<Command>;

// clang-format off
namespace matrix {
inline constexpr auto no = Outcome::kRefused, yes = Outcome::kStays, run = Outcome::kRunning,
                      hold = Outcome::kHeld, stop = Outcome::kAborted;
using Row = std::array<Outcome, kCommandCount>;  // in the order of the variant Command

inline constexpr std::array<Row, kRunStatusCount> kRows = {
  //  Start Begin Record Correct Comment Report Sign Complete Release Recover Hold  Resume Abort Tick
  Row{run,  no,   no,    no,     no,     no,    no,  no,      no,     no,     no,   no,    no,   yes},  // Idle
  Row{no,   yes,  yes,   yes,    yes,    yes,   yes, yes,     yes,    yes,    hold, no,    stop, yes},  // Running
  Row{no,   no,   no,    yes,    yes,    yes,   no,  no,      yes,    yes,    no,   run,   stop, yes},  // Held
  Row{no,   no,   no,    yes,    yes,    yes,   yes, yes,     yes,    no,     no,   no,    no,   yes},  // Complete
  Row{no,   no,   no,    yes,    yes,    yes,   no,  no,      no,     no,     no,   no,    no,   yes},  // Aborted
};
}  // namespace matrix
// clang-format on
// Complete allows signing, completing and releasing because a correction can re-open a step.

[[nodiscard]] constexpr Outcome run_outcome(RunStatus status, const Command& command) {
  return matrix::kRows[static_cast<std::size_t>(status)][command.index()];
}

}  // namespace batchwright::workflows

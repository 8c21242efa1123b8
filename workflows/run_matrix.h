// What may be asked of a run in every one of its states. Commands of one group are treated alike;
// this table is the rule itself, the engine has no second one, and run_matrix_test.cpp executes
// every cell. What a Control command does to the state is the table of procedural_state.h.
#pragma once

#include <array>
#include <variant>

#include "workflows/command.h"
#include "workflows/state.h"

namespace batchwright::workflows {

enum class CommandGroup {
  kStart,    // start the run
  kBegin,    // begin something new: a step, a branch
  kWork,     // go on with a step that is running: values, signatures, completion
  kAmend,    // corrections, recovery, late results, releases: also when the run is over
  kTell,     // comments, deviations, failures, handover: facts that are never refused for a state
  kControl,  // judged by procedural_state.h
  kReview,   // only when the run is over
  kTime
};
inline constexpr std::size_t kCommandGroupCount = 8;

[[nodiscard]] CommandGroup group_of(const Command& command);

// clang-format off
namespace matrix {
inline constexpr bool no = false, yes = true;
inline constexpr std::array<std::array<bool, kCommandGroupCount>, kProceduralStateCount> kMay = {{
  //                  Start Begin Work Amend Tell Control Review Time
  /* Idle       */ {{ yes,  no,   no,  no,   no,  no,     no,    yes }},
  /* Running    */ {{ no,   yes,  yes, yes,  yes, yes,    no,    yes }},
  /* Pausing    */ {{ no,   no,   yes, yes,  yes, yes,    no,    yes }},
  /* Paused     */ {{ no,   no,   no,  yes,  yes, yes,    no,    yes }},
  /* Holding    */ {{ no,   no,   no,  yes,  yes, yes,    no,    yes }},
  /* Held       */ {{ no,   no,   no,  yes,  yes, yes,    no,    yes }},
  /* Restarting */ {{ no,   no,   no,  yes,  yes, yes,    no,    yes }},
  /* Stopping   */ {{ no,   no,   yes, yes,  yes, yes,    no,    yes }},
  /* Stopped    */ {{ no,   no,   yes, yes,  yes, yes,    yes,   yes }},
  /* Aborting   */ {{ no,   no,   no,  yes,  yes, yes,    no,    yes }},
  /* Aborted    */ {{ no,   no,   yes, yes,  yes, yes,    yes,   yes }},
  // A correction can re-open a step of a run that is over: work on it goes on, nothing new begins.
  /* Complete   */ {{ no,   yes,  yes, yes,  yes, yes,    yes,   yes }},
}};
}  // namespace matrix
// clang-format on
// Complete allows beginning, since a step can be repeated then; a token never moves again.

[[nodiscard]] inline bool may(RunStatus status, const Command& command) {
  return matrix::kMay[static_cast<std::size_t>(status)]
                     [static_cast<std::size_t>(group_of(command))];
}

}  // namespace batchwright::workflows

// The heart: two pure functions. No I/O, clock, thread, random source, screen or database.
//
//   decide(state, command, context) -> events | refusal      may this happen, and what follows from
//   it? apply(state, line)              -> state                 what does a recorded line mean?
//
// The shell commits the events first and applies the stored lines afterwards: decide, then record,
// then show.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/uuid.h"
#include "record/line.h"
#include "workflows/command.h"
#include "workflows/site_facts.h"
#include "workflows/state.h"

namespace batchwright::workflows {

struct Context {
  Instant now;
  std::string actor, role;   // person id and the role acted in
  std::string performed_by;  // empty = actor
  std::string lang = "en";
  std::string device, prefix;  // prefix of exception numbers, e.g. MIX2
  std::uint64_t exceptions_before =
      0;                            // exceptions this device ever opened; numbers continue from it
  Digest id_seed{};                 // fresh random bytes per command
  std::vector<std::string> roles;   // all roles of the actor
  const SiteFacts* site = nullptr;  // nullptr = nothing is known: gates that need it refuse
  // How far `now` may be wrong against the times in the record. Maximum times count the longest,
  // minimum times the shortest that it can have been (row B7).
  std::int64_t clock_uncertainty_ms = 0;
};

// Why a command was refused. Nothing changed. Worded for the operator: what is missing and the
// remedy.
struct Refusal {
  std::string rule;  // stable code, e.g. "step.entry.missing"
  std::string message;
  std::string place;  // step or entry
  // What the record keeps of it: one command_refused for gates, roles, order and states; none for
  // what was only mistyped, or when the same was refused to the same person less than a minute ago.
  std::vector<record::Draft> to_record = {};
};

// The events that follow, complete: automatic consequences (transitions, next steps ready, run
// complete, exceptions) are included. Ready to seal into one commit.
[[nodiscard]] std::expected<std::vector<record::Draft>, Refusal> decide(const RunState& state,
                                                                        const Command& command,
                                                                        const Context& context);

// Total over recorded lines: what can't happen in merged order is counted in `conflicts`, an
// unknown type in `not_understood`; commit lines and other subjects change nothing but the counter
// rules stated in events.md.
void apply(RunState& state, const record::StoredLine& line);

// A state before its first line; `mbr` must be the control recipe that run_started names.
[[nodiscard]] RunState initial_state(std::shared_ptr<const Mbr> mbr, std::string run);

// Fold of a whole run.
[[nodiscard]] RunState replay(std::shared_ptr<const Mbr> mbr, std::string run,
                              const std::vector<record::StoredLine>& lines);

// What a camera check, a challenge or a signature that a camera may stand in for waits for.
struct CheckNeed {
  enum class Act {
    kCheck,           // take the picture and judge it: RecordCheck
    kPutRight,        // it failed: say how it was put right: PutRight
    kDecide,          // its check is disabled or found no verdict too often: DecideCheck
    kChallengeFirst,  // the check waits for its start challenge, which is another entry
    kChallenge,       // show good and bad objects: RecordChallenge for each of `checks`
    kConfirm          // it passed and may stand in for the next signature: ConfirmCheckWorked
  };
  std::string entry;  // id
  Act act = Act::kCheck;
  bool may_decide = false;          // DecideCheck is possible now, beside or instead of a check
  bool is_disabled = false;         // kDecide: a challenge failed
  int fails_left = 0;               // kCheck: further fails after which the step is not yet held
  std::vector<std::string> checks;  // kChallenge: ids that are still to be challenged
  std::string meaning, mode;        // kConfirm: of the signature; equipment_performs ...
};

// What the screen needs to know about a step, derived.
struct StepNeeds {
  std::vector<std::string> missing_entries;       // ids, required and without a value in force
  std::vector<SignatureRule> missing_signatures;  // in order; the first is next
  std::vector<CheckNeed> checks;                  // in the order of the step's entries
  std::int64_t elapsed_ms =
      0;  // that counts for minimum and maximum: holds only where the MBR says
  std::int64_t minimum_left_ms = 0;
  bool held = false;
  [[nodiscard]] bool complete() const {
    return missing_entries.empty() && missing_signatures.empty() && minimum_left_ms <= 0 && !held;
  }
};
// A step that never became ready is never complete: `held` is true.
// Whether a camera may stand in is only known with the site's facts.
[[nodiscard]] StepNeeds needs(const RunState& state, const StepRef& step, Instant now,
                              const SiteFacts* site = nullptr);

// Steps that are ready, running or held, in document order: where people can work now (a held step
// waits for the person its reaction plan calls).
[[nodiscard]] std::vector<StepRef> open_steps(const RunState& state);

// Line hashes a signature on this step must cover now.
[[nodiscard]] std::vector<std::string> lines_to_sign(const RunState& state, const StepRef& step);

}  // namespace batchwright::workflows

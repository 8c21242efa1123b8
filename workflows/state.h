// The state of one run: only ever a fold of its events. Plain values; cheap to copy parts, never
// shared for writing.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "workflows/event.h"
#include "workflows/mbr.h"

namespace batchwright::workflows {

struct RunIndex;  // workflows/internal/run_index.h

// ISA-88 states of a run; the full matrix is a later extension, these are the ones reachable now.
enum class RunStatus { kIdle, kRunning, kHeld, kComplete, kAborted };
enum class StepStatus { kIdle, kReady, kRunning, kHeld, kComplete, kAborted };

struct StepRef {
  std::string path;
  int instance = 1;

  auto operator<=>(const StepRef&) const = default;
};
[[nodiscard]] std::string to_text(const StepRef& ref);  // path#n
[[nodiscard]] Result<StepRef> step_ref_from_text(std::string_view text);

// One value that was ever recorded for an entry, oldest first in EntryState.
struct RecordedValue {
  std::string raw, value, unit, verdict;
  std::string actor, role, time;  // who recorded it, when (record text form)
  std::string line_hash;          // hex; what signatures cover
  std::string reason;             // of the correction that made it
  bool superseded = false;        // a correction or re-measurement replaced it; stays visible
};

struct EntryState {
  std::vector<RecordedValue> values;

  // The one in force, or nullptr.
  [[nodiscard]] const RecordedValue* current() const;
};

struct SignatureState {
  std::string meaning, signer, name, role, time, mark, line_hash;
  std::vector<std::string> covered;
  std::string voided_by;  // hex hash of the line that changed covered data; empty = valid
};

struct ExceptionState {
  std::string id, number, exception_class, severity, step, entry, value, limit, plan, message, time,
      actor;
  std::vector<std::string> comments;
  bool released = false;
};

struct StepState {
  StepStatus status = StepStatus::kIdle;
  std::string ready_time, started_time, completed_time;
  std::int64_t started_unix_ms = 0;
  std::string started_by;
  std::map<std::string, EntryState> entries;  // by entry id
  std::vector<SignatureState> signatures;
  std::vector<std::string> lines;  // hex hashes of the lines a signature must cover, in order
  std::string held_by;             // exception id that holds it
  std::map<std::string, int> remeasured;  // entry id -> further measurements used
  bool maximum_reported = false;
  bool reopened =
      false;  // completed, then a correction took a signature away; its token has moved on
  std::set<std::string> excused;  // computed entries a person let go on without a result

  // `person` signed it or recorded a value in force: no second person for this step.
  [[nodiscard]] bool took_part(std::string_view person) const;
};

struct RunState {
  std::shared_ptr<const Mbr> mbr;  // the frozen control recipe; null until the run started
  std::string run, number, kind, mbr_hash;
  RunStatus status = RunStatus::kIdle;
  std::string started_time, ended_time;
  // Tokens: chart path -> place -> how many tokens wait there. A place is a node id (the token
  // arrived), "join<from" (an AND join, per incoming node) or "node>" (done with the node, waiting
  // for a transition after it).
  std::map<std::string, std::map<std::string, int>> tokens;
  std::map<std::string, std::string> elements;       // element path -> ISA-88 state name
  std::map<StepRef, StepState> steps;                // every instance that ever became ready
  std::map<std::string, int> instances;              // step path -> instances made
  std::map<std::string, ExceptionState> exceptions;  // by id
  std::vector<std::string> exception_order;
  std::set<std::string> challenges;  // used signature challenges
  std::uint64_t events = 0;
  std::uint64_t not_understood = 0;    // unknown types, kept and counted
  std::vector<std::string> conflicts;  // what could not happen in merged order; the first 1,000

  std::int64_t last_unix_ms = 0;  // of the newest line that was no recovery: a gap counts from it

  // Derived, so not in the state text.
  std::set<StepRef> open;                 // steps that are ready, running or held
  std::shared_ptr<const RunIndex> index;  // look-up tables over `mbr`, shared and never changed
};

// SHA-256 of the canonical JSON "state/1" of everything above except pointers; equal on every
// machine.
[[nodiscard]] std::string state_text(const RunState& state);
[[nodiscard]] std::string state_hash(const RunState& state);  // hex

[[nodiscard]] const char* to_string(RunStatus status);
[[nodiscard]] const char* to_string(StepStatus status);

}  // namespace batchwright::workflows

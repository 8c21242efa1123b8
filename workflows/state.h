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
#include "workflows/procedural_state.h"

namespace batchwright::workflows {

struct RunIndex;  // workflows/internal/run_index.h

using RunStatus = ProceduralState;  // of the batch as a whole
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
  std::string source;             // the device that captured it; empty = typed
  std::string invalidated;        // why it was taken out of force; empty = it was not
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
  std::string blocks;   // step, operation, batch; empty = nothing
  std::string release;  // roles that may release it
  std::int64_t unix_ms = 0;
  bool escalated = false;
};

// Of a gate, by a person who then can't begin the step.
struct Override {
  std::string person;
  std::int64_t unix_ms = 0;
};

// One attempt of a camera check, or a decision by people.
struct CheckAttempt {
  std::string verdict;                 // pass, fail, undecided, not_performed; ok, not_ok by people
  std::string check, sha256, camera;   // as it ran; a decision has no hash and camera
  std::string actor, time, line_hash;  // who had it made
  std::string score, threshold, evidence, reason;  // the reason is of a decision
  std::vector<std::pair<std::string, std::string>> readings;
  std::vector<std::string> regions;
  std::string put_right;  // of a fail: how; empty = nobody said so yet
};

// A camera check of a step instance. Whether it is filled says the entry's value: "pass" by a
// camera, "ok" by people.
struct CheckState {
  std::vector<CheckAttempt> attempts;  // oldest first, every one
  bool fail_stands = false;            // a fail that nobody has put right
  bool failed = false;                 // it ever failed here: the camera stands in for nobody
  int fails = 0;                       // since a release; more than attempts_max hold the step
  int no_verdicts = 0;                 // undecided and not performed
  std::set<std::string> taken;         // entries that took their reading from the newest pass

  // Or nullptr.
  [[nodiscard]] const CheckAttempt* newest() const {
    return attempts.empty() ? nullptr : &attempts.back();
  }
};

// One check's result in a challenge entry.
struct ChallengeResult {
  bool passed = false;
  std::string line_hash;
};

// A camera that stood in for a second person's signature.
struct StoodIn {
  std::string entry, meaning, role, mode, equipment, checked_by, time, line_hash;
  std::vector<std::string> covered;  // the step's lines until then
  std::string check_line;            // of the pass it rests on
  std::string voided_by;             // hex hash of the line that changed what it covered
};

struct StepState {
  StepStatus status = StepStatus::kIdle;
  std::string ready_time, started_time, completed_time;
  std::int64_t started_unix_ms = 0, completed_unix_ms = 0;
  std::string started_by;
  std::map<std::string, EntryState> entries;  // by entry id
  std::vector<SignatureState> signatures;
  std::vector<std::string> lines;  // hex hashes of the lines a signature must cover, in order
  std::string held_by;             // exception id that holds it
  std::map<std::string, int> remeasured;  // entry id -> further measurements used
  bool maximum_reported = false;
  bool reopened =
      false;  // completed, then a correction took a signature away; its token has moved on
  std::set<std::string> excused;         // computed entries a person let go on without a result
  std::map<std::string, Limits> limits;  // of entries with limit formulas, as computed
  std::map<std::string, std::string> limit_lines;  // entry -> hash of the line that computed them
  std::map<std::string, std::string> not_applicable;  // entry -> reason
  std::map<std::string, Override> overridden;         // by gate
  bool forced = false;                                // completed by force
  bool repeat = false;                                // a repetition: its completion moves no token
  bool voided = false;                                // replaced by a repetition
  std::string redline;                                // the redline that changed or added this step
  std::string reopened_by;                            // what re-opened it: path#n:entry
  std::int64_t held_ms = 0;                  // of the time since it started, while the run was held
  std::map<std::string, CheckState> checks;  // by entry
  // By entry, then check id.
  std::map<std::string, std::map<std::string, ChallengeResult>> challenges;
  std::vector<StoodIn> stood_in;

  // `person` signed it, recorded or decided a value in force, or confirmed that a camera worked:
  // no second person for this step.
  [[nodiscard]] bool took_part(std::string_view person) const;
};

// A late result that is awaited, or came and was bad.
struct PendingResult {
  std::string owner, due, consequence, blocks;
  std::int64_t due_unix_ms = 0;
  bool received = false;
  bool out_of_specification = false;  // one in force is; ends when quality invalidates it
  bool overdue_reported = false;
};

struct EquipmentBinding {
  std::string equipment, equipment_class, time, actor;
};

struct HoldState {
  std::string kind;       // planned, exception; empty = the run is not held
  std::string exception;  // the one that holds the batch, if one does
  std::int64_t since_unix_ms = 0;
  std::int64_t maximum_ms = 0;  // 0 = none
  bool maximum_reported = false;
};

struct RunRelation {
  std::string relation, run, detail;
};

struct Handover {
  std::string from, to, note, handed_over_time, taken_over_time;  // empty = not yet
};

struct Redline {
  std::string id, change, reason, proposer, step;
  std::set<std::string> approvers;
  bool quality = false;  // one of the approvers acted as quality
  bool in_force = false;
  std::uint64_t order = 0;  // among those in force, from 1
  bool rejected = false;    // never comes into force any more, and blocks nothing
  std::string rejection;    // why
};

struct Review {
  std::string stage, decision, reason, actor, time;
  bool ended = false;  // it was a rejection, or the record changed after it
};

// What this run knows of a check's suitability, by check id.
struct Suitability {
  std::string challenged_at;  // path#n:entry of the start challenge that it passed; empty = none
  std::string sha256;         // of the check that passed it
  std::string manifest;       // hex SHA-256 of the manifest of the set that was shown
  bool disabled = false;      // a challenge failed: no verdict of it counts in this run
};

struct RefusalCount {
  std::uint64_t count = 0;
  std::map<std::string, std::int64_t> recent;  // actor, rule and place -> when; of one minute
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

  std::map<std::string, EquipmentBinding> equipment;  // by requirement
  std::map<std::string, std::string> materials;       // requirement -> lot identified and usable
  std::map<std::string, PendingResult> pending;       // by path#n:entry
  std::map<std::string, std::string> held_elements;   // element path -> exception that holds it
  HoldState hold;
  std::vector<RunRelation> relations;
  std::vector<Handover> handovers;
  std::map<std::string, Redline> redlines;  // by id
  std::vector<Review> reviews;
  bool recall_told = false;                    // the run knows that its MBR was recalled: once
  bool recalled = false;                       // it was, and quality has not decided
  std::set<std::string> time_limits_reported;  // id#instance of `from`
  RefusalCount refusals;
  std::uint64_t conflicts_reported = 0;            // of `conflicts`, by an exception
  bool clock_reported = false;                     // that the panel's clock can't be trusted
  std::map<std::string, Suitability> suitability;  // by check id

  std::int64_t last_unix_ms = 0;  // of the newest line that was no recovery: a gap counts from it

  // Parameter -> the first transition, as chart:transition, that a condition over it decided.
  std::map<std::string, std::string> decided_by;

  // Not in the state text: the newest line's hex hash, which a review of the run covers, and what
  // is derived.
  std::string last_line;
  std::set<StepRef> open;                 // steps that are ready, running or held
  std::shared_ptr<const RunIndex> index;  // look-up tables over `mbr`, shared and never changed
};

// SHA-256 of the canonical JSON "state/3" of everything above except pointers; equal on every
// machine.
[[nodiscard]] std::string state_text(const RunState& state);
[[nodiscard]] std::string state_hash(const RunState& state);  // hex

[[nodiscard]] const char* to_string(StepStatus status);

}  // namespace batchwright::workflows

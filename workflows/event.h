// What happened in a run: the versioned vocabulary of the record. Never edited; a change is a new
// version or type. Each event is one journal line; docs/formats/events.md lists the bodies. All
// members are text in the record.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/error.h"
#include "record/line.h"

namespace batchwright::workflows {

struct RunStarted {  // run_started: freezes the control recipe
  std::string number, kind, mbr, version, mbr_hash, issue_sha256;
};
struct RunStateChanged {  // run_state_changed: ISA-88 command and states of the run
  std::string command, from, to, reason;
};
struct ElementStateChanged {  // element_state_changed: unit procedure, operation, phase
  std::string element, from, to;
  std::string command = {}, reason = {};  // since v 2; empty = by itself
};
struct StepReady {};      // step_ready: the token arrived; subject step in the envelope
struct StepStarted {};    // step_started
struct StepCompleted {};  // step_completed
struct TransitionFired {  // transition_fired: the branch decision with rule, inputs and result (row
                          // B9)
  std::string chart;      // path of the element whose chart it is
  std::string transition, condition;
  std::vector<std::pair<std::string, std::string>> inputs;
};
struct BarPassed {  // bar_passed: AND/OR split or join
  std::string chart, bar;
};
struct EntryRecorded {  // entry_recorded: raw as typed, value as reported
  std::string entry, kind, raw, value, unit;
  std::string
      verdict;  // ok, alert, action, implausible, unexpected; none when the entry has no limits
  std::string attempt;      // "1", "2" for a re-measurement
  std::string source = {};  // since v 2: the device that captured it, "result"; empty = typed
  std::string reason = {};  // since v 2: of a retest
};
struct LimitsComputed {  // limits_computed: what the limit formulas of an entry give now
  std::string entry;
  std::vector<std::pair<std::string, std::string>> limits = {};    // name, value
  std::vector<std::pair<std::string, std::string>> formulas = {};  // name, text
  std::vector<std::pair<std::string, std::string>> inputs = {};
  std::string error = {};
};
struct EntryComputed {  // entry_computed: formula text, inputs, raw and reported result, or the
                        // error
  std::string entry, formula;
  std::vector<std::pair<std::string, std::string>> inputs;
  std::string raw, value, unit, verdict, error;
};
struct EntryCorrected {  // entry_corrected: nothing is deleted
  std::string entry, old_value, raw, value, unit, verdict, reason;
  std::string corrects;               // hash of the line that held the old value
  std::vector<std::string> affected;  // formulas, limits and executed steps that used the old value
};
struct ValueInvalidated {  // value_invalidated: out of force, visible for ever
  std::string entry, invalidates, reason;
  std::vector<std::string> affected;
};
struct EntryNotApplicable {  // entry_not_applicable
  std::string entry, reason;
};
struct ResultPending {  // result_pending: the step is complete without it
  std::string entry, owner, due, consequence, blocks;
};
struct StepReopened {  // step_reopened: it relied on a value that was corrected
  std::string cause;   // path#n:entry
};
struct ExceptionOpened {        // exception_opened
  std::string id, number;       // UUIDv7 and short number, e.g. MIX2-0007
  std::string exception_class;  // workflows/exception_classes.h
  std::string severity;         // minor, major, critical
  std::string entry, value, limit, plan;
  std::string message;       // one English sentence; screens build their own from the fields
  std::string blocks = {};   // since v 2: step, operation, batch; empty = nothing
  std::string release = {};  // since v 2: roles that may release it, "supervisor, quality"
};
struct ExceptionEscalated {  // exception_escalated: still out of limits after the plan's time
  std::string id, severity, role;
};
struct ExceptionCommented {  // exception_commented
  std::string id, text;
};
struct SignatureMade {  // signature_made
  std::string statement, key, sig;
};
struct StepReleased {  // step_released
  std::string exception, reason;
  std::string statement = {}, key = {}, sig = {};  // since v 2: a release is signed
};
struct StepForced {  // step_forced: completed without what it missed
  std::string reason;
  std::vector<std::string> missing;
};
struct GateOverridden {  // gate_overridden
  std::string gate, reason;
};
struct StepRepeated {  // step_repeated: this instance is void, the next one ready
  std::string reason;
};
struct CommandRefused {  // command_refused: changes nothing but the count
  std::string command, rule, message, place;
};
struct TransitionChosen {  // transition_chosen: transition_fired follows
  std::string chart, transition, reason;
};
struct EquipmentBound {  // equipment_bound
  std::string requirement, equipment, equipment_class, replaces, reason;
};
struct MaterialIdentified {  // material_identified
  std::string requirement, lot, item;
};
struct SubjectStateChanged {  // subject_state_changed: equipment or room, for its logbook
  std::string kind, id, state;
};
struct HoldDeclared {  // hold_declared: what the hold that follows is
  std::string kind, maximum_s, exception;
};
struct HandedOver {  // handed_over: outgoing person
  std::string note;
  std::vector<std::string> open_steps, open_exceptions;
  std::string statement, key, sig;
};
struct TakenOver {  // taken_over: incoming person
  std::string statement, key, sig;
};
struct RunRelated {  // run_related
  std::string relation, run, detail;
};
struct RecipeRecalled {  // recipe_recalled
  std::string mbr_hash, reason;
};
struct RecallDecided {  // recall_decided
  std::string decision, reason;
};
struct RedlineProposed {  // redline_proposed
  std::string id, change, reason;
};
struct RedlineApproved {  // redline_approved
  std::string id, reason;
};
struct RedlineRejected {  // redline_rejected: also withdrawn by who proposed it
  std::string id, reason;
};
struct RunReviewed {  // run_reviewed; version 1 held no signature
  std::string stage, decision, reason;
  std::string statement, key, sig;
};
struct CameraChecked {  // camera_checked: one attempt, whatever it said
  std::string entry, check, version, check_sha256, camera;
  std::string verdict;              // pass, fail, undecided, not_performed
  std::string attempt;              // "1", "2" ... of this entry in this step instance
  std::string score, threshold;     // decimals, or empty
  std::vector<std::string> frames;  // hex SHA-256
  std::string evidence;             // hex SHA-256
  std::vector<std::pair<std::string, std::string>> readings;
  std::vector<std::string> regions;
};
struct CheckPutRight {  // check_put_right: what a fail showed was mended
  std::string entry, reason;
};
struct CheckDecided {  // check_decided: by people, where the camera said neither pass nor fail
  std::string entry, check, decision, reason;
  std::string why;  // undecided, not_performed, disabled
};
struct CameraChallenged {  // camera_challenged: known-good and known-bad objects were shown
  std::string entry, when, check, version, check_sha256, camera;
  std::string good, good_passed, bad, bad_failed;  // whole numbers
  std::string result;                              // passed, failed
  std::string evidence;
  std::vector<std::string> affected;  // end, failed: path#n:entry of what the check had passed
  std::string manifest = {};  // hex SHA-256 of the set's manifest; empty: nothing shown, version 1
};
struct CameraStoodIn {  // camera_stood_in: equipment checked, one person checked that it worked
  std::string entry, meaning, role, mode;
  std::vector<std::pair<std::string, std::string>> policy;  // market, what its policy says
  std::string equipment;                                    // camera and hash of the check
  std::string checked_by;
};
struct StepRecovered {  // step_recovered
  std::string rule, process_state, gap_ms;
};

using Event = std::variant<
    RunStarted, RunStateChanged, ElementStateChanged, StepReady, StepStarted, StepCompleted,
    TransitionFired, BarPassed, EntryRecorded, EntryComputed, LimitsComputed, EntryCorrected,
    ValueInvalidated, EntryNotApplicable, ResultPending, StepReopened, ExceptionOpened,
    ExceptionCommented, ExceptionEscalated, SignatureMade, StepReleased, StepForced, GateOverridden,
    StepRepeated, StepRecovered, CommandRefused, TransitionChosen, EquipmentBound,
    MaterialIdentified, SubjectStateChanged, HoldDeclared, HandedOver, TakenOver, RunRelated,
    RecipeRecalled, RecallDecided, RedlineProposed, RedlineApproved, RedlineRejected, RunReviewed,
    CameraChecked, CheckPutRight, CheckDecided, CameraChallenged, CameraStoodIn>;

// The type and body of `event`; the caller fills subject, step, actor and so on.
[[nodiscard]] record::Draft encode_event(const Event& event);

// kUnsupported for an unknown type (kept, shown as not understood) or an unknown version of a known
// one; kMalformed for a body that misses a member.
[[nodiscard]] Result<Event> decode_event(const record::Draft& draft);

}  // namespace batchwright::workflows

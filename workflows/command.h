// What a person or device may ask of a run. A command may be refused; a refusal changes nothing.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "workflows/procedural_state.h"

namespace batchwright::workflows {

// `step` is always path#instance, e.g. "compound/temperature#1" (see StepRef in state.h).

struct StartRun {
  std::string run;             // UUIDv7
  std::string number;          // unique batch number people see, e.g. B-2417
  std::string kind = "batch";  // batch, cleaning, set-up, daily check, rework
  std::string issue_sha256;    // hex hash of the signed issue document
};

// A person opens the step's screen and begins to work. Refused unless the step is ready and its
// gates hold.
struct BeginStep {
  std::string step;
};

// Stores a value as typed. Never refused for being out of limits, implausible or unexpected;
// refused only when it is not a number in that unit and format, not one of the choices, or the step
// is not running. A second value for the same entry is a re-measurement when a reaction plan allows
// one, otherwise refused towards CorrectEntry.
struct RecordEntry {
  std::string step, entry;
  std::string raw;  // decimals with '.', yes/no, choice text, RFC 3339, "done" for acknowledge, hex
                    // digest for photo
  std::string unit = {};    // of `raw`; empty = the entry's. Converted exactly, or refused
  std::string source = {};  // the device that captured it, e.g. "scale:BS-04"; empty = typed
};

// New value for something already recorded, with the reason. Allowed while the run is not reviewed,
// also after the step was completed and signed. Captured values are refused: see InvalidateValue.
struct CorrectEntry {
  std::string step, entry, raw, reason;
};

// Takes a captured value or a late result out of force without putting another in its place. Late
// results only by quality (row B13).
struct InvalidateValue {
  std::string step, entry, reason;
  std::string line_hash;  // of the value; empty = the one in force
};

// The entry does not apply this time. Only where the MBR allows it.
struct MarkNotApplicable {
  std::string step, entry, reason;
};

// A late result, by the role that owns it. A second one is a retest and needs a reason.
struct RecordResult {
  std::string step, entry, raw, reason;
};

// What the operator saw when a value was out of limits ("Display was steady"), or a free comment to
// an exception.
struct CommentException {
  std::string exception, text;
};

// A manual deviation from any step.
struct ReportDeviation {
  std::string step;  // may be empty
  std::string text;
};

// An operator's comment on a step: an exception of class annotated_step, for the reviewer.
struct AnnotateStep {
  std::string step, text;
};

// Something outside failed or was changed: instrument_failure, communication_failure,
// automation_change. The only exceptions a device may open by itself.
struct ReportFailure {
  std::string step;  // may be empty
  std::string exception_class, text;
};

// A person's signature over committed lines; built by client/ from record/signature.h. The engine
// checks role, independence, meaning order, challenge freshness and that `covered` is exactly what
// the step holds now.
struct SignStep {
  std::string step, meaning;
  std::string statement, key_hex, signature_hex;
};

// Ends the step. Refused with the missing things named: required entry, signature, minimum time,
// held by a plan.
struct CompleteStep {
  std::string step;
};

// The role that the exception or its plan names lets go on what it stopped: step, operation or
// batch. Signed, meaning "released", over the step's lines.
struct ReleaseStep {
  std::string step, exception, reason;
  std::string statement, key_hex, signature_hex;
};

// Completes a step without what it misses, or begins it against a gate: another qualified person
// than those who worked at it, with a reason; an exception says so at the top of the review.
struct ForceStep {
  std::string step, reason;
};
struct OverrideGate {  // valid for 15 minutes
  std::string step, gate, reason;
};

// The step is done once more as a new instance; the old one stays, marked void. Nothing that
// followed is undone.
struct RepeatStep {
  std::string step, reason;
};

// After power cut or restart, for a step that was running: applies the MBR's recovery rule.
struct RecoverStep {
  std::string step;
  std::string process_state;  // what the operator says about the process now
};

// Takes a transition that a person chooses.
struct ChooseTransition {
  std::string chart, transition, reason;
};

// An ISA-88 command to the batch (element "") or to a unit procedure, operation or phase.
struct Control {
  std::string element;
  ProceduralCommand command = ProceduralCommand::kHold;
  std::string reason;
  bool planned = false;  // kHold: storage and the like, no exception; has a maximum time
};

// Another instance takes the place of one that was checked in.
struct SwapEquipment {
  std::string requirement, equipment, reason;
};

// The person who answers for the batch changes. Both sign; the record lists what is open.
struct HandOver {
  std::string note;
  std::string statement, key_hex, signature_hex;  // meaning "handed over"
};
struct TakeOver {
  std::string statement, key_hex, signature_hex;  // meaning "taken over"
};

// consumes, split, merge, sub-lot, campaign position, rework-of. Rework only by quality.
struct RelateRun {
  std::string relation, other_run, detail;
};

// The site recalled the MBR of this run: nothing begins until quality decides.
struct RecallRecipe {
  std::string reason;
};
struct DecideRecall {
  bool go_on = false;
  std::string reason;
};

// A governed change to this run only. `change` is one JSON object in the MBR's language
// (docs/formats/mbr.md, "Redlines"). A second person and a person who acts as quality approve
// before it is in force; neither is who proposed it. Until then it can be rejected by supervisor or
// quality, or withdrawn by who proposed it. What counts is the role a person acts in, not one only
// held: the record names that role.
struct ProposeRedline {
  std::string change, reason;
};
struct ApproveRedline {
  std::string redline, reason;
};
struct RejectRedline {
  std::string redline, reason;
};

// Signed over the run's last line, so over all that the reviewer could see.
// production (supervisor) and quality review; accepted or rejected. Between them and afterwards
// only quality changes the record, and any change of it, like a rejection, makes the reviews start
// again.
struct ReviewRun {
  std::string stage, decision, reason;
  std::string statement, key_hex, signature_hex;  // meaning: the decision
};

// What a camera check said of an object (requirement E3). Every attempt is kept, whatever it says.
// Only the check file and the camera that the MBR names count; both are compared.
struct RecordCheck {
  std::string step, entry;
  std::string verdict;       // pass, fail, undecided, not_performed
  std::string check_sha256;  // hex, of the check file that ran
  std::string camera;
  std::string score = {}, threshold = {};  // decimals; empty when the check has none
  std::vector<std::string> frames = {};    // hex SHA-256 of the stored raw frames
  std::string evidence = {};               // hex SHA-256 of the stored evidence document
  std::vector<std::pair<std::string, std::string>> readings = {};  // name, text as it was read
  std::vector<std::string> regions = {};  // what decided, e.g. "feed: out_of_order"
};

// After a fail: what was wrong is put right, and how. Only then the next attempt.
struct PutRight {
  std::string step, entry, reason;
};

// What people see where the camera came to no verdict, or its check is disabled. A second person
// then signs the step as "verified". Never of a fail.
struct DecideCheck {
  std::string step, entry;
  std::string decision;  // ok, not_ok; the latter is a fail
  std::string reason;
};

// System suitability: the known-good and known-bad set was shown to one check (requirement E8).
struct RecordChallenge {
  std::string step, entry;
  std::string check;  // id, one of the entry's list
  std::string check_sha256, camera;
  int good = 0, good_passed = 0;  // objects shown, and judged as they are
  int bad = 0, bad_failed = 0;
  std::string evidence = {};  // hex SHA-256 of the stored evidence document
  std::string manifest = {};  // hex SHA-256 of the manifest of the set; empty: nothing was shown
};

// The one person says that the equipment did its check: where recipe, markets and site allow it,
// it stands in for the second person's signature that is next (21 CFR 211.68(c), requirement E11).
struct ConfirmCheckWorked {
  std::string step, entry;
};

// Time passed; opens exceptions for exceeded maxima. Never refused; often gives no event.
struct Tick {};

using Command =
    std::variant<StartRun, BeginStep, RecordEntry, CorrectEntry, InvalidateValue, MarkNotApplicable,
                 RecordResult, CommentException, ReportDeviation, AnnotateStep, ReportFailure,
                 SignStep, CompleteStep, ReleaseStep, ForceStep, OverrideGate, RepeatStep,
                 RecoverStep, ChooseTransition, Control, SwapEquipment, HandOver, TakeOver,
                 RelateRun, RecallRecipe, DecideRecall, ProposeRedline, ApproveRedline,
                 RejectRedline, ReviewRun, RecordCheck, PutRight, DecideCheck, RecordChallenge,
                 ConfirmCheckWorked, Tick>;

}  // namespace batchwright::workflows

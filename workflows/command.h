// What a person or device may ask of a run. A command may be refused; a refusal changes nothing.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace batchwright::workflows {

// `step` is always path#instance, e.g. "compound/temperature#1" (see StepRef in state.h).

struct StartRun {
  std::string run;             // UUIDv7
  std::string number;          // unique batch number people see, e.g. B-2417
  std::string kind = "batch";  // batch, cleaning, set-up, daily check, rework
  std::string issue_sha256;    // hex hash of the signed issue document
};

// A person opens the step's screen and begins to work. Refused unless the step is ready.
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
};

// New value for something already recorded, with the reason. Allowed while the run is not reviewed,
// also after the step was completed and signed.
struct CorrectEntry {
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

// Supervisor or quality lets a held step go on after a reaction plan stopped it.
struct ReleaseStep {
  std::string step, exception, reason;
};

// After power cut or restart, for a step that was running: applies the MBR's recovery rule.
struct RecoverStep {
  std::string step;
  std::string process_state;  // what the operator says about the process now
};

struct HoldRun {
  std::string reason;
};
struct ResumeRun {
  std::string reason;
};
struct AbortRun {
  std::string reason;
};

// Time passed; opens exceptions for exceeded maxima. Never refused; often gives no event.
struct Tick {};

using Command = std::variant<StartRun, BeginStep, RecordEntry, CorrectEntry, CommentException,
                             ReportDeviation, SignStep, CompleteStep, ReleaseStep, RecoverStep,
                             HoldRun, ResumeRun, AbortRun, Tick>;

}  // namespace batchwright::workflows

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
  std::string attempt;  // "1", "2" for a re-measurement
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
struct ExceptionOpened {        // exception_opened
  std::string id, number;       // UUIDv7 and short number, e.g. MIX2-0007
  std::string exception_class;  // alert_limit, action_limit, implausible_value, unexpected_answer,
                                // time_exceeded, formula_error, correction, manual_deviation,
                                // interruption, run_held, run_aborted, conflict
  std::string severity;         // minor, major, critical
  std::string entry, value, limit, plan;
  std::string message;  // one English sentence; screens build their own from the fields
};
struct ExceptionCommented {  // exception_commented
  std::string id, text;
};
struct SignatureMade {  // signature_made
  std::string statement, key, sig;
};
struct StepReleased {  // step_released
  std::string exception, reason;
};
struct StepRecovered {  // step_recovered
  std::string rule, process_state, gap_ms;
};

using Event = std::variant<RunStarted, RunStateChanged, ElementStateChanged, StepReady, StepStarted,
                           StepCompleted, TransitionFired, BarPassed, EntryRecorded, EntryComputed,
                           EntryCorrected, ExceptionOpened, ExceptionCommented, SignatureMade,
                           StepReleased, StepRecovered>;

// The type and body of `event`; the caller fills subject, step, actor and so on.
[[nodiscard]] record::Draft encode_event(const Event& event);

// kUnsupported for an unknown type (kept, shown as not understood) or an unknown version of a known
// one; kMalformed for a body that misses a member.
[[nodiscard]] Result<Event> decode_event(const record::Draft& draft);

}  // namespace batchwright::workflows

// The one set of rules that moves a run's state, one call operator per event; each in the file of
// its subject (apply_run.cpp, apply_step.cpp, apply_entry.cpp, apply_exception.cpp,
// apply_life.cpp). Pure and total: what can't happen becomes a conflict.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "workflows/internal/apply_event.h"

namespace batchwright::workflows {

class Applier {
 public:
  Applier(StateEdit& state, const LineFacts& line) : state_(state), line_(line) {}

  // apply_run.cpp
  void operator()(const RunStarted& event);
  void operator()(const RunStateChanged& event);
  void operator()(const ElementStateChanged& event);
  void operator()(const TransitionFired& event);
  void operator()(const TransitionChosen& event);
  void operator()(const BarPassed& event);
  void operator()(const HoldDeclared& event);
  // apply_step.cpp
  void operator()(const StepReady& event);
  void operator()(const StepStarted& event);
  void operator()(const StepCompleted& event);
  void operator()(const StepForced& event);
  void operator()(const StepRepeated& event);
  void operator()(const StepRecovered& event);
  void operator()(const StepReopened& event);
  void operator()(const StepReleased& event);
  void operator()(const GateOverridden& event);
  void operator()(const SignatureMade& event);
  // apply_entry.cpp
  void operator()(const EntryRecorded& event);
  void operator()(const EntryComputed& event);
  void operator()(const EntryCorrected& event);
  void operator()(const LimitsComputed& event);
  void operator()(const ValueInvalidated& event);
  void operator()(const EntryNotApplicable& event);
  void operator()(const ResultPending& event);
  // apply_exception.cpp
  void operator()(const ExceptionOpened& event);
  void operator()(const ExceptionCommented& event);
  void operator()(const ExceptionEscalated& event);
  void operator()(const CommandRefused& event);
  // apply_life.cpp
  void operator()(const EquipmentBound& event);
  void operator()(const MaterialIdentified& event);
  void operator()(const SubjectStateChanged& event);
  void operator()(const HandedOver& event);
  void operator()(const TakenOver& event);
  void operator()(const RunRelated& event);
  void operator()(const RecipeRecalled& event);
  void operator()(const RecallDecided& event);
  void operator()(const RedlineProposed& event);
  void operator()(const RedlineApproved& event);
  void operator()(const RedlineRejected& event);
  void operator()(const RunReviewed& event);
  // apply_check.cpp
  void operator()(const CameraChecked& event);
  void operator()(const CheckPutRight& event);
  void operator()(const CheckDecided& event);
  void operator()(const CameraChallenged& event);
  void operator()(const CameraStoodIn& event);

 private:
  void conflict(const char* type, std::string_view why);
  // The step the envelope names, when the MBR has it.
  [[nodiscard]] std::optional<StepRef> known_step() const;
  // The same, when the instance exists.
  [[nodiscard]] std::optional<StepRef> existing_step() const;
  [[nodiscard]] std::optional<StepRef> step_in(std::initializer_list<StepStatus> statuses) const;
  [[nodiscard]] bool has_entry(const StepRef& ref, const std::string& id) const;
  // A value that a camera check read: the next one needs a new look at the object.
  void take_reading(const StepRef& ref, const EntryRecorded& event);
  void fail_check(const StepRef& ref, const std::string& entry);
  // Its result is out of force: nothing rests on it any more. A check it disabled stays so.
  void open_challenge_again(const StepRef& ref, const std::string& entry);
  void take_back_stand_ins(const std::string& check);
  void judge_challenge(const StepRef& ref, const Entry& entry);
  void put_value(const StepRef& ref, const std::string& entry, RecordedValue value);
  // Takes the value in force out of force and voids exactly the signatures that covered it.
  bool supersede(const StepRef& ref, const std::string& entry);
  void void_signatures(const StepRef& ref, const std::string& covered_hash);
  // The token of a re-opened step has moved on and stays where it is: what follows was done and is
  // only marked.
  bool reopen_if_incomplete(const StepRef& ref);
  void bring_into_force(const std::string& redline);
  bool use_challenge_of(const std::string& text, const char* type);
  void end_open_work(const std::string& below, const char* state);
  void judge_pending(const StepRef& ref, const std::string& entry, const std::string& verdict);

  StateEdit& state_;
  const LineFacts& line_;
};

}  // namespace batchwright::workflows

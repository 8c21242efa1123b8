// The one description of every event's members, used for writing and for reading. A new event is
// one struct in event.h, one entry here and one rule in apply.
#pragma once

#include <tuple>

#include "workflows/event.h"

namespace batchwright::workflows {

template <typename Event, typename Text>
struct Member {
  const char* key;
  Text Event::* pointer;
  int since = 1;  // the version of the event that brought it
};
template <typename Event, typename Text>
Member(const char*, Text Event::*) -> Member<Event, Text>;
template <typename Event, typename Text>
Member(const char*, Text Event::*, int) -> Member<Event, Text>;

template <typename Event>
struct Schema;  // type and members; the version is that of its newest member

template <>
struct Schema<RunStarted> {
  static constexpr const char* type = "run_started";
  static constexpr std::tuple members{
      Member{"number", &RunStarted::number},     Member{"kind", &RunStarted::kind},
      Member{"mbr", &RunStarted::mbr},           Member{"version", &RunStarted::version},
      Member{"mbr_hash", &RunStarted::mbr_hash}, Member{"issue_sha256", &RunStarted::issue_sha256}};
};

template <>
struct Schema<RunStateChanged> {
  static constexpr const char* type = "run_state_changed";
  static constexpr std::tuple members{
      Member{"command", &RunStateChanged::command}, Member{"from", &RunStateChanged::from},
      Member{"to", &RunStateChanged::to}, Member{"reason", &RunStateChanged::reason}};
};

template <>
struct Schema<ElementStateChanged> {
  static constexpr const char* type = "element_state_changed";
  static constexpr std::tuple members{
      Member{"element", &ElementStateChanged::element}, Member{"from", &ElementStateChanged::from},
      Member{"to", &ElementStateChanged::to}, Member{"command", &ElementStateChanged::command, 2},
      Member{"reason", &ElementStateChanged::reason, 2}};
};

template <>
struct Schema<StepReady> {
  static constexpr const char* type = "step_ready";
  static constexpr std::tuple members{};
};

template <>
struct Schema<StepStarted> {
  static constexpr const char* type = "step_started";
  static constexpr std::tuple members{};
};

template <>
struct Schema<StepCompleted> {
  static constexpr const char* type = "step_completed";
  static constexpr std::tuple members{};
};

template <>
struct Schema<TransitionFired> {
  static constexpr const char* type = "transition_fired";
  static constexpr std::tuple members{
      Member{"chart", &TransitionFired::chart}, Member{"transition", &TransitionFired::transition},
      Member{"condition", &TransitionFired::condition}, Member{"inputs", &TransitionFired::inputs}};
};

template <>
struct Schema<BarPassed> {
  static constexpr const char* type = "bar_passed";
  static constexpr std::tuple members{Member{"chart", &BarPassed::chart},
                                      Member{"bar", &BarPassed::bar}};
};

template <>
struct Schema<EntryRecorded> {
  static constexpr const char* type = "entry_recorded";
  static constexpr std::tuple members{
      Member{"entry", &EntryRecorded::entry},     Member{"kind", &EntryRecorded::kind},
      Member{"raw", &EntryRecorded::raw},         Member{"value", &EntryRecorded::value},
      Member{"unit", &EntryRecorded::unit},       Member{"verdict", &EntryRecorded::verdict},
      Member{"attempt", &EntryRecorded::attempt}, Member{"source", &EntryRecorded::source, 2},
      Member{"reason", &EntryRecorded::reason, 2}};
};

template <>
struct Schema<EntryComputed> {
  static constexpr const char* type = "entry_computed";
  static constexpr std::tuple members{
      Member{"entry", &EntryComputed::entry},     Member{"formula", &EntryComputed::formula},
      Member{"inputs", &EntryComputed::inputs},   Member{"raw", &EntryComputed::raw},
      Member{"value", &EntryComputed::value},     Member{"unit", &EntryComputed::unit},
      Member{"verdict", &EntryComputed::verdict}, Member{"error", &EntryComputed::error}};
};

template <>
struct Schema<EntryCorrected> {
  static constexpr const char* type = "entry_corrected";
  static constexpr std::tuple members{
      Member{"entry", &EntryCorrected::entry},      Member{"old_value", &EntryCorrected::old_value},
      Member{"raw", &EntryCorrected::raw},          Member{"value", &EntryCorrected::value},
      Member{"unit", &EntryCorrected::unit},        Member{"verdict", &EntryCorrected::verdict},
      Member{"reason", &EntryCorrected::reason},    Member{"corrects", &EntryCorrected::corrects},
      Member{"affected", &EntryCorrected::affected}};
};

template <>
struct Schema<ExceptionOpened> {
  static constexpr const char* type = "exception_opened";
  static constexpr std::tuple members{Member{"id", &ExceptionOpened::id},
                                      Member{"number", &ExceptionOpened::number},
                                      Member{"class", &ExceptionOpened::exception_class},
                                      Member{"severity", &ExceptionOpened::severity},
                                      Member{"entry", &ExceptionOpened::entry},
                                      Member{"value", &ExceptionOpened::value},
                                      Member{"limit", &ExceptionOpened::limit},
                                      Member{"plan", &ExceptionOpened::plan},
                                      Member{"message", &ExceptionOpened::message},
                                      Member{"blocks", &ExceptionOpened::blocks, 2},
                                      Member{"release", &ExceptionOpened::release, 2}};
};

template <>
struct Schema<ExceptionCommented> {
  static constexpr const char* type = "exception_commented";
  static constexpr std::tuple members{Member{"id", &ExceptionCommented::id},
                                      Member{"text", &ExceptionCommented::text}};
};

template <>
struct Schema<SignatureMade> {
  static constexpr const char* type = "signature_made";
  static constexpr std::tuple members{Member{"statement", &SignatureMade::statement},
                                      Member{"key", &SignatureMade::key},
                                      Member{"sig", &SignatureMade::sig}};
};

template <>
struct Schema<StepReleased> {
  static constexpr const char* type = "step_released";
  static constexpr std::tuple members{
      Member{"exception", &StepReleased::exception}, Member{"reason", &StepReleased::reason},
      Member{"statement", &StepReleased::statement, 2}, Member{"key", &StepReleased::key, 2},
      Member{"sig", &StepReleased::sig, 2}};
};

template <>
struct Schema<StepRecovered> {
  static constexpr const char* type = "step_recovered";
  static constexpr std::tuple members{Member{"rule", &StepRecovered::rule},
                                      Member{"process_state", &StepRecovered::process_state},
                                      Member{"gap_ms", &StepRecovered::gap_ms}};
};

template <>
struct Schema<LimitsComputed> {
  static constexpr const char* type = "limits_computed";
  static constexpr std::tuple members{
      Member{"entry", &LimitsComputed::entry}, Member{"limits", &LimitsComputed::limits},
      Member{"formulas", &LimitsComputed::formulas}, Member{"inputs", &LimitsComputed::inputs},
      Member{"error", &LimitsComputed::error}};
};

template <>
struct Schema<ValueInvalidated> {
  static constexpr const char* type = "value_invalidated";
  static constexpr std::tuple members{Member{"entry", &ValueInvalidated::entry},
                                      Member{"invalidates", &ValueInvalidated::invalidates},
                                      Member{"reason", &ValueInvalidated::reason},
                                      Member{"affected", &ValueInvalidated::affected}};
};

template <>
struct Schema<EntryNotApplicable> {
  static constexpr const char* type = "entry_not_applicable";
  static constexpr std::tuple members{Member{"entry", &EntryNotApplicable::entry},
                                      Member{"reason", &EntryNotApplicable::reason}};
};

template <>
struct Schema<ResultPending> {
  static constexpr const char* type = "result_pending";
  static constexpr std::tuple members{
      Member{"entry", &ResultPending::entry}, Member{"owner", &ResultPending::owner},
      Member{"due", &ResultPending::due}, Member{"consequence", &ResultPending::consequence},
      Member{"blocks", &ResultPending::blocks}};
};

template <>
struct Schema<StepReopened> {
  static constexpr const char* type = "step_reopened";
  static constexpr std::tuple members{Member{"cause", &StepReopened::cause}};
};

template <>
struct Schema<ExceptionEscalated> {
  static constexpr const char* type = "exception_escalated";
  static constexpr std::tuple members{Member{"id", &ExceptionEscalated::id},
                                      Member{"severity", &ExceptionEscalated::severity},
                                      Member{"role", &ExceptionEscalated::role}};
};

template <>
struct Schema<StepForced> {
  static constexpr const char* type = "step_forced";
  static constexpr std::tuple members{Member{"reason", &StepForced::reason},
                                      Member{"missing", &StepForced::missing}};
};

template <>
struct Schema<GateOverridden> {
  static constexpr const char* type = "gate_overridden";
  static constexpr std::tuple members{Member{"gate", &GateOverridden::gate},
                                      Member{"reason", &GateOverridden::reason}};
};

template <>
struct Schema<StepRepeated> {
  static constexpr const char* type = "step_repeated";
  static constexpr std::tuple members{Member{"reason", &StepRepeated::reason}};
};

template <>
struct Schema<CommandRefused> {
  static constexpr const char* type = "command_refused";
  static constexpr std::tuple members{
      Member{"command", &CommandRefused::command}, Member{"rule", &CommandRefused::rule},
      Member{"message", &CommandRefused::message}, Member{"place", &CommandRefused::place}};
};

template <>
struct Schema<TransitionChosen> {
  static constexpr const char* type = "transition_chosen";
  static constexpr std::tuple members{Member{"chart", &TransitionChosen::chart},
                                      Member{"transition", &TransitionChosen::transition},
                                      Member{"reason", &TransitionChosen::reason}};
};

template <>
struct Schema<EquipmentBound> {
  static constexpr const char* type = "equipment_bound";
  static constexpr std::tuple members{Member{"requirement", &EquipmentBound::requirement},
                                      Member{"equipment", &EquipmentBound::equipment},
                                      Member{"class", &EquipmentBound::equipment_class},
                                      Member{"replaces", &EquipmentBound::replaces},
                                      Member{"reason", &EquipmentBound::reason}};
};

template <>
struct Schema<MaterialIdentified> {
  static constexpr const char* type = "material_identified";
  static constexpr std::tuple members{Member{"requirement", &MaterialIdentified::requirement},
                                      Member{"lot", &MaterialIdentified::lot},
                                      Member{"item", &MaterialIdentified::item}};
};

template <>
struct Schema<SubjectStateChanged> {
  static constexpr const char* type = "subject_state_changed";
  static constexpr std::tuple members{Member{"kind", &SubjectStateChanged::kind},
                                      Member{"id", &SubjectStateChanged::id},
                                      Member{"state", &SubjectStateChanged::state}};
};

template <>
struct Schema<HoldDeclared> {
  static constexpr const char* type = "hold_declared";
  static constexpr std::tuple members{Member{"kind", &HoldDeclared::kind},
                                      Member{"maximum_s", &HoldDeclared::maximum_s},
                                      Member{"exception", &HoldDeclared::exception}};
};

template <>
struct Schema<HandedOver> {
  static constexpr const char* type = "handed_over";
  static constexpr std::tuple members{Member{"note", &HandedOver::note},
                                      Member{"open_steps", &HandedOver::open_steps},
                                      Member{"open_exceptions", &HandedOver::open_exceptions},
                                      Member{"statement", &HandedOver::statement},
                                      Member{"key", &HandedOver::key},
                                      Member{"sig", &HandedOver::sig}};
};

template <>
struct Schema<TakenOver> {
  static constexpr const char* type = "taken_over";
  static constexpr std::tuple members{Member{"statement", &TakenOver::statement},
                                      Member{"key", &TakenOver::key},
                                      Member{"sig", &TakenOver::sig}};
};

template <>
struct Schema<RunRelated> {
  static constexpr const char* type = "run_related";
  static constexpr std::tuple members{Member{"relation", &RunRelated::relation},
                                      Member{"run", &RunRelated::run},
                                      Member{"detail", &RunRelated::detail}};
};

template <>
struct Schema<RecipeRecalled> {
  static constexpr const char* type = "recipe_recalled";
  static constexpr std::tuple members{Member{"mbr_hash", &RecipeRecalled::mbr_hash},
                                      Member{"reason", &RecipeRecalled::reason}};
};

template <>
struct Schema<RecallDecided> {
  static constexpr const char* type = "recall_decided";
  static constexpr std::tuple members{Member{"decision", &RecallDecided::decision},
                                      Member{"reason", &RecallDecided::reason}};
};

template <>
struct Schema<RedlineProposed> {
  static constexpr const char* type = "redline_proposed";
  static constexpr std::tuple members{Member{"id", &RedlineProposed::id},
                                      Member{"change", &RedlineProposed::change},
                                      Member{"reason", &RedlineProposed::reason}};
};

template <>
struct Schema<RedlineApproved> {
  static constexpr const char* type = "redline_approved";
  static constexpr std::tuple members{Member{"id", &RedlineApproved::id},
                                      Member{"reason", &RedlineApproved::reason}};
};

template <>
struct Schema<RedlineRejected> {
  static constexpr const char* type = "redline_rejected";
  static constexpr std::tuple members{Member{"id", &RedlineRejected::id},
                                      Member{"reason", &RedlineRejected::reason}};
};

template <>
struct Schema<RunReviewed> {
  static constexpr const char* type = "run_reviewed";
  static constexpr std::tuple members{
      Member{"stage", &RunReviewed::stage},   Member{"decision", &RunReviewed::decision},
      Member{"reason", &RunReviewed::reason}, Member{"statement", &RunReviewed::statement, 2},
      Member{"key", &RunReviewed::key, 2},    Member{"sig", &RunReviewed::sig, 2}};
};

template <>
struct Schema<CameraChecked> {
  static constexpr const char* type = "camera_checked";
  static constexpr std::tuple members{Member{"entry", &CameraChecked::entry},
                                      Member{"check", &CameraChecked::check},
                                      Member{"version", &CameraChecked::version},
                                      Member{"check_sha256", &CameraChecked::check_sha256},
                                      Member{"camera", &CameraChecked::camera},
                                      Member{"verdict", &CameraChecked::verdict},
                                      Member{"attempt", &CameraChecked::attempt},
                                      Member{"score", &CameraChecked::score},
                                      Member{"threshold", &CameraChecked::threshold},
                                      Member{"frames", &CameraChecked::frames},
                                      Member{"evidence", &CameraChecked::evidence},
                                      Member{"readings", &CameraChecked::readings},
                                      Member{"regions", &CameraChecked::regions}};
};

template <>
struct Schema<CheckPutRight> {
  static constexpr const char* type = "check_put_right";
  static constexpr std::tuple members{Member{"entry", &CheckPutRight::entry},
                                      Member{"reason", &CheckPutRight::reason}};
};

template <>
struct Schema<CheckDecided> {
  static constexpr const char* type = "check_decided";
  static constexpr std::tuple members{
      Member{"entry", &CheckDecided::entry}, Member{"check", &CheckDecided::check},
      Member{"decision", &CheckDecided::decision}, Member{"reason", &CheckDecided::reason},
      Member{"why", &CheckDecided::why}};
};

template <>
struct Schema<CameraChallenged> {
  static constexpr const char* type = "camera_challenged";
  static constexpr std::tuple members{Member{"entry", &CameraChallenged::entry},
                                      Member{"when", &CameraChallenged::when},
                                      Member{"check", &CameraChallenged::check},
                                      Member{"version", &CameraChallenged::version},
                                      Member{"check_sha256", &CameraChallenged::check_sha256},
                                      Member{"camera", &CameraChallenged::camera},
                                      Member{"good", &CameraChallenged::good},
                                      Member{"good_passed", &CameraChallenged::good_passed},
                                      Member{"bad", &CameraChallenged::bad},
                                      Member{"bad_failed", &CameraChallenged::bad_failed},
                                      Member{"result", &CameraChallenged::result},
                                      Member{"evidence", &CameraChallenged::evidence},
                                      Member{"affected", &CameraChallenged::affected},
                                      Member{"manifest", &CameraChallenged::manifest, 2}};
};

template <>
struct Schema<CameraStoodIn> {
  static constexpr const char* type = "camera_stood_in";
  static constexpr std::tuple members{Member{"entry", &CameraStoodIn::entry},
                                      Member{"meaning", &CameraStoodIn::meaning},
                                      Member{"role", &CameraStoodIn::role},
                                      Member{"mode", &CameraStoodIn::mode},
                                      Member{"policy", &CameraStoodIn::policy},
                                      Member{"equipment", &CameraStoodIn::equipment},
                                      Member{"checked_by", &CameraStoodIn::checked_by}};
};

}  // namespace batchwright::workflows

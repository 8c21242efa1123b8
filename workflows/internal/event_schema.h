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
};
template <typename Event, typename Text>
Member(const char*, Text Event::*) -> Member<Event, Text>;

template <typename Event>
struct Schema;  // type, v and members

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
  static constexpr std::tuple members{Member{"element", &ElementStateChanged::element},
                                      Member{"from", &ElementStateChanged::from},
                                      Member{"to", &ElementStateChanged::to}};
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
      Member{"entry", &EntryRecorded::entry},    Member{"kind", &EntryRecorded::kind},
      Member{"raw", &EntryRecorded::raw},        Member{"value", &EntryRecorded::value},
      Member{"unit", &EntryRecorded::unit},      Member{"verdict", &EntryRecorded::verdict},
      Member{"attempt", &EntryRecorded::attempt}};
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
                                      Member{"message", &ExceptionOpened::message}};
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
  static constexpr std::tuple members{Member{"exception", &StepReleased::exception},
                                      Member{"reason", &StepReleased::reason}};
};

template <>
struct Schema<StepRecovered> {
  static constexpr const char* type = "step_recovered";
  static constexpr std::tuple members{Member{"rule", &StepRecovered::rule},
                                      Member{"process_state", &StepRecovered::process_state},
                                      Member{"gap_ms", &StepRecovered::gap_ms}};
};

}  // namespace batchwright::workflows

// The words of the native format for the model's enumerations, in one place for reader, writer and
// checker.
#pragma once

#include <array>
#include <string_view>

#include "workflows/mbr.h"

namespace batchwright::workflows {

template <typename E>
struct Name {
  E value;
  std::string_view text;
};

inline constexpr std::array kLevelNames{
    Name<Level>{Level::kProcedure, "procedure"},
    Name<Level>{Level::kUnitProcedure, "unit_procedure"},
    Name<Level>{Level::kOperation, "operation"},
    Name<Level>{Level::kPhase, "phase"},
    Name<Level>{Level::kStep, "step"},
};

inline constexpr std::array kEntryKindNames{
    Name<EntryKind>{EntryKind::kDecimal, "decimal"},
    Name<EntryKind>{EntryKind::kText, "text"},
    Name<EntryKind>{EntryKind::kChoice, "choice"},
    Name<EntryKind>{EntryKind::kYesNo, "yes_no"},
    Name<EntryKind>{EntryKind::kDateTime, "date_time"},
    Name<EntryKind>{EntryKind::kAcknowledge, "acknowledge"},
    Name<EntryKind>{EntryKind::kPhoto, "photo"},
    Name<EntryKind>{EntryKind::kComputed, "computed"},
    Name<EntryKind>{EntryKind::kCameraCheck, "camera_check"},
    Name<EntryKind>{EntryKind::kCameraChallenge, "camera_challenge"},
};

inline constexpr std::array kRoundingNames{
    Name<Rounding>{Rounding::kHalfEven, "half_even"},
    Name<Rounding>{Rounding::kHalfUp, "half_up"},
    Name<Rounding>{Rounding::kDown, "down"},
};

inline constexpr std::array kRecoveryNames{
    Name<Recovery>{Recovery::kResume, "resume"},
    Name<Recovery>{Recovery::kRepeat, "repeat"},
    Name<Recovery>{Recovery::kAskSupervisor, "ask_supervisor"},
};

inline constexpr std::array kNodeKindNames{
    Name<NodeKind>{NodeKind::kBegin, "begin"},
    Name<NodeKind>{NodeKind::kEnd, "end"},
    Name<NodeKind>{NodeKind::kElement, "element"},
    Name<NodeKind>{NodeKind::kTransition, "transition"},
    Name<NodeKind>{NodeKind::kAndSplit, "and_split"},
    Name<NodeKind>{NodeKind::kAndJoin, "and_join"},
    Name<NodeKind>{NodeKind::kOrSplit, "or_split"},
    Name<NodeKind>{NodeKind::kOrJoin, "or_join"},
};

inline constexpr std::array kGateKindNames{
    Name<Gate::Kind>{Gate::Kind::kRole, "role"},
    Name<Gate::Kind>{Gate::Kind::kTraining, "training"},
    Name<Gate::Kind>{Gate::Kind::kEquipment, "equipment"},
    Name<Gate::Kind>{Gate::Kind::kMaterial, "material"},
    Name<Gate::Kind>{Gate::Kind::kRoom, "room"},
    Name<Gate::Kind>{Gate::Kind::kTimeWindow, "time_window"},
    Name<Gate::Kind>{Gate::Kind::kStep, "step"},
    Name<Gate::Kind>{Gate::Kind::kCondition, "condition"},
};

inline constexpr std::array kHoldLevelNames{
    Name<HoldLevel>{HoldLevel::kStep, "step"},
    Name<HoldLevel>{HoldLevel::kOperation, "operation"},
    Name<HoldLevel>{HoldLevel::kBatch, "batch"},
};

inline constexpr std::array kConsequenceNames{
    Name<LateResult::Consequence>{LateResult::Consequence::kInforms, "informs"},
    Name<LateResult::Consequence>{LateResult::Consequence::kBlocksRecord, "blocks_record"},
    Name<LateResult::Consequence>{LateResult::Consequence::kBlocksStep, "blocks_step"},
};

inline constexpr std::array kStandInModeNames{
    Name<StandInMode>{StandInMode::kEquipmentPerforms, "equipment_performs"},
    Name<StandInMode>{StandInMode::kConfirmsEntry, "confirms_entry"},
};

inline constexpr std::array kChallengeTimeNames{
    Name<CameraChallenge::When>{CameraChallenge::When::kStart, "start"},
    Name<CameraChallenge::When>{CameraChallenge::When::kEnd, "end"},
};

inline constexpr std::array<std::string_view, 5> kMeanings{"performed", "verified", "witnessed",
                                                           "reviewed", "approved"};
inline constexpr std::array<std::string_view, 3> kSeverities{"minor", "major", "critical"};
inline constexpr std::array<std::string_view, 4> kCriticalities{"CPP", "IPC", "CQA", "GMP"};
inline constexpr std::array<std::string_view, 4> kStandIns{"scale", "camera", "scan",
                                                           "late result"};

inline constexpr std::array<std::string_view, 3> kCaptureDevices{"scale", "camera", "instrument"};
inline constexpr std::array<std::string_view, 3> kSubjectStates{"clean", "dirty", "not ready"};

template <typename E, std::size_t N>
[[nodiscard]] constexpr std::string_view name_of(const std::array<Name<E>, N>& names, E value) {
  for (const auto& name : names) {
    if (name.value == value) return name.text;
  }
  return names.front().text;
}

}  // namespace batchwright::workflows

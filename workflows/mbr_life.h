// The life of a master batch record version: draft, in review, approved, effective, superseded,
// retired; and recalled, a mark that stops its use. Pure, as the engine is: decide() turns a
// request into an act or refuses it, apply() folds acts, and what time alone changes (a version
// takes effect, another is superseded by it) is computed for an instant, never stored.
//
// Held by construction: preparer, checker and approver are three persons and the approver holds the
// quality role (21 CFR 211.186(a), 211.100(a)); of the versions of one product or one MBR id at one
// site at most one is effective at any instant.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace batchwright::workflows {

enum class MbrState { kDraft, kInReview, kApproved, kEffective, kSuperseded, kRetired };
enum class LifeCommand { kSubmit, kCheck, kApprove, kMakeEffective, kRecall, kRetire };

inline constexpr std::size_t kMbrStates = 6;
inline constexpr std::size_t kLifeCommands = 6;

struct LifeRule {
  MbrState state;
  LifeCommand command;
  MbrState next;  // from the instant of the act on; make_effective: from its own instant on
};

// Every (state, command) that is possible at all; each other pair is refused.
inline constexpr std::array kLifeRules{
    LifeRule{MbrState::kDraft, LifeCommand::kSubmit, MbrState::kInReview},
    LifeRule{MbrState::kDraft, LifeCommand::kRetire, MbrState::kRetired},
    LifeRule{MbrState::kInReview, LifeCommand::kCheck, MbrState::kInReview},
    LifeRule{MbrState::kInReview, LifeCommand::kApprove, MbrState::kApproved},
    LifeRule{MbrState::kInReview, LifeCommand::kRetire, MbrState::kRetired},
    LifeRule{MbrState::kApproved, LifeCommand::kMakeEffective, MbrState::kEffective},
    LifeRule{MbrState::kApproved, LifeCommand::kRetire, MbrState::kRetired},
    LifeRule{MbrState::kEffective, LifeCommand::kRecall, MbrState::kEffective},
    LifeRule{MbrState::kEffective, LifeCommand::kRetire, MbrState::kRetired},
    LifeRule{MbrState::kSuperseded, LifeCommand::kRecall, MbrState::kSuperseded},
    LifeRule{MbrState::kSuperseded, LifeCommand::kRetire, MbrState::kRetired},
};

struct LifeVersion {
  std::string hash;  // of the text, hex: what every act names
  std::string mbr, version, product, site;
  MbrState reached = MbrState::kDraft;      // by acts; see state_at()
  std::string preparer, checker, approver;  // person ids, empty = nobody yet
  std::string diff;                         // hash of the difference the approver signed
  std::optional<Instant> effective_from;    // may lie ahead
  std::optional<Instant> retired_at;
  std::optional<Instant> recalled_at;
};

struct LifeRegister {
  std::vector<LifeVersion> versions;
  [[nodiscard]] const LifeVersion* find(const std::string& hash) const;
};

struct LifeRequest {
  LifeCommand command = LifeCommand::kSubmit;
  std::string hash;
  std::optional<Instant> effective_from;  // make_effective: absent = now
  std::string diff;                       // approve
};

struct LifeContext {
  Instant now;
  std::string person;
  std::vector<std::string> roles;  // that the person holds
};

struct LifeAct {
  LifeCommand command = LifeCommand::kSubmit;
  std::string hash, person, role, diff;
  Instant time;
  std::optional<Instant> effective_from;  // make_effective only
};

// kNotFound, or kRefused with the rule and the remedy.
[[nodiscard]] Result<LifeAct> decide(const LifeRegister& versions, const LifeRequest& request,
                                     const LifeContext& context);

// Total: an act on a version nobody knows changes nothing.
void apply(LifeRegister& versions, const LifeAct& act);

// At `instant`, which is not before the newest act.
[[nodiscard]] MbrState state_at(const LifeRegister& versions, const LifeVersion& version,
                                Instant instant);

// The version of the same product or MBR id that is effective then, recalled or not.
[[nodiscard]] const LifeVersion* effective_at(const LifeRegister& versions, const LifeVersion& like,
                                              Instant instant);

// Whether a batch may be issued from this version now. kRefused says why and which version is
// effective instead.
[[nodiscard]] Result<void> check_issue(const LifeRegister& versions, const LifeVersion& version,
                                       Instant now);

[[nodiscard]] const char* to_string(MbrState state);
[[nodiscard]] const char* to_string(LifeCommand command);
[[nodiscard]] std::optional<LifeCommand> life_command_from_text(std::string_view text);

}  // namespace batchwright::workflows

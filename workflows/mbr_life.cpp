#include "workflows/mbr_life.h"

#include <algorithm>

namespace batchwright::workflows {

namespace {

constexpr const char* kQuality = "quality";

bool same_subject(const LifeVersion& a, const LifeVersion& b) {
  return a.site == b.site && (a.mbr == b.mbr || (!a.product.empty() && a.product == b.product));
}

// Retired before its instant came: it never was effective.
bool took_effect(const LifeVersion& version) {
  return version.effective_from &&
         (!version.retired_at || *version.effective_from < *version.retired_at);
}

std::optional<Instant> superseded_at(const LifeRegister& versions, const LifeVersion& version) {
  std::optional<Instant> first;
  for (const LifeVersion& other : versions.versions) {
    if (&other == &version || !took_effect(other) || !same_subject(version, other)) continue;
    // Of two with one instant, which only old records can hold, the one registered later stands.
    const bool later = *other.effective_from > *version.effective_from ||
                       (*other.effective_from == *version.effective_from && &other > &version);
    if (later && (!first || *other.effective_from < *first)) first = other.effective_from;
  }
  return first;
}

std::optional<MbrState> next_state(MbrState state, LifeCommand command) {
  for (const LifeRule& rule : kLifeRules)
    if (rule.state == state && rule.command == command) return rule.next;
  return std::nullopt;
}

std::string name_of(const LifeVersion& version) {
  return version.mbr + " version " + version.version;
}

std::unexpected<Error> refuse(const LifeVersion& version, const std::string& why) {
  return fail(ErrorCode::kRefused, why + " Nothing was changed.", name_of(version));
}

bool has_role(const LifeContext& context, const char* role) {
  return std::ranges::find(context.roles, role) != context.roles.end();
}

bool needs_quality(LifeCommand command) {
  return command != LifeCommand::kSubmit && command != LifeCommand::kCheck;
}

Result<void> check_persons(const LifeVersion& version, LifeCommand command,
                           const LifeContext& context) {
  const bool prepared = context.person == version.preparer;
  if (command == LifeCommand::kCheck && prepared)
    return refuse(version,
                  "The person who prepared it can't check it; another person has to "
                  "(21 CFR 211.186(a)).");
  if (command == LifeCommand::kApprove && (prepared || context.person == version.checker))
    return refuse(version,
                  "The person who prepared or checked it can't approve it; a third person of "
                  "quality has to (21 CFR 211.186(a)).");
  if (command == LifeCommand::kApprove && version.checker.empty())
    return refuse(version, "It was not checked yet; a second person checks it before approval.");
  if (command == LifeCommand::kCheck && !version.checker.empty())
    return refuse(version, "It was checked already.");
  return {};
}

// A version takes effect now or later, and after every other of its product, so that the order of
// versions is one line.
Result<void> check_instant(const LifeRegister& versions, const LifeVersion& version, Instant from,
                           Instant now) {
  if (version.effective_from)
    return refuse(version, "It is already set to take effect at " +
                               to_display(*version.effective_from) +
                               "; retire it if it should not.");
  if (from < now) return refuse(version, "A version can't take effect in the past.");
  for (const LifeVersion& other : versions.versions) {
    if (&other == &version || !took_effect(other) || !same_subject(version, other)) continue;
    if (*other.effective_from < from) continue;
    return refuse(version, name_of(other) + " takes effect at " +
                               to_display(*other.effective_from) +
                               "; choose a later instant, or retire that version first.");
  }
  return {};
}

}  // namespace

const LifeVersion* LifeRegister::find(const std::string& hash) const {
  const auto found = std::ranges::find(versions, hash, &LifeVersion::hash);
  return found == versions.end() ? nullptr : &*found;
}

Result<LifeAct> decide(const LifeRegister& versions, const LifeRequest& request,
                       const LifeContext& context) {
  const LifeVersion* version = versions.find(request.hash);
  if (version == nullptr)
    return fail(ErrorCode::kNotFound, "There is no such master batch record.", request.hash);
  const MbrState state = state_at(versions, *version, context.now);
  if (!next_state(state, request.command))
    return refuse(*version, std::string("It is ") + to_string(state) + "; " +
                                to_string(request.command) + " is not possible then.");
  if (context.person.empty() || context.roles.empty())
    return refuse(*version, "A known person with a role has to do this.");
  if (needs_quality(request.command) && !has_role(context, kQuality))
    return refuse(*version, "This needs the quality role (21 CFR 211.100(a)).");
  if (auto persons = check_persons(*version, request.command, context); !persons)
    return std::unexpected(persons.error());
  LifeAct act;
  act.command = request.command;
  act.hash = request.hash;
  act.person = context.person;
  act.role = needs_quality(request.command) ? kQuality : context.roles.front();
  act.time = context.now;
  if (request.command == LifeCommand::kApprove) act.diff = request.diff;
  if (request.command == LifeCommand::kRecall && version->recalled_at)
    return refuse(*version, "It was recalled already.");
  if (request.command == LifeCommand::kMakeEffective) {
    act.effective_from = request.effective_from.value_or(context.now);
    if (auto fits = check_instant(versions, *version, *act.effective_from, context.now); !fits)
      return std::unexpected(fits.error());
  }
  return act;
}

void apply(LifeRegister& versions, const LifeAct& act) {
  const auto found = std::ranges::find(versions.versions, act.hash, &LifeVersion::hash);
  if (found == versions.versions.end()) return;
  LifeVersion& version = *found;
  switch (act.command) {
    case LifeCommand::kSubmit:
      version.preparer = act.person;
      version.reached = MbrState::kInReview;
      break;
    case LifeCommand::kCheck: version.checker = act.person; break;
    case LifeCommand::kApprove:
      version.approver = act.person;
      version.diff = act.diff;
      version.reached = MbrState::kApproved;
      break;
    case LifeCommand::kMakeEffective:
      version.effective_from = act.effective_from.value_or(act.time);
      break;
    case LifeCommand::kRecall: version.recalled_at = act.time; break;
    case LifeCommand::kRetire: version.retired_at = act.time; break;
  }
}

MbrState state_at(const LifeRegister& versions, const LifeVersion& version, Instant instant) {
  if (version.retired_at && *version.retired_at <= instant) return MbrState::kRetired;
  if (!version.effective_from || *version.effective_from > instant) return version.reached;
  const auto ended = superseded_at(versions, version);
  return ended && *ended <= instant ? MbrState::kSuperseded : MbrState::kEffective;
}

const LifeVersion* effective_at(const LifeRegister& versions, const LifeVersion& like,
                                Instant instant) {
  const auto found = std::ranges::find_if(versions.versions, [&](const LifeVersion& version) {
    return same_subject(version, like) &&
           state_at(versions, version, instant) == MbrState::kEffective;
  });
  return found == versions.versions.end() ? nullptr : &*found;
}

Result<void> check_issue(const LifeRegister& versions, const LifeVersion& version, Instant now) {
  const MbrState state = state_at(versions, version, now);
  if (version.recalled_at)
    return fail(ErrorCode::kRefused,
                "This master batch record was recalled at " + to_display(*version.recalled_at) +
                    ". No batch is issued from it; quality decides what follows.",
                name_of(version));
  if (state == MbrState::kEffective) return {};
  const LifeVersion* other = effective_at(versions, version, now);
  std::string why = std::string("This master batch record is ") + to_string(state) +
                    "; a batch is issued from an effective version only. ";
  if (state == MbrState::kApproved && version.effective_from)
    why += "It takes effect at " + to_display(*version.effective_from) + ". ";
  why += other == nullptr ? std::string("No version is effective now.")
                          : name_of(*other) + " is effective now.";
  return fail(ErrorCode::kRefused, why + " Nothing was issued.", name_of(version));
}

const char* to_string(MbrState state) {
  switch (state) {
    case MbrState::kDraft: return "draft";
    case MbrState::kInReview: return "in_review";
    case MbrState::kApproved: return "approved";
    case MbrState::kEffective: return "effective";
    case MbrState::kSuperseded: return "superseded";
    case MbrState::kRetired: return "retired";
  }
  return "draft";
}

const char* to_string(LifeCommand command) {
  switch (command) {
    case LifeCommand::kSubmit: return "submit";
    case LifeCommand::kCheck: return "check";
    case LifeCommand::kApprove: return "approve";
    case LifeCommand::kMakeEffective: return "make_effective";
    case LifeCommand::kRecall: return "recall";
    case LifeCommand::kRetire: return "retire";
  }
  return "submit";
}

std::optional<LifeCommand> life_command_from_text(std::string_view text) {
  for (std::size_t i = 0; i < kLifeCommands; ++i) {
    const auto command = static_cast<LifeCommand>(i);
    if (text == to_string(command)) return command;
  }
  return std::nullopt;
}

}  // namespace batchwright::workflows

// A governed change to this run only (requirement A9): proposed, then approved by a second person
// and by quality, or rejected. What counts is the role a person acts in.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "workflows/internal/decision.h"
#include "workflows/internal/redline.h"
#include "workflows/internal/redline_rules.h"
#include "workflows/internal/reviews.h"

namespace batchwright::workflows {
namespace {

bool acts_as(const Context& context, std::string_view role) {
  return context.role == role && has_role(context, role);
}

Checked check_acting(const Decision& decision, std::initializer_list<std::string_view> roles,
                     const char* what, const std::string& place) {
  const Context& context = decision.context();
  const auto acting = [&](std::string_view role) { return acts_as(context, role); };
  if (std::ranges::any_of(roles, acting)) return {};
  return refuse(
      "redline.role",
      fmt::format("Only {} may {}, and you act as {}. Nothing was saved. Call such a "
                  "person, or sign in in that role.",
                  fmt::join(roles, " or "), what, context.role.empty() ? "nobody" : context.role),
      place);
}

Checked check_possible(const Decision& decision, const std::string& change,
                       const std::string& place) {
  const auto amended = amended_recipe(decision.state(), change);
  if (!amended) return refuse(amended.error().rule, amended.error().message, place);
  return {};
}

// Which approved checks the change replaces, adds or drops, in words: thresholds and references are
// theirs, so the reviewer reads of them by name (requirement E3).
std::string checks_changed(const Decision& decision, const std::string& change,
                           const std::string& path) {
  const auto amended = amended_recipe(decision.state(), change);
  const Element* after = amended ? (*amended)->procedure.find(path) : nullptr;
  if (after == nullptr || !after->step) return {};
  const StepContent* before = decision.index().step(path);
  const auto name_of_check = [](const StepContent* step, const std::string& id) {
    const Entry* entry = step == nullptr ? nullptr : find_entry(*step, id);
    if (entry == nullptr || !entry->camera_check) return std::string("none");
    const ApprovedCheck& check = entry->camera_check->check;
    const auto name = fmt::format("{} {} {}", check.id, check.version, check.sha256);
    return check.challenge_sha256.empty()
               ? name
               : fmt::format("{} challenged by {}", name, check.challenge_sha256);
  };
  std::set<std::string> ids;
  for (const StepContent* step : {before, &*after->step}) {
    if (step == nullptr) continue;
    for (const Entry& entry : step->entries) {
      if (entry.camera_check) ids.insert(entry.id);
    }
  }
  std::string words;
  for (const std::string& id : ids) {
    const std::string was = name_of_check(before, id);
    const std::string is = name_of_check(&*after->step, id);
    if (was != is)
      words += fmt::format(" The camera check of {} changes from {} to {}.", id, was, is);
  }
  return words;
}

// Nothing follows that could be changed; what was executed stays as its reviewer saw it.
Checked check_goes_on(const Decision& decision) {
  const RunState& run = decision.state().scalars();
  const bool ended = run.status == RunStatus::kStopped || run.status == RunStatus::kAborted;
  if (!ended && !is_reviewed(run)) return {};
  return refuse("redline.over",
                "The batch is over: nothing follows that could be changed. Nothing was saved. "
                "Report a deviation instead.");
}

std::expected<const Redline*, Refusal> find_open(const Decision& decision, const std::string& id) {
  const Redline* known = decision.state().redline(id);
  if (known != nullptr && is_open(*known)) return known;
  const bool in_force = known != nullptr && known->in_force;
  return refuse("redline.nothing",
                in_force ? "This change is in force already. Propose another one to change it."
                         : "There is no such change that waits for approval.",
                id);
}

// One other person and quality: a second person who isn't quality would add nothing.
Checked check_approver(const Decision& decision, const Redline& known) {
  const Context& context = decision.context();
  if (known.proposer == context.actor || known.approvers.contains(context.actor)) {
    return refuse("redline.same_person",
                  "Another person approves it: neither who proposed it nor who approved it before.",
                  known.step);
  }
  auto good = check_acting(decision, {"operator", "supervisor", kQualityRole}, "approve a change",
                           known.step);
  if (!good) return good;
  if (!known.approvers.empty() && !known.quality && !acts_as(context, kQualityRole)) {
    return refuse("redline.quality",
                  fmt::format("A second person approved it already: only quality is missing now, "
                              "and you act as {}. Nothing was saved. Call quality.",
                              context.role),
                  known.step);
  }
  return {};
}

}  // namespace

Checked decide_command(Decision& decision, const ProposeRedline& command) {
  const std::string path = read_redline(command.change).target;
  if (auto good = check_reason(command.reason, path); !good) return good;
  if (auto good = check_goes_on(decision); !good) return good;
  if (auto good = check_possible(decision, command.change, path); !good) return good;
  if (decision.state().redline_ids().size() >= kRedlinesMax) {
    return refuse("redline.too_many",
                  "This batch was changed too often. Nothing was saved. Call quality.", path);
  }
  const std::string id = decision.next_id();
  decision.emit(RedlineProposed{id, command.change, command.reason});
  decision.open_exception({.exception_class = "redline",
                           .value = id,
                           .limit = path,
                           .message = "A change to this run only was proposed." +
                                      checks_changed(decision, command.change, path)});
  return {};
}

Checked decide_command(Decision& decision, const ApproveRedline& command) {
  const auto known = find_open(decision, command.redline);
  if (!known) return std::unexpected(known.error());
  const Redline& redline = **known;
  if (auto good = check_approver(decision, redline); !good) return good;
  if (auto good = check_reason(command.reason, redline.step); !good) return good;
  if (auto good = check_goes_on(decision); !good) return good;
  if (auto good = check_possible(decision, redline.change, redline.step); !good) return good;
  decision.emit(RedlineApproved{command.redline, command.reason});
  return {};
}

Checked decide_command(Decision& decision, const RejectRedline& command) {
  const auto known = find_open(decision, command.redline);
  if (!known) return std::unexpected(known.error());
  const Redline& redline = **known;
  if (redline.proposer != decision.context().actor) {
    auto good =
        check_acting(decision, {"supervisor", kQualityRole}, "reject a change", redline.step);
    if (!good) return good;
  }
  if (auto good = check_reason(command.reason, redline.step); !good) return good;
  decision.emit(RedlineRejected{command.redline, command.reason});
  return {};
}

}  // namespace batchwright::workflows

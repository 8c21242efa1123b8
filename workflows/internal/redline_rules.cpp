#include "workflows/internal/redline_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "workflows/internal/redline.h"
#include "workflows/internal/tokens.h"

namespace batchwright::workflows {
namespace {

constexpr std::size_t kNamesMax = 5;  // enough to look at; the rest is counted

using Problem = std::optional<RedlineProblem>;

bool counts(const StateEdit& state, const StepRef& ref) {
  const StepState* step = state.step(ref);
  if (step == nullptr || step->voided) return false;
  if (step->status == StepStatus::kIdle || step->status == StepStatus::kReady) return false;
  if (step->status != StepStatus::kAborted) return true;
  return !step->started_time.empty() && ref.instance == state.instances(ref.path);
}

std::vector<StepRef> executions(const StateEdit& state, const std::string& path) {
  std::vector<StepRef> found;
  for (int instance = 1; instance <= state.instances(path); ++instance) {
    if (counts(state, {path, instance})) found.push_back({path, instance});
  }
  return found;
}

// Of a void execution too: its result is brought, or judged by quality, by the words it was asked
// with.
bool awaits_result(const StateEdit& state, const std::string& path) {
  return std::ranges::any_of(state.pending_places(), [&](const std::string& place) {
    const PendingResult& pending = *state.pending(place);
    return place.starts_with(path + "#") && (!pending.received || pending.out_of_specification);
  });
}

Problem why_not_replace(const StateEdit& state, const std::string& path) {
  if (awaits_result(state, path)) {
    return RedlineProblem{
        "redline.begun",
        fmt::format("A result of {} is awaited, or waits for quality. Nothing was changed. Wait "
                    "for it, then propose the change.",
                    path)};
  }
  const auto begun = executions(state, path);
  if (begun.empty()) return std::nullopt;
  return RedlineProblem{
      "redline.begun",
      fmt::format("{} was begun by its old words. Nothing was changed. Add a new step after it, or "
                  "have it repeated and then change it.",
                  to_text(begun.back()))};
}

Problem why_not_insert(const StateEdit& state, const std::string& path) {
  if (!has_gone_on(state, path)) return std::nullopt;
  return RedlineProblem{
      "redline.begun",
      fmt::format("The batch has gone on from {}: a step added after it would be passed over. "
                  "Nothing was changed. Add it after a step that is still to come.",
                  path)};
}

bool reads(const std::optional<Expression>& expression, const std::string& parameter) {
  return expression &&
         std::ranges::find(expression->references(), parameter) != expression->references().end();
}

// A camera check held the object against it.
bool bears(const Entry& entry, const std::string& parameter) {
  return entry.camera_check &&
         std::ranges::find(entry.camera_check->expects, parameter, &CheckExpectation::parameter) !=
             entry.camera_check->expects.end();
}

bool reads(const StepContent& step, const std::string& parameter) {
  const auto in_entry = [&](const Entry& entry) {
    return reads(entry.formula, parameter) || bears(entry, parameter) ||
           std::ranges::any_of(entry.limit_formulas, [&](const LimitFormula& limit) {
             return reads(std::optional(limit.formula), parameter);
           });
  };
  const auto in_gate = [&](const Gate& gate) { return reads(gate.condition, parameter); };
  return std::ranges::any_of(step.entries, in_entry) || std::ranges::any_of(step.gates, in_gate);
}

Problem why_not_set(const StateEdit& state, const std::string& parameter) {
  std::vector<std::string> users;
  for (const auto& [path, element] : state.index().elements) {
    if (!element.is_step() || !reads(*element.element->step, parameter)) continue;
    for (const StepRef& ref : executions(state, path)) users.push_back(to_text(ref));
  }
  if (auto transition = state.decided_by(parameter); !transition.empty()) {
    users.push_back("the condition " + transition);
  }
  if (users.empty()) return std::nullopt;
  std::string names;
  for (std::size_t i = 0; i < std::min(users.size(), kNamesMax); ++i) {
    names += (names.empty() ? "" : ", ") + users[i];
  }
  if (users.size() > kNamesMax) names += fmt::format(" and {} more", users.size() - kNamesMax);
  return RedlineProblem{
      "redline.used",
      fmt::format("{} was used already, by {}. Nothing was changed: what was executed stays as it "
                  "was judged. Change the steps that are still to come.",
                  parameter, names)};
}

Problem why_too_late(const StateEdit& state, const RedlineWords& words) {
  if (words.op == "replace_step") return why_not_replace(state, words.step);
  if (words.op == "insert_after") return why_not_insert(state, words.step);
  return why_not_set(state, words.parameter);
}

}  // namespace

bool is_open(const Redline& redline) {
  return !redline.in_force && !redline.rejected;
}

bool may_reject(const Redline& redline, std::string_view person, std::string_view role) {
  return redline.proposer == person || role == "supervisor" || role == kQualityRole;
}

std::expected<std::shared_ptr<const Mbr>, RedlineProblem> amended_recipe(const StateEdit& state,
                                                                         std::string_view change) {
  auto amended = apply_redline(*state.index().mbr, change);
  if (!amended) return std::unexpected(RedlineProblem{"redline.invalid", amended.error().message});
  if (auto late = why_too_late(state, read_redline(change))) {
    return std::unexpected(std::move(*late));
  }
  return std::move(*amended);
}

}  // namespace batchwright::workflows

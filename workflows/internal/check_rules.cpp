#include "workflows/internal/check_rules.h"

#include <algorithm>

#include "workflows/entry_value.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {

bool is_fail(std::string_view verdict) {
  return verdict == check_verdict::kFail || verdict == check_verdict::kNotOk;
}

bool is_no_verdict(std::string_view verdict) {
  return verdict == check_verdict::kUndecided || verdict == check_verdict::kNotPerformed;
}

const CheckState* check_state(const StepState& step, const std::string& entry) {
  const auto found = step.checks.find(entry);
  return found == step.checks.end() ? nullptr : &found->second;
}

const CheckAttempt* pass_in_force(const StepState& step, const std::string& entry) {
  const CheckState* check = check_state(step, entry);
  const RecordedValue* value = current_value(step, entry);
  if (check == nullptr || value == nullptr) return nullptr;
  const auto found =
      std::find_if(check->attempts.rbegin(), check->attempts.rend(), [&](const CheckAttempt& made) {
        return made.verdict == check_verdict::kPass && made.line_hash == value->line_hash;
      });
  return found == check->attempts.rend() ? nullptr : &*found;
}

bool decided_by_people(const StepState& step, const std::string& entry) {
  const RecordedValue* value = current_value(step, entry);
  return value != nullptr && check_state(step, entry) != nullptr && value->source == kByPeople;
}

bool any_decided_by_people(const StepContent& content, const StepState& step) {
  return std::ranges::any_of(content.entries, [&](const Entry& entry) {
    return entry.kind == EntryKind::kCameraCheck && decided_by_people(step, entry.id);
  });
}

bool camera_failed(const StepState& step, const std::string& entry) {
  const CheckState* check = check_state(step, entry);
  return check != nullptr && std::ranges::any_of(check->attempts, [](const CheckAttempt& made) {
           return made.verdict == check_verdict::kFail;
         });
}

bool waits_for_pass(const StepState& step, const Entry& entry) {
  if (entry.kind != EntryKind::kCameraCheck) return false;
  const CheckState* check = check_state(step, entry.id);
  return check != nullptr && check->failed && current_value(step, entry.id) == nullptr;
}

Filling filled_by(const StepContent& content, std::string_view entry) {
  for (const Entry& check : content.entries) {
    if (!check.camera_check) continue;
    for (const auto& [reading, id] : check.camera_check->fills) {
      if (id == entry) return {&check, reading};
    }
  }
  return {};
}

bool wants_new_reading(const Mbr& mbr, const StepContent& content, const StepState& step,
                       const Entry& check) {
  const CheckState* state = check_state(step, check.id);
  if (state == nullptr) return false;
  return std::ranges::any_of(state->taken, [&](const std::string& id) {
    const RecordedValue* value = current_value(step, id);
    if (value == nullptr) return true;
    const Entry* entry = find_entry(content, id);
    const ReactionPlan* plan = entry == nullptr ? nullptr : mbr.find_plan(entry->reaction_plan);
    const auto used = step.remeasured.find(id);
    const int remeasured = used == step.remeasured.end() ? 0 : used->second;
    return needs_reaction(value->verdict) && plan != nullptr && remeasured < plan->remeasure_max;
  });
}

bool stands(const StepContent& content, const StepState& step, const StoodIn& made) {
  const CheckState* check = check_state(step, made.entry);
  const CheckAttempt* pass = pass_in_force(step, made.entry);
  return made.voided_by.empty() && pass != nullptr && pass->line_hash == made.check_line &&
         !check->failed && !any_decided_by_people(content, step);
}

int fails_left(const CameraCheck& check, const CheckState* state) {
  return std::max(0, check.attempts_max - (state == nullptr ? 0 : state->fails));
}

std::vector<std::string> not_challenged(const StepState& step, const Entry& entry) {
  std::vector<std::string> left;
  if (!entry.camera_challenge) return left;
  const auto made = step.challenges.find(entry.id);
  for (const std::string& check : entry.camera_challenge->checks) {
    if (made == step.challenges.end() || !made->second.contains(check)) left.push_back(check);
  }
  return left;
}

const CameraCheck* find_check(const RunIndex& index, std::string_view id) {
  const auto found = index.uses_of_check.find(id);
  return found == index.uses_of_check.end() ? nullptr : &*found->second.front().entry->camera_check;
}

bool is_disabled(const RunState& run, const std::string& check) {
  const auto known = run.suitability.find(check);
  return known != run.suitability.end() && known->second.disabled;
}

bool waits_for_challenge(const RunIndex& index, const RunState& run, const ApprovedCheck& check) {
  if (!index.challenged_at_start.contains(check.id)) return false;
  const auto known = run.suitability.find(check.id);
  return known == run.suitability.end() || known->second.challenged_at.empty() ||
         known->second.sha256 != check.sha256 ||
         (!check.challenge_sha256.empty() && known->second.manifest != check.challenge_sha256);
}

}  // namespace batchwright::workflows

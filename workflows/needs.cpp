// What screens ask about a run: derived from the state, never stored.
#include <algorithm>
#include <optional>

#include "workflows/engine.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/confirmation.h"
#include "workflows/internal/names.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

using Act = CheckNeed::Act;

std::optional<CheckNeed> need_of_check(const RunState& run, const StepContent& content,
                                       const StepState& step, const Entry& entry) {
  const CameraCheck& camera = *entry.camera_check;
  const CheckState* check = check_state(step, entry.id);
  const bool again = wants_new_reading(*run.mbr, content, step, entry);
  const bool open = current_value(step, entry.id) == nullptr;
  // With a disabled check what is measured again is typed: its pass stays.
  const bool looks_again = again && !is_disabled(run, camera.check.id);
  if (!open && !looks_again) return std::nullopt;
  if (step.not_applicable.contains(entry.id)) return std::nullopt;
  CheckNeed need;
  need.entry = entry.id;
  need.fails_left = fails_left(camera, check);
  if (check != nullptr && check->fail_stands) {
    need.act = Act::kPutRight;
    return need;
  }
  const CheckAttempt* newest = check == nullptr ? nullptr : check->newest();
  need.may_decide = newest != nullptr && is_no_verdict(newest->verdict);
  if (is_disabled(run, camera.check.id)) {
    need.act = Act::kDecide;
    need.may_decide = true;
    need.is_disabled = true;
  } else if (check != nullptr && check->no_verdicts >= kNoVerdictsMax) {
    need.act = Act::kDecide;
  } else if (waits_for_challenge(*run.index, run, camera.check)) {
    need.act = Act::kChallengeFirst;
    need.checks = {camera.check.id};
  }
  return need;
}

std::optional<CheckNeed> need_of_confirmation(const RunState& run, const StepNeeds& needs,
                                              const StepContent& content, const StepState& step,
                                              const StepRef& ref, const SiteFacts* site) {
  if (!needs.missing_entries.empty() || needs.missing_signatures.empty()) return std::nullopt;
  const SignatureRule& next = needs.missing_signatures.front();
  const StandInQuestion question{run, content, step, ref.path, next, site};
  if (!why_not_confirm(question).rule.empty()) return std::nullopt;
  CheckNeed need;
  need.entry = next.camera->check;
  need.act = Act::kConfirm;
  need.meaning = next.meaning;
  need.mode = std::string(name_of(kStandInModeNames, next.camera->mode));
  return need;
}

std::vector<CheckNeed> needs_of_checks(const RunState& run, const StepContent& content,
                                       const StepState& step) {
  std::vector<CheckNeed> needs;
  for (const Entry& entry : content.entries) {
    if (entry.camera_challenge && current_value(step, entry.id) == nullptr) {
      CheckNeed need;
      need.entry = entry.id;
      need.act = Act::kChallenge;
      need.checks = not_challenged(step, entry);
      needs.push_back(std::move(need));
    }
    if (!entry.camera_check) continue;
    if (auto need = need_of_check(run, content, step, entry)) needs.push_back(std::move(*need));
  }
  return needs;
}

}  // namespace

StepNeeds needs(const RunState& state, const StepRef& ref, Instant now, const SiteFacts* site) {
  StepNeeds needs;
  const auto found = state.steps.find(ref);
  const StepContent* content = state.index == nullptr ? nullptr : state.index->step(ref.path);
  if (found == state.steps.end() || content == nullptr) {
    needs.held = true;
    return needs;
  }
  const StepState& step = found->second;
  needs.missing_entries = missing_entries(*content, step);
  needs.missing_signatures = missing_signatures(*content, step);
  if (step.status == StepStatus::kRunning) {
    needs.checks = needs_of_checks(state, *content, step);
    if (auto confirm = need_of_confirmation(state, needs, *content, step, ref, site)) {
      needs.checks.push_back(std::move(*confirm));
    }
  }
  const std::int64_t minimum_ms = std::int64_t{content->minimum_s} * 1000;
  needs.elapsed_ms = elapsed_ms(*content, step, state.hold, now);
  needs.minimum_left_ms = std::max<std::int64_t>(0, minimum_ms - needs.elapsed_ms);
  needs.held = step.status == StepStatus::kHeld;
  return needs;
}

std::vector<StepRef> open_steps(const RunState& state) {
  std::vector<StepRef> steps(state.open.begin(), state.open.end());
  std::ranges::stable_sort(steps, {},
                           [&](const StepRef& ref) { return state.index->find(ref.path)->order; });
  return steps;
}

std::vector<std::string> lines_to_sign(const RunState& state, const StepRef& ref) {
  const auto found = state.steps.find(ref);
  return found == state.steps.end() ? std::vector<std::string>{} : found->second.lines;
}

}  // namespace batchwright::workflows

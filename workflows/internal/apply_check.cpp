// Camera checks: attempts, what was put right, what people decided, challenges, and cameras that
// stood in for a person.
#include <fmt/format.h>

#include <algorithm>

#include "workflows/entry_value.h"
#include "workflows/internal/applier.h"
#include "workflows/internal/check_rules.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows {
namespace {

constexpr const char* kPassed = "passed";

const Entry* entry_of_kind(const StateEdit& state, const StepRef& ref, const std::string& id,
                           EntryKind kind) {
  const Entry* entry = find_entry(*state.index().step(ref.path), id);
  return entry != nullptr && entry->kind == kind ? entry : nullptr;
}

bool is_verdict(const std::string& verdict) {
  return verdict == check_verdict::kPass || verdict == check_verdict::kFail ||
         is_no_verdict(verdict);
}

}  // namespace

// Every attempt is kept. A new one takes the pass before it out of force, and a pass counts only
// when no fail stands: in whatever order two panels' lines are merged, the fail wins.
void Applier::operator()(const CameraChecked& event) {
  const auto ref = step_in({StepStatus::kRunning});
  if (!ref || entry_of_kind(state_, *ref, event.entry, EntryKind::kCameraCheck) == nullptr ||
      !is_verdict(event.verdict)) {
    return conflict("camera_checked", "the step is not running or has no such check");
  }
  supersede(*ref, event.entry);
  StepState& step = state_.edit_step(*ref);
  CheckState& check = step.checks[event.entry];
  if (event.attempt != std::to_string(check.attempts.size() + 1)) {
    conflict("camera_checked", "the attempt was also recorded on another panel");
  }
  check.attempts.push_back({.verdict = event.verdict,
                            .check = event.check,
                            .sha256 = event.check_sha256,
                            .camera = event.camera,
                            .actor = line_.actor,
                            .time = line_.time,
                            .line_hash = line_.hash,
                            .score = event.score,
                            .threshold = event.threshold,
                            .evidence = event.evidence,
                            .reason = {},
                            .readings = event.readings,
                            .regions = event.regions,
                            .put_right = {}});
  check.taken.clear();
  step.not_applicable.erase(event.entry);
  if (is_no_verdict(event.verdict)) ++check.no_verdicts;
  if (event.verdict == check_verdict::kFail) fail_check(*ref, event.entry);
  if (event.verdict != check_verdict::kPass || check.fail_stands) {
    if (event.verdict == check_verdict::kPass) {
      conflict("camera_checked", "the fail before it was not put right");
    }
    step.lines.push_back(line_.hash);
    return;
  }
  put_value(*ref, event.entry,
            {event.verdict,
             event.verdict,
             {},
             verdict::kOk,
             line_.actor,
             line_.role,
             line_.time,
             line_.hash,
             {},
             false,
             std::string(kCameraSource) + event.camera,
             {}});
}

void Applier::operator()(const CheckPutRight& event) {
  const auto ref = step_in({StepStatus::kRunning});
  const CheckState* known = ref ? check_state(*state_.step(*ref), event.entry) : nullptr;
  if (known == nullptr || !known->fail_stands) {
    return conflict("check_put_right", "no fail of the check stands");
  }
  StepState& step = state_.edit_step(*ref);
  CheckState& check = step.checks[event.entry];
  check.fail_stands = false;
  const auto fail = std::find_if(check.attempts.rbegin(), check.attempts.rend(),
                                 [](const CheckAttempt& made) { return is_fail(made.verdict); });
  if (fail != check.attempts.rend()) fail->put_right = event.reason;
  step.lines.push_back(line_.hash);
}

void Applier::operator()(const CheckDecided& event) {
  const auto ref = step_in({StepStatus::kRunning});
  const bool ok = event.decision == check_verdict::kOk;
  if (!ref || entry_of_kind(state_, *ref, event.entry, EntryKind::kCameraCheck) == nullptr ||
      (!ok && event.decision != check_verdict::kNotOk)) {
    return conflict("check_decided", "the step is not running or has no such check");
  }
  const CheckState* known = check_state(*state_.step(*ref), event.entry);
  const bool stands = known != nullptr && known->fail_stands;
  if (stands || current_value(*state_.step(*ref), event.entry) != nullptr) {
    return conflict("check_decided", "a fail stands, or the check was passed or decided before");
  }
  CheckAttempt decided;
  decided.verdict = event.decision;
  decided.check = event.check;
  decided.actor = line_.actor;
  decided.time = line_.time;
  decided.line_hash = line_.hash;
  decided.reason = event.reason;
  state_.edit_step(*ref).checks[event.entry].attempts.push_back(std::move(decided));
  state_.edit_step(*ref).not_applicable.erase(event.entry);
  if (!ok) {
    fail_check(*ref, event.entry);
    state_.edit_step(*ref).lines.push_back(line_.hash);
    return;
  }
  put_value(*ref, event.entry,
            {event.decision,
             event.decision,
             {},
             verdict::kByPeople,
             line_.actor,
             line_.role,
             line_.time,
             line_.hash,
             event.reason,
             false,
             kByPeople,
             {}});
}

void Applier::operator()(const CameraChallenged& event) {
  const auto ref = step_in({StepStatus::kRunning});
  const Entry* entry =
      ref ? entry_of_kind(state_, *ref, event.entry, EntryKind::kCameraChallenge) : nullptr;
  if (entry == nullptr) {
    return conflict("camera_challenged", "the step is not running or has no such challenge");
  }
  Suitability& known = state_.scalars().suitability[event.check];
  const bool passed = event.result == kPassed;
  if (!passed) {
    known.disabled = true;
    take_back_stand_ins(event.check);
  }
  const bool starts = entry->camera_challenge->when == CameraChallenge::When::kStart;
  StepState& step = state_.edit_step(*ref);
  const bool twice = step.challenges[event.entry].contains(event.check);
  if (twice) conflict("camera_challenged", "the check was also challenged on another panel");
  // The worse of two counts.
  ChallengeResult& result = step.challenges[event.entry][event.check];
  result = {passed && (!twice || result.passed), line_.hash};
  if (starts) {
    known.challenged_at = result.passed ? line_.step + ":" + event.entry : "";
    known.sha256 = result.passed ? event.check_sha256 : "";
    known.manifest = result.passed ? event.manifest : "";
  }
  step.lines.push_back(line_.hash);
  judge_challenge(*ref, *entry);
}

// The entry has its value when every check of its list was challenged.
void Applier::judge_challenge(const StepRef& ref, const Entry& entry) {
  StepState& step = state_.edit_step(ref);
  if (!not_challenged(step, entry).empty()) return;
  const auto& results = step.challenges[entry.id];
  const bool passed =
      std::ranges::all_of(results, [](const auto& result) { return result.second.passed; });
  const std::string word = passed ? kPassed : "failed";
  supersede(ref, entry.id);
  step.entries[entry.id].values.push_back({word,
                                           word,
                                           {},
                                           passed ? verdict::kOk : verdict::kUnexpected,
                                           line_.actor,
                                           line_.role,
                                           line_.time,
                                           line_.hash,
                                           {},
                                           false,
                                           "camera",
                                           {}});
}

void Applier::operator()(const CameraStoodIn& event) {
  const auto ref = step_in({StepStatus::kRunning});
  const CheckAttempt* pass = ref ? pass_in_force(*state_.step(*ref), event.entry) : nullptr;
  if (pass == nullptr) {
    return conflict("camera_stood_in", "the check did not pass, or the step is not running");
  }
  StepState& step = state_.edit_step(*ref);
  step.stood_in.push_back({event.entry,
                           event.meaning,
                           event.role,
                           event.mode,
                           event.equipment,
                           event.checked_by,
                           line_.time,
                           line_.hash,
                           step.lines,
                           pass->line_hash,
                           {}});
  step.lines.push_back(line_.hash);
}

// ---- what several of them need

void Applier::fail_check(const StepRef& ref, const std::string& entry) {
  CheckState& check = state_.edit_step(ref).checks[entry];
  check.fail_stands = true;
  check.failed = true;
  ++check.fails;
}

void Applier::take_reading(const StepRef& ref, const EntryRecorded& event) {
  if (!event.source.starts_with(kCameraSource)) return;
  const Filling filling = filled_by(*state_.index().step(ref.path), event.entry);
  if (filling.check == nullptr) return;
  state_.edit_step(ref).checks[filling.check->id].taken.insert(event.entry);
}

void Applier::open_challenge_again(const StepRef& ref, const std::string& entry) {
  StepState& step = state_.edit_step(ref);
  if (step.challenges.erase(entry) == 0) return;
  const std::string place = line_.step + ":" + entry;
  for (auto& [check, known] : state_.scalars().suitability) {
    if (known.challenged_at != place) continue;
    known.challenged_at.clear();
    known.sha256.clear();
    known.manifest.clear();
    take_back_stand_ins(check);
  }
}

// What isn't shown to work any more stood in for nobody in steps that go on: a second person signs.
// Of steps that are done the challenge's exception says what the check had passed.
void Applier::take_back_stand_ins(const std::string& check) {
  for (const StepRef& ref : state_.scalars().open) {
    const StepContent& content = *state_.index().step(ref.path);
    if (state_.step(ref)->stood_in.empty()) continue;
    for (StoodIn& made : state_.edit_step(ref).stood_in) {
      const Entry* entry = find_entry(content, made.entry);
      const bool is_of_it =
          entry != nullptr && entry->camera_check && entry->camera_check->check.id == check;
      if (is_of_it && made.voided_by.empty()) made.voided_by = line_.hash;
    }
  }
}

}  // namespace batchwright::workflows

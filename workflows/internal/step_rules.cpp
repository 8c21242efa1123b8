#include "workflows/internal/step_rules.h"

#include <algorithm>

#include "workflows/entry_value.h"
#include "workflows/internal/check_rules.h"

namespace batchwright::workflows {

std::vector<std::string> missing_entries(const StepContent& content, const StepState& step) {
  std::vector<std::string> missing;
  for (const Entry& entry : content.entries) {
    const bool done = current_value(step, entry.id) != nullptr || step.excused.contains(entry.id) ||
                      step.not_applicable.contains(entry.id);
    const bool wanted = entry.required || waits_for_pass(step, entry);
    if (wanted && !entry.late && !done) missing.push_back(entry.id);
  }
  return missing;
}

namespace {

bool stood_in(const StepContent& content, const StepState& step, const SignatureRule& rule) {
  if (!rule.camera) return false;
  return std::ranges::any_of(step.stood_in, [&](const StoodIn& made) {
    return made.meaning == rule.meaning && made.role == rule.role &&
           made.entry == rule.camera->check && stands(content, step, made);
  });
}

// What people decided in place of a camera is verified by another person, also where the MBR asks
// for no second one.
std::vector<SignatureRule> wanted_signatures(const StepContent& content, const StepState& step) {
  std::vector<SignatureRule> wanted = content.signatures;
  const bool verified = std::ranges::any_of(wanted, [](const SignatureRule& rule) {
    return rule.meaning == "verified" && rule.other_person;
  });
  if (verified || !any_decided_by_people(content, step)) return wanted;
  wanted.push_back({.meaning = "verified",
                    .role = wanted.empty() ? SignatureRule{}.role : wanted.front().role,
                    .other_person = true});
  return wanted;
}

}  // namespace

std::vector<SignatureRule> missing_signatures(const StepContent& content, const StepState& step) {
  std::vector<const SignatureState*> valid;
  for (const SignatureState& signature : step.signatures) {
    if (signature.voided_by.empty()) valid.push_back(&signature);
  }
  std::vector<SignatureRule> missing;
  for (const SignatureRule& rule : wanted_signatures(content, step)) {
    if (stood_in(content, step, rule)) continue;
    const auto made = std::ranges::find_if(valid, [&](const SignatureState* signature) {
      return signature->meaning == rule.meaning && signature->role == rule.role;
    });
    if (made == valid.end()) {
      missing.push_back(rule);
    } else {
      valid.erase(made);  // one signature satisfies one rule
    }
  }
  return missing;
}

bool has_valid_signature(const StepState& step) {
  const auto valid = [](const auto& made) { return made.voided_by.empty(); };
  return std::ranges::any_of(step.signatures, valid) || std::ranges::any_of(step.stood_in, valid);
}

bool plan_stops(const ReactionPlan& plan, const StepState& step, const std::string& entry) {
  const auto used = step.remeasured.find(entry);
  const int remeasured = used == step.remeasured.end() ? 0 : used->second;
  return plan.holds || (plan.remeasure_max > 0 && remeasured >= plan.remeasure_max);
}

bool has_result_out_of_specification(const StepState& step, const std::string& entry) {
  const auto recorded = step.entries.find(entry);
  if (recorded == step.entries.end()) return false;
  return std::ranges::any_of(recorded->second.values, [](const RecordedValue& value) {
    return !value.superseded && needs_reaction(value.verdict);
  });
}

std::int64_t elapsed_ms(const StepContent& content, const StepState& step, const HoldState& hold,
                        Instant now) {
  if (step.started_time.empty()) return 0;
  std::int64_t elapsed = now.unix_ms - step.started_unix_ms;
  if (!content.runs_in_hold) {
    elapsed -= step.held_ms;
    if (hold.since_unix_ms != 0) elapsed -= now.unix_ms - hold.since_unix_ms;
  }
  return std::max<std::int64_t>(0, elapsed);
}

int next_attempt(const StepState& step, const std::string& entry) {
  const auto used = step.remeasured.find(entry);
  const int remeasured = used == step.remeasured.end() ? 0 : used->second;
  return remeasured + (current_value(step, entry) == nullptr ? 1 : 2);
}

const RecordedValue* current_value(const StepState& step, const std::string& entry) {
  const auto recorded = step.entries.find(entry);
  return recorded == step.entries.end() ? nullptr : recorded->second.current();
}

}  // namespace batchwright::workflows

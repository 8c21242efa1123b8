#include "workflows/internal/step_rules.h"

#include <algorithm>

#include "workflows/entry_value.h"

namespace batchwright::workflows {

std::vector<std::string> missing_entries(const StepContent& content, const StepState& step) {
  std::vector<std::string> missing;
  for (const Entry& entry : content.entries) {
    const bool done = current_value(step, entry.id) != nullptr || step.excused.contains(entry.id) ||
                      step.not_applicable.contains(entry.id);
    if (entry.required && !entry.late && !done) missing.push_back(entry.id);
  }
  return missing;
}

std::vector<SignatureRule> missing_signatures(const StepContent& content, const StepState& step) {
  std::vector<const SignatureState*> valid;
  for (const SignatureState& signature : step.signatures) {
    if (signature.voided_by.empty()) valid.push_back(&signature);
  }
  std::vector<SignatureRule> missing;
  for (const SignatureRule& rule : content.signatures) {
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
  return std::ranges::any_of(
      step.signatures, [](const SignatureState& signature) { return signature.voided_by.empty(); });
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

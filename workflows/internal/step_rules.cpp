#include "workflows/internal/step_rules.h"

#include <algorithm>

namespace batchwright::workflows {

std::vector<std::string> missing_entries(const StepContent& content, const StepState& step) {
  std::vector<std::string> missing;
  for (const Entry& entry : content.entries) {
    const bool done = current_value(step, entry.id) != nullptr || step.excused.contains(entry.id);
    if (entry.required && !done) missing.push_back(entry.id);
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

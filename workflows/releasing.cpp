#include "workflows/releasing.h"

#include <algorithm>

namespace batchwright::workflows {
namespace {

std::vector<std::string> split(const std::string& roles) {
  std::vector<std::string> names;
  std::size_t start = 0;
  while (start < roles.size()) {
    const std::size_t comma = std::min(roles.find(", ", start), roles.size());
    names.push_back(roles.substr(start, comma - start));
    start = comma + 2;
  }
  return names;
}

}  // namespace

std::vector<std::string> releasing_roles(const Mbr& mbr, const ExceptionState& exception) {
  if (!exception.release.empty()) return split(exception.release);
  const ReactionPlan* plan = mbr.find_plan(exception.plan);
  if (plan != nullptr && !plan->calls_role.empty()) return {plan->calls_role};
  return {"supervisor", "quality"};
}

bool blocks_batch(const ExceptionState& exception) {
  return exception.blocks == "batch" && !exception.released;
}

bool blocks_step(const ExceptionState& exception) {
  return exception.blocks == "step" && !exception.released;
}

bool may_be_excused(const Mbr& mbr, const ExceptionState& exception) {
  const auto ref = step_ref_from_text(exception.step);
  const Element* element = ref ? mbr.procedure.find(ref->path) : nullptr;
  if (element == nullptr || !element->step) return false;
  const auto& entries = element->step->entries;
  const auto entry = std::ranges::find(entries, exception.entry, &Entry::id);
  return exception.exception_class == "formula_error" && entry != entries.end() &&
         entry->kind == EntryKind::kComputed;
}

}  // namespace batchwright::workflows

#include "workflows/internal/run_values.h"

#include <fmt/format.h>

#include <algorithm>

namespace batchwright::workflows {
namespace {

Value typed(EntryKind kind, const std::string& text) {
  if (kind == EntryKind::kYesNo) return text == "yes";
  if (kind != EntryKind::kDecimal && kind != EntryKind::kComputed) return text;
  auto number = Decimal::parse(text);
  if (!number) return NoValue{};
  return std::move(*number);
}

NamedValue resolve_parameter(const StateEdit& state, std::string_view id) {
  NamedValue named{std::string(id), {}, NoValue{}};
  const Parameter* parameter = state.index().mbr->find_parameter(id);
  if (parameter == nullptr) return named;
  if (parameter->text.empty()) {
    named.text = parameter->value.value.to_text();
    named.value = parameter->value.value;
  } else {
    named.text = parameter->text;
    named.value = parameter->text;
  }
  return named;
}

// A step counts as completed while a correction has it open for a new signature: the process went
// on.
bool is_completed(const StepState& step) {
  return step.status == StepStatus::kComplete || step.reopened;
}

bool completed(const StateEdit& state, std::string_view path) {
  const IndexedElement* element = state.index().find(path);
  if (element == nullptr) return false;
  if (!element->is_step()) return state.element(std::string(path)) == "complete";
  const StepState* newest = state.newest(std::string(path));
  return newest != nullptr && is_completed(*newest);
}

std::string declared_unit(const StateEdit& state, std::string_view reference) {
  const std::size_t colon = reference.rfind(':');
  if (colon == std::string_view::npos) {
    const Parameter* parameter = state.index().mbr->find_parameter(reference);
    return parameter == nullptr ? "" : parameter->value.unit;
  }
  const StepContent* content = state.index().step(std::string(reference.substr(0, colon)));
  const Entry* entry =
      content == nullptr ? nullptr : find_entry(*content, std::string(reference.substr(colon + 1)));
  return entry == nullptr ? "" : entry->unit;
}

int count(const StateEdit& state, std::string_view path) {
  const std::string step_path(path);
  int completed_instances = 0;
  for (int instance = 1; instance <= state.instances(step_path); ++instance) {
    const StepState* step = state.step({step_path, instance});
    if (step != nullptr && is_completed(*step)) ++completed_instances;
  }
  return completed_instances;
}

}  // namespace

NamedValue resolve(const StateEdit& state, std::string_view reference, const StepRef* self) {
  const std::size_t colon = reference.rfind(':');
  if (colon == std::string_view::npos) return resolve_parameter(state, reference);
  StepRef ref{.path = std::string(reference.substr(0, colon))};
  ref.instance =
      self != nullptr && self->path == ref.path ? self->instance : state.instances(ref.path);
  const std::string entry_id(reference.substr(colon + 1));
  NamedValue named{fmt::format("{}:{}", to_text(ref), entry_id), {}, NoValue{}};
  const StepContent* content = state.index().step(ref.path);
  const StepState* step = state.step(ref);
  const Entry* entry = content == nullptr ? nullptr : find_entry(*content, entry_id);
  if (step == nullptr || entry == nullptr) return named;
  const auto recorded = step->entries.find(entry_id);
  const RecordedValue* current =
      recorded == step->entries.end() ? nullptr : recorded->second.current();
  if (current == nullptr) return named;
  named.text = current->value;
  named.value = typed(entry->kind, current->value);
  return named;
}

Expression::Environment environment_of(const StateEdit& state, const StepRef* self) {
  return {
      .value = [&state, self](std::string_view name) { return resolve(state, name, self).value; },
      .completed = [&state](std::string_view path) { return completed(state, path); },
      .count = [&state](std::string_view path) { return count(state, path); },
      .unit = [&state](std::string_view name) { return declared_unit(state, name); }};
}

std::vector<std::pair<std::string, std::string>> inputs_of(const Expression& expression,
                                                           const StateEdit& state,
                                                           const StepRef* self) {
  std::vector<std::pair<std::string, std::string>> inputs;
  for (const std::string& reference : expression.references()) {
    NamedValue named = resolve(state, reference, self);
    inputs.emplace_back(std::move(named.name), std::move(named.text));
  }
  for (const std::string& path : expression.steps()) {
    inputs.emplace_back(path, fmt::format("{}, {} completed",
                                          completed(state, path) ? "completed" : "not completed",
                                          count(state, path)));
  }
  return inputs;
}

bool has_inputs(const Expression& expression, const StateEdit& state, const StepRef* self) {
  return std::ranges::all_of(expression.references(), [&](const std::string& reference) {
    return !std::holds_alternative<NoValue>(resolve(state, reference, self).value);
  });
}

}  // namespace batchwright::workflows

#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"

namespace batchwright::workflows {

namespace {

// A value of the kind that the name will have in a run, to try the expression with.
Value sample_value(const CheckContext& context, std::string_view reference) {
  if (const Entry* entry = context.index.entry(reference)) {
    switch (entry->kind) {
      case EntryKind::kDecimal:
      case EntryKind::kComputed: return Decimal(1);
      case EntryKind::kYesNo: return true;
      default: return std::string("text");
    }
  }
  const Parameter* parameter = context.index.parameter(reference);
  if (parameter == nullptr) return NoValue{};
  return parameter->text.empty() ? Value(parameter->value.value) : Value(parameter->text);
}

void check_reference(const CheckContext& context, const std::string& reference,
                     const std::string& place) {
  const auto [path, entry] = MbrIndex::split_reference(reference);
  if (entry.empty()) {
    if (context.index.has_parameter(reference)) return;
    context.report.error(
        "name.unknown", place,
        "{" + reference + "} names no parameter. An entry is written {step/path:entry}.");
    return;
  }
  if (context.index.entry(reference) != nullptr) return;
  const bool step_exists = context.index.element(path) != nullptr;
  context.report.error(
      "name.unknown", place,
      step_exists
          ? "The step " + std::string(path) + " has no entry \"" + std::string(entry) + "\"."
          : "There is no step with the path \"" + std::string(path) + "\".");
}

// Values of the right kinds show a wrong operand before a run does. Only what evaluation reaches is
// tried; a zero divisor says nothing about real values.
void check_kinds(const CheckContext& context, const Expression& expression, ExpressionUse use,
                 const std::string& place) {
  Expression::Environment environment;
  environment.value = [&](std::string_view reference) { return sample_value(context, reference); };
  environment.completed = [](std::string_view) { return true; };
  environment.count = [](std::string_view) { return 1; };
  const auto value = expression.evaluate(environment);
  if (!value) {
    if (value.error().code == ErrorCode::kMalformed) {
      context.report.error("expression.kind", place,
                           value.error().message + " In: " + expression.text());
    }
    return;
  }
  if (std::holds_alternative<NoValue>(*value)) return;
  const bool right = use == ExpressionUse::kCondition ? std::holds_alternative<bool>(*value)
                                                      : !std::holds_alternative<bool>(*value);
  if (right) return;
  context.report.error(
      "expression.kind", place,
      use == ExpressionUse::kCondition
          ? "A condition must be true or false; this one is a value. Compare it with something."
          : "A formula must give a number; this one gives true or false. Use if(condition, 1, 0).");
}

}  // namespace

void check_expression(const CheckContext& context, const Expression& expression, ExpressionUse use,
                      const std::string& place) {
  bool names_known = true;
  for (const std::string& reference : expression.references()) {
    const auto entry = context.index.entry(reference);
    names_known = names_known && (entry != nullptr || context.index.has_parameter(reference));
    check_reference(context, reference, place);
  }
  for (const std::string& step : expression.steps()) {
    if (context.index.element(step) != nullptr) continue;
    names_known = false;
    context.report.error("name.unknown", place, "There is no step with the path \"" + step + "\".");
  }
  if (names_known) check_kinds(context, expression, use, place);
}

}  // namespace batchwright::workflows

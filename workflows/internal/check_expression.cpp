// Names, kinds and units of an expression, without running it: what a branch does that no trial
// would reach is checked too.
#include "workflows/internal/expression_kind.h"
#include "workflows/internal/identifier.h"
#include "workflows/internal/mbr_checks.h"

namespace batchwright::workflows {

namespace {

// What the name will give in a run. A name that isn't known has a finding of its own.
Kind kind_of_name(const CheckContext& context, std::string_view reference) {
  if (const Entry* entry = context.index.entry(reference)) {
    switch (entry->kind) {
      case EntryKind::kDecimal:
      case EntryKind::kComputed: return number_in(entry->unit);
      case EntryKind::kYesNo: return kind_of_type(Kind::Is::kTruth);
      default: return kind_of_type(Kind::Is::kText);
    }
  }
  const Parameter* parameter = context.index.parameter(reference);
  if (parameter == nullptr) return kind_of_type(Kind::Is::kUnknown);
  if (!parameter->text.empty()) return kind_of_type(Kind::Is::kText);
  return number_in(parameter->value.unit);
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

const char* wrong_result(ExpressionUse use, const Kind& kind) {
  if (use == ExpressionUse::kCondition) {
    return kind.is == Kind::Is::kTruth
               ? nullptr
               : "A condition must be true or false; this one is a value. Compare it with "
                 "something.";
  }
  if (kind.is == Kind::Is::kText) return "A formula must give a number; this one gives a text.";
  return kind.is_number() ? nullptr
                          : "A formula must give a number; this one gives true or false. Use "
                            "if(condition, 1, 0).";
}

// `declared`: the unit of the entry that a formula is for.
void check_kinds(const CheckContext& context, const Expression& expression, ExpressionUse use,
                 const std::string& place, const std::string& declared) {
  if (expression.root() == nullptr) return;
  KindReport report{.text = expression.text(), .findings = {}};
  const Kind kind = infer_kind(
      *expression.root(), [&](std::string_view name) { return kind_of_name(context, name); },
      report);
  const char* const wrong = kind.is == Kind::Is::kUnknown ? nullptr : wrong_result(use, kind);
  if (wrong != nullptr) report.error("expression.kind", *expression.root(), wrong);
  if (use == ExpressionUse::kFormula) {
    check_declared(*expression.root(), kind, number_in(declared), report);
  }
  for (const Finding& finding : report.findings) {
    if (finding.severity == Severity::kError) {
      context.report.error(finding.code, place, finding.message);
    } else {
      context.report.warning(finding.code, place, finding.message);
    }
  }
}

}  // namespace

void check_expression(const CheckContext& context, const Expression& expression, ExpressionUse use,
                      const std::string& place, const std::string& declared_unit) {
  for (const std::string& reference : expression.references()) {
    check_reference(context, reference, place);
  }
  for (const std::string& step : expression.steps()) {
    if (context.index.element(step) != nullptr) continue;
    context.report.error("name.unknown", place, "There is no step with the path \"" + step + "\".");
  }
  check_kinds(context, expression, use, place, declared_unit);
}

}  // namespace batchwright::workflows

// The rules of the static checker, by subject. Each adds its findings to the report.
#pragma once

#include <string_view>

#include "workflows/internal/mbr_index.h"
#include "workflows/internal/report.h"

namespace batchwright::workflows {

struct CheckContext {
  const Mbr& mbr;
  const MbrIndex& index;
  Report& report;
};

// Ids, title, languages, batch size, parameters, reaction plans.
void check_header(const CheckContext& context);

// Ids, titles, level and children of one element, not what is below.
void check_element(const CheckContext& context, const Element& element, std::string_view path,
                   const Element* parent);

// Instruction, durations, signatures and entries of a step.
void check_step(const CheckContext& context, const StepContent& step, std::string_view path);

// The entries alone; called by check_step.
void check_entries(const CheckContext& context, const StepContent& step, std::string_view path);

// Limits by formula, late results, identification and exception classes of the step's entries.
void check_entry_duties(const CheckContext& context, const StepContent& step,
                        std::string_view path);

// Camera checks, challenges and signatures that a check may stand in for, of the whole procedure.
void check_camera_entries(const CheckContext& context);

// Gates, effects, and the steps whose values this one acts on.
void check_gates(const CheckContext& context, const StepContent& step, std::string_view path);

// Equipment, materials, times between steps; what plans hold and whom they call later.
void check_requirements(const CheckContext& context);

// What the owner expects: ranges, order, independence, what may not be dropped; scenarios.
void check_expectations(const CheckContext& context);

// Nodes, links and the ways through the chart.
void check_chart(const CheckContext& context, const Element& element, std::string_view path);

// Names, kinds and units of an expression. A condition gives true or false, a formula a number in
// `declared_unit`.
enum class ExpressionUse { kCondition, kFormula };
void check_expression(const CheckContext& context, const Expression& expression, ExpressionUse use,
                      const std::string& place, const std::string& declared_unit = {});

// Computed entries that need each other.
void check_formula_cycles(const CheckContext& context);

// Words that must be there: English and every language the MBR claims.
void check_words(const CheckContext& context, const Words& words, const std::string& place,
                 std::string_view what);

}  // namespace batchwright::workflows

// What names in conditions and formulas mean in a run: the newest instance's value in force, or a
// parameter of the MBR.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflows/expression.h"
#include "workflows/internal/state_edit.h"

namespace batchwright::workflows {

struct NamedValue {
  std::string name;  // as recorded among the inputs: path#instance:entry, or the parameter's id
  std::string text;  // as reported; empty = no value yet
  Value value;
};

// `self`: the step instance a formula belongs to, whose own entries are meant even when a newer
// instance exists. nullptr for conditions.
[[nodiscard]] NamedValue resolve(const StateEdit& state, std::string_view reference,
                                 const StepRef* self);

// Valid while `state` and `self` live.
[[nodiscard]] Expression::Environment environment_of(const StateEdit& state, const StepRef* self);

// Everything the expression looks at, in order of appearance, for the record.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> inputs_of(
    const Expression& expression, const StateEdit& state, const StepRef* self);

// True when every reference has a value.
[[nodiscard]] bool has_inputs(const Expression& expression, const StateEdit& state,
                              const StepRef* self);

}  // namespace batchwright::workflows

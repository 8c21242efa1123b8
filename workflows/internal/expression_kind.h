// What an expression gives, known without running it: true or false, a text, or a number with its
// unit. Rules and remedies are written down in docs/formats/expression.md, "Units".
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/finding.h"
#include "base/unit_scale.h"
#include "workflows/internal/expression_node.h"

namespace batchwright::workflows {

struct Kind {
  enum class Is { kUnknown, kTruth, kText, kNumber };
  Is is = Is::kUnknown;  // unknown: a finding says why already, or somebody else will

  // Of a number. Fractions (%, ppm) are pure numbers here, counted in powers of ten: formulas
  // write the 100 of a percentage as a constant.
  UnitScale unit;
  int unit_tens = 0;            // 2 for %, 6 for ppm, -2 for 1/%
  int constant_tens = 0;        // of constant factors: 2 for 100 * x, -4 for x / 10000
  bool fraction = false;        // a fraction takes part
  bool other_constant = false;  // a constant factor that is no power of ten takes part
  bool constant = false;        // made of constants only: it takes the unit of what it meets
  bool difference = false;      // of two readings of a temperature: it has no zero to shift

  [[nodiscard]] bool is_number() const { return is == Is::kNumber; }
};

[[nodiscard]] Kind kind_of_type(Kind::Is is);
// Of a number in a unit that parse_unit() reads; unknown for another text.
[[nodiscard]] Kind number_in(std::string_view unit);
// The unit as people read it: "kg", "%", "kg·m^2/s".
[[nodiscard]] std::string unit_words(const Kind& kind);
// The unit, with the fraction that it may be, as a scale to convert from or to.
[[nodiscard]] UnitScale whole_scale(const Kind& kind);

// Findings without place; the message quotes the part of the formula that it is about.
struct KindReport {
  std::string_view text;  // of the expression
  Findings findings;

  void add(Severity severity, std::string code, const ExpressionNode& node, std::string_view words);
  void error(std::string code, const ExpressionNode& node, std::string_view words);
  void warning(std::string code, const ExpressionNode& node, std::string_view words);
  [[nodiscard]] std::string quote(const ExpressionNode& node) const;
};

// `kind_of` knows the names in {...}. All findings at once: a wrong part is unknown to what is
// around it, and said once.
using KindOfName = std::function<Kind(std::string_view reference)>;
[[nodiscard]] Kind infer_kind(const ExpressionNode& node, const KindOfName& kind_of,
                              KindReport& report);

// Whether a result fits the entry it is meant for, with the remedy if it doesn't.
void check_declared(const ExpressionNode& node, const Kind& result, const Kind& declared,
                    KindReport& report);

// The unit that infer_kind finds for a number, from the units that a run's record declares.
// kMalformed where convert() has nothing to start from.
[[nodiscard]] Result<UnitScale> unit_of(const ExpressionNode& node,
                                        const Expression::Environment& environment);

// Numbers meeting numbers; every operand is a number or unknown. Used by infer_kind.
struct Operand {
  const ExpressionNode* node;
  Kind kind;
};
// For + - comparison, mean and their like: one unit for all. `readings`: whether temperatures on a
// scale with a shifted zero may meet as they are (they may be compared, not added).
[[nodiscard]] Kind same_unit(const ExpressionNode& node, const std::vector<Operand>& operands,
                             KindReport& report);
[[nodiscard]] Kind product(const ExpressionNode& node, const Operand& left, const Operand& right,
                           bool divides, KindReport& report);
// kUnknown, with a finding, for a reading of °C or °F: it can't be multiplied.
[[nodiscard]] Kind without_zero(const Operand& operand, KindReport& report);

}  // namespace batchwright::workflows

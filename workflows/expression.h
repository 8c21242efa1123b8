// The small expression language of transition conditions and computed entries. Parsed once,
// bounded, exact decimals. Grammar in docs/formats/expression.md:
//   expr   = or ; or = and {"or" and} ; and = not {"and" not} ; not = ["not"] compare
//   compare = sum [("<"|"<="|">"|">="|"="|"<>") sum] ; sum = product {("+"|"-") product}
//   product = unary {("*"|"/") unary} ; unary = ["-"] primary
//   primary = number | "true" | "false" | text in double quotes | reference | call | "(" expr ")"
//   reference = {step/path:entry} | {parameter}   |   call = name "(" expr {"," expr} ")"
//   functions: completed(text step path), count(text step path) instances completed, mean, sum,
//   min, max, round(x, places), if(cond, a, b), ratio(a, b), yield(actual, theoretical),
//   potency(x, assay, lod), convert(x, text unit)
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/finding.h"

namespace batchwright::workflows {

// No value yet is a value of its own: every operation on it gives kNoValue, and a condition over it
// is not true.
struct NoValue {
  bool operator==(const NoValue&) const = default;
};
using Value = std::variant<NoValue, bool, Decimal, std::string>;

struct ExpressionNode;  // workflows/internal

class Expression {
 public:
  // kMalformed with the column as place. At most 1,000 characters and 64 levels.
  [[nodiscard]] static Result<Expression> parse(std::string_view text);

  [[nodiscard]] const std::string& text() const { return text_; }
  // Names inside {...}, each once, in order of appearance.
  [[nodiscard]] const std::vector<std::string>& references() const { return references_; }
  // Step paths inside completed(...) and count(...).
  [[nodiscard]] const std::vector<std::string>& steps() const { return steps_; }

  struct Environment {
    std::function<Value(std::string_view reference)> value;
    std::function<bool(std::string_view step)> completed;
    std::function<int(std::string_view step)> count;
    // The unit that the record declares for a number, for convert(); empty = pure number.
    std::function<std::string(std::string_view reference)> unit = nullptr;
  };
  // kRefused for a zero divisor, kMalformed for operands of the wrong type; never throws.
  [[nodiscard]] Result<Value> evaluate(const Environment& environment) const;

  // For the checker; nullptr in a default-made expression. Lives as long as the expression.
  [[nodiscard]] const ExpressionNode* root() const { return root_.get(); }

 private:
  std::string text_;
  std::shared_ptr<const ExpressionNode> root_;
  std::vector<std::string> references_;
  std::vector<std::string> steps_;
};

}  // namespace batchwright::workflows

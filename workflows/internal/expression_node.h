// The parsed form of an expression: a small tree, made by expression_parse.cpp, walked by
// expression_evaluate.cpp.
#pragma once

#include <string>
#include <vector>

#include "workflows/expression.h"

namespace batchwright::workflows {

enum class Operation {
  kLiteral,
  kReference,
  kCompleted,
  kCount,
  kOr,
  kAnd,
  kNot,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNegate,
  kMean,
  kSum,
  kMin,
  kMax,
  kRound,
  kIf,
  kPotency,
  kYield,
  kRatio,
  kConvert,
};

struct ExpressionNode {
  Operation operation = Operation::kLiteral;
  Value literal;     // kLiteral
  std::string name;  // kReference: inside the braces; kCompleted, kCount: the step path;
                     // kConvert: the unit to convert into
  std::vector<ExpressionNode> operands;
  std::size_t begin = 0, end = 0;  // bytes of the expression's text that it was read from
};

// Of any part of an expression; what Expression::evaluate promises.
[[nodiscard]] Result<Value> evaluate_node(const ExpressionNode& node,
                                          const Expression::Environment& environment);

}  // namespace batchwright::workflows

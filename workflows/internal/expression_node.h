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
};

struct ExpressionNode {
  Operation operation = Operation::kLiteral;
  Value literal;     // kLiteral
  std::string name;  // kReference: inside the braces; kCompleted, kCount: the step path
  std::vector<ExpressionNode> operands;
};

}  // namespace batchwright::workflows

// Evaluation: exact, total, and strict about types. "No value yet" travels through every operation,
// so that a condition over something unknown is never true by accident.
#include <charconv>

#include "base/then.h"
#include "workflows/internal/expression_kind.h"

namespace batchwright::workflows {
namespace {

using Environment = Expression::Environment;
using Values = std::vector<Value>;

bool is_missing(const Value& value) {
  return std::holds_alternative<NoValue>(value);
}

std::unexpected<Error> wrong_type(const char* message) {
  return fail(ErrorCode::kMalformed, message);
}

Result<Value> as_value(Result<Decimal> number) {
  if (!number) return std::unexpected(number.error());
  return Value(std::move(*number));
}

// The right side is looked at only when the left one doesn't decide: "{x} <> 0 and {y} / {x} > 1"
// is safe.
Result<Value> evaluate_logic(const ExpressionNode& node, const Environment& environment) {
  const bool deciding = node.operation == Operation::kOr;
  for (const ExpressionNode& operand : node.operands) {
    auto value = evaluate_node(operand, environment);
    if (!value || is_missing(*value)) return value;
    const bool* truth = std::get_if<bool>(&*value);
    if (truth == nullptr) return wrong_type("and, or: both sides must be true or false.");
    if (*truth == deciding) return Value(deciding);
  }
  return Value(!deciding);
}

Result<Value> evaluate_not(const ExpressionNode& node, const Environment& environment) {
  auto value = evaluate_node(node.operands.front(), environment);
  if (!value || is_missing(*value)) return value;
  const bool* truth = std::get_if<bool>(&*value);
  if (truth == nullptr) return wrong_type("not: the operand must be true or false.");
  return Value(!*truth);
}

// Only the chosen branch is evaluated, so the other one may be undefined.
Result<Value> evaluate_if(const ExpressionNode& node, const Environment& environment) {
  auto condition = evaluate_node(node.operands[0], environment);
  if (!condition || is_missing(*condition)) return condition;
  const bool* truth = std::get_if<bool>(&*condition);
  if (truth == nullptr) return wrong_type("if: the condition must be true or false.");
  return evaluate_node(node.operands[*truth ? 1 : 2], environment);
}

Result<Value> compare(Operation operation, const Value& left, const Value& right) {
  if (left.index() != right.index()) {
    return wrong_type("A comparison needs two values of the same kind.");
  }
  if (operation == Operation::kEqual) return Value(left == right);
  if (operation == Operation::kNotEqual) return Value(left != right);
  const Decimal* a = std::get_if<Decimal>(&left);
  const Decimal* b = std::get_if<Decimal>(&right);
  if (a == nullptr || b == nullptr) return wrong_type("<, <=, > and >= compare numbers only.");
  switch (operation) {
    case Operation::kLess: return Value(*a < *b);
    case Operation::kLessEqual: return Value(*a <= *b);
    case Operation::kGreater: return Value(*a > *b);
    default: return Value(*a >= *b);
  }
}

Decimal negated(const Decimal& number) {
  return subtract(Decimal(0), number).value_or(number);  // has as many digits, so it always fits
}

Result<Decimal> round_to(const Decimal& value, const Decimal& places) {
  int count = -1;
  const std::string text = places.to_text();
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, count);
  if (read.ec != std::errc{} || read.ptr != end || count < 0 || count > Decimal::kDigitsMax) {
    return wrong_type("round: places must be a whole number from 0 to 34.");
  }
  Decimal rounded = value.rounded(count);
  if (rounded.places() == count) return rounded;
  return fail(ErrorCode::kMalformed, "round: the result needs more than 34 digits.");
}

Result<Decimal> sum_of(const std::vector<Decimal>& numbers) {
  Result<Decimal> total = Decimal(0);
  for (const Decimal& number : numbers) {
    total = add_rounded(*total, number);
    if (!total) break;
  }
  return total;
}

// Actual yield as a percentage of the theoretical one: 21 CFR 210.3(b)(19).
Result<Decimal> percentage_of(const Decimal& actual, const Decimal& theoretical) {
  return then(multiply_rounded(Decimal(100), actual),
              [&](const Decimal& hundredfold) { return divide(hundredfold, theoretical); });
}

// The mass of material that holds `pure` of the substance itself: of the material as it is, LOD %
// is lost on drying, and the rest is assay % pure. One division, so that rounding happens once.
Result<Decimal> compensated(const Decimal& pure, const Decimal& assay, const Decimal& lod) {
  const Decimal hundred(100), zero(0);
  if (assay <= zero || lod < zero || lod >= hundred) {
    return fail(ErrorCode::kRefused,
                "potency: the assay must be above 0 %, the loss on drying from 0 to below 100 %.");
  }
  const auto content = then(subtract(hundred, lod),
                            [&](const Decimal& dry) { return multiply_rounded(assay, dry); });
  if (!content) return content;
  return then(multiply_rounded(Decimal(10'000), pure),
              [&](const Decimal& scaled) { return divide(scaled, *content); });
}

Result<Decimal> calculate(Operation operation, const std::vector<Decimal>& numbers) {
  switch (operation) {
    case Operation::kAdd: return add_rounded(numbers[0], numbers[1]);
    case Operation::kSubtract: return add_rounded(numbers[0], negated(numbers[1]));
    case Operation::kMultiply: return multiply_rounded(numbers[0], numbers[1]);
    case Operation::kDivide:
    case Operation::kRatio: return divide(numbers[0], numbers[1]);
    case Operation::kYield: return percentage_of(numbers[0], numbers[1]);
    case Operation::kPotency: return compensated(numbers[0], numbers[1], numbers[2]);
    case Operation::kNegate: return negated(numbers[0]);
    case Operation::kRound: return round_to(numbers[0], numbers[1]);
    case Operation::kMin: return *std::ranges::min_element(numbers);
    case Operation::kMax: return *std::ranges::max_element(numbers);
    case Operation::kSum: return sum_of(numbers);
    case Operation::kMean: {
      const auto total = sum_of(numbers);
      if (!total) return total;
      return divide(*total, Decimal(static_cast<std::int64_t>(numbers.size())));
    }
    default: return wrong_type("This is not an operation on numbers.");
  }
}

// Operations that look at all their operands first: comparisons and arithmetic.
Result<Value> evaluate_strict(const ExpressionNode& node, const Environment& environment) {
  Values values;
  for (const ExpressionNode& operand : node.operands) {
    auto value = evaluate_node(operand, environment);
    if (!value || is_missing(*value)) return value;
    values.push_back(std::move(*value));
  }
  if (node.operation >= Operation::kLess && node.operation <= Operation::kNotEqual) {
    return compare(node.operation, values[0], values[1]);
  }
  std::vector<Decimal> numbers;
  for (const Value& value : values) {
    const Decimal* number = std::get_if<Decimal>(&value);
    if (number == nullptr) return wrong_type("Arithmetic needs numbers.");
    numbers.push_back(*number);
  }
  return as_value(calculate(node.operation, numbers));
}

// The number's own unit is what the checker infers for it, here from the run's record.
Result<Value> evaluate_convert(const ExpressionNode& node, const Environment& environment) {
  const ExpressionNode& operand = node.operands.front();
  auto value = evaluate_node(operand, environment);
  if (!value || is_missing(*value)) return value;
  const Decimal* number = std::get_if<Decimal>(&*value);
  if (number == nullptr) return wrong_type("convert: only numbers have a unit.");
  const auto from = unit_of(operand, environment);
  if (!from) return std::unexpected(from.error());
  const auto to = parse_unit(node.name);
  if (!to) return std::unexpected(to.error());
  return as_value(convert(*number, *from, *to));
}

}  // namespace

// Recursion is bounded by the parser: at most 1,000 characters make at most 1,000 nodes.
Result<Value> evaluate_node(const ExpressionNode& node, const Environment& environment) {
  switch (node.operation) {
    case Operation::kLiteral: return node.literal;
    case Operation::kReference:
      return environment.value ? environment.value(node.name) : Value(NoValue{});
    case Operation::kCompleted:
      return Value(environment.completed && environment.completed(node.name));
    case Operation::kCount:
      return Value(Decimal(environment.count ? environment.count(node.name) : 0));
    case Operation::kOr:
    case Operation::kAnd: return evaluate_logic(node, environment);
    case Operation::kNot: return evaluate_not(node, environment);
    case Operation::kIf: return evaluate_if(node, environment);
    case Operation::kConvert: return evaluate_convert(node, environment);
    default: return evaluate_strict(node, environment);
  }
}

Result<Value> Expression::evaluate(const Environment& environment) const {
  if (root_ == nullptr) return Value(NoValue{});
  return evaluate_node(*root_, environment);
}

}  // namespace batchwright::workflows

// The walk: every node gets its kind from those of its operands, each mistake is said once.
#include "workflows/internal/expression_kind.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace batchwright::workflows {
namespace {

using Is = Kind::Is;

constexpr std::size_t kQuotedBytesMax = 80;
constexpr std::size_t kFindingsPerExpressionMax = 50;

Kind literal_kind(const Value& literal) {
  if (std::holds_alternative<bool>(literal)) return kind_of_type(Is::kTruth);
  if (std::holds_alternative<std::string>(literal)) return kind_of_type(Is::kText);
  Kind kind = number_in("");
  kind.constant = true;
  return kind;
}

const char* words_of(Is is) {
  switch (is) {
    case Is::kTruth: return "true or false";
    case Is::kText: return "a text";
    default: return "a number";
  }
}

class KindInference {
 public:
  KindInference(const KindOfName& kind_of, KindReport& report)
      : kind_of_(kind_of), report_(report) {}

  // Recursion is bounded by the parser: at most 1,000 nodes, none deeper than those allow.
  Kind infer(const ExpressionNode& node) {
    switch (node.operation) {
      case Operation::kLiteral: return literal_kind(node.literal);
      case Operation::kReference: return kind_of_(node.name);
      case Operation::kCompleted: return kind_of_type(Is::kTruth);
      case Operation::kCount: return number_in("");
      case Operation::kOr:
      case Operation::kAnd:
      case Operation::kNot: return infer_logic(node);
      case Operation::kIf: return infer_if(node);
      default: break;
    }
    if (node.operation >= Operation::kLess && node.operation <= Operation::kNotEqual) {
      return infer_comparison(node);
    }
    std::vector<Operand> operands;
    operands.reserve(node.operands.size());
    for (const ExpressionNode& operand : node.operands) operands.push_back(infer_number(operand));
    return infer_arithmetic(node, operands);
  }

 private:
  void wrong_kind(const ExpressionNode& node, Is is, std::string_view wanted) {
    report_.error("expression.kind", node,
                  fmt::format("{} is {}, but {}.", report_.quote(node), words_of(is), wanted));
  }

  void expect_truth(const ExpressionNode& node, std::string_view wanted) {
    const Kind kind = infer(node);
    if (kind.is != Is::kTruth && kind.is != Is::kUnknown) wrong_kind(node, kind.is, wanted);
  }

  Operand infer_number(const ExpressionNode& node) {
    Operand operand{&node, infer(node)};
    if (operand.kind.is_number() || operand.kind.is == Is::kUnknown) return operand;
    wrong_kind(node, operand.kind.is, "a number is needed here");
    return {&node, {}};
  }

  Kind infer_logic(const ExpressionNode& node) {
    for (const ExpressionNode& operand : node.operands) {
      expect_truth(operand,
                   "and, or and not join what is true or false: compare it with something");
    }
    return kind_of_type(Is::kTruth);
  }

  // Two values that must be of one kind: the sides of a comparison, the branches of if.
  Kind meet(const ExpressionNode& node, const ExpressionNode& a, const ExpressionNode& b) {
    const Operand left{&a, infer(a)};
    const Operand right{&b, infer(b)};
    if (left.kind.is == Is::kUnknown) return right.kind;
    if (right.kind.is == Is::kUnknown) return left.kind;
    if (left.kind.is != right.kind.is) {
      report_.error("expression.kind", node,
                    fmt::format("{} is {}, {} is {}: only values of one kind can stand here.",
                                report_.quote(a), words_of(left.kind.is), report_.quote(b),
                                words_of(right.kind.is)));
      return {};
    }
    if (!left.kind.is_number()) return left.kind;
    check_zero(node, {left, right});
    return same_unit(node, {left, right}, report_);
  }

  Kind infer_if(const ExpressionNode& node) {
    expect_truth(node.operands[0], "the condition of if must be true or false");
    return meet(node, node.operands[1], node.operands[2]);
  }

  Kind infer_comparison(const ExpressionNode& node) {
    const Kind kind = meet(node, node.operands[0], node.operands[1]);
    const bool orders = node.operation < Operation::kEqual;
    if (orders && (kind.is == Is::kText || kind.is == Is::kTruth)) {
      report_.error("expression.kind", node, "<, <=, > and >= compare numbers only.");
    }
    return kind_of_type(Is::kTruth);
  }

  // °C and K are one size apart from their zero: comparing them as they stand is a mistake.
  void check_zero(const ExpressionNode& node, const std::vector<Operand>& operands) {
    const Operand* first = nullptr;
    for (const Operand& operand : operands) {
      if (!operand.kind.is_number() || operand.kind.constant) continue;
      if (first == nullptr) first = &operand;
      const bool same_size = operand.kind.unit.dimension == first->kind.unit.dimension &&
                             operand.kind.unit.factor == first->kind.unit.factor;
      if (!same_size || operand.kind.unit.offset == first->kind.unit.offset) continue;
      report_.error(
          "expression.unit", node,
          fmt::format("{} is in {}, {} in {}: their zeros differ. Use convert(), and declare "
                      "differences of temperature in K.",
                      report_.quote(*first->node), unit_words(first->kind),
                      report_.quote(*operand.node), unit_words(operand.kind)));
    }
  }

  Kind infer_arithmetic(const ExpressionNode& node, std::vector<Operand>& operands) {
    switch (node.operation) {
      case Operation::kAdd:
      case Operation::kSum: return infer_sum(node, operands);
      case Operation::kSubtract: return infer_difference(node, operands);
      case Operation::kMultiply: return product(node, operands[0], operands[1], false, report_);
      case Operation::kDivide: return product(node, operands[0], operands[1], true, report_);
      case Operation::kNegate: return operands[0].kind;
      case Operation::kRound: return infer_round(operands);
      case Operation::kPotency: return infer_potency(operands);
      case Operation::kYield:
      case Operation::kRatio: return infer_ratio(node, operands);
      case Operation::kConvert: return infer_convert(node, operands[0]);
      default:
        check_zero(node, operands);
        return same_unit(node, operands, report_);  // mean, min, max
    }
  }

  // A reading and a difference make a reading; two readings make nothing.
  Kind infer_sum(const ExpressionNode& node, std::vector<Operand>& operands) {
    const auto is_reading = [](const Operand& operand) { return operand.kind.unit.offset != 0; };
    const auto reading = std::ranges::find_if(operands, is_reading);
    if (reading == operands.end()) return same_unit(node, operands, report_);
    const Kind result = reading->kind;
    for (auto it = std::next(reading); it != operands.end(); ++it) {
      if (is_reading(*it)) it->kind = without_zero(*it, report_);
    }
    (void)same_unit(node, operands, report_);
    return result;
  }

  Kind infer_difference(const ExpressionNode& node, const std::vector<Operand>& operands) {
    Kind result = same_unit(node, operands, report_);
    if (result.unit.offset == 0) return result;
    const bool from_difference = operands[1].kind.difference;
    if (from_difference) return result;
    result.unit.offset = 0;
    result.difference = true;
    return result;
  }

  Kind infer_round(const std::vector<Operand>& operands) {
    const Operand& places = operands[1];
    if (places.kind.constant) {
      ExpressionNode trial;  // whether the places are whole and from 0 to 34
      trial.operation = Operation::kRound;
      trial.operands.resize(2);
      trial.operands[0].literal = Decimal(0);
      trial.operands[1] = *places.node;
      const auto value = evaluate_node(trial, {});
      if (!value) report_.error("expression.kind", *places.node, value.error().message);
    } else if (places.kind.is_number() && !places.kind.unit.dimension.is_none()) {
      report_.error("expression.unit", *places.node, "round: places is a pure number.");
    }
    return operands[0].kind;
  }

  Kind infer_potency(const std::vector<Operand>& operands) {
    for (const Operand& share : {operands[1], operands[2]}) {
      const Kind& kind = share.kind;
      if (!kind.is_number() || kind.constant) continue;
      if (kind.unit == UnitScale{} && kind.unit_tens + kind.constant_tens == 2) continue;
      report_.error("expression.unit", *share.node,
                    fmt::format("potency: assay and loss on drying are in %; {} is in {}.",
                                report_.quote(*share.node), unit_words(kind)));
    }
    return without_zero(operands[0], report_);
  }

  Kind infer_ratio(const ExpressionNode& node, std::vector<Operand>& operands) {
    for (Operand& operand : operands) operand.kind = without_zero(operand, report_);
    (void)same_unit(node, operands, report_);
    return number_in(node.operation == Operation::kYield ? "%" : "");
  }

  Kind infer_convert(const ExpressionNode& node, const Operand& operand) {
    const Kind to = number_in(node.name);
    const Kind& from = operand.kind;
    if (!from.is_number()) return to;
    if (from.constant) {
      report_.error("expression.unit", node, "convert: a constant has no unit to start from.");
    } else if (from.unit.dimension != to.unit.dimension) {
      report_.error("expression.unit", node,
                    fmt::format("convert: {} is in {}, which can't become {}.",
                                report_.quote(*operand.node), unit_words(from), unit_words(to)));
    } else if (from.difference && to.unit.offset != 0) {
      report_.error("expression.unit", node,
                    "convert: a difference of temperatures has no zero. Convert each, then "
                    "subtract; or convert the difference into K.");
    } else if ((from.fraction || to.fraction) && from.constant_tens != 0) {
      report_.warning("expression.percent", node,
                      "convert: the number was multiplied by a power of ten already. Leave the "
                      "factor away.");
    }
    return to;
  }

  const KindOfName& kind_of_;
  KindReport& report_;
};

}  // namespace

Kind kind_of_type(Is is) {
  Kind kind;
  kind.is = is;
  return kind;
}

std::string KindReport::quote(const ExpressionNode& node) const {
  if (node.end > text.size()) return "a part of the formula";  // nobody will read it
  const std::string_view part = text.substr(node.begin, node.end - node.begin);
  if (part.size() <= kQuotedBytesMax) return std::string(part);
  return fmt::format("the part from column {} on",
                     count_characters(text.substr(0, node.begin)) + 1);
}

void KindReport::add(Severity severity, std::string code, const ExpressionNode& node,
                     std::string_view words) {
  if (findings.size() >= kFindingsPerExpressionMax) return;
  const std::size_t before = std::min(node.begin, text.size());
  const std::size_t column = count_characters(text.substr(0, before)) + 1;
  findings.push_back(
      {severity, std::move(code), {}, fmt::format("Column {}: {} In: {}", column, words, text)});
}
void KindReport::error(std::string code, const ExpressionNode& node, std::string_view words) {
  add(Severity::kError, std::move(code), node, words);
}
void KindReport::warning(std::string code, const ExpressionNode& node, std::string_view words) {
  add(Severity::kWarning, std::move(code), node, words);
}

Kind infer_kind(const ExpressionNode& node, const KindOfName& kind_of, KindReport& report) {
  return KindInference(kind_of, report).infer(node);
}

Result<UnitScale> unit_of(const ExpressionNode& node, const Expression::Environment& environment) {
  KindReport report;
  const Kind kind = infer_kind(
      node,
      [&](std::string_view name) {
        return number_in(environment.unit ? environment.unit(name) : std::string());
      },
      report);
  if (kind.is_number() && !kind.constant && !has_errors(report.findings)) return whole_scale(kind);
  return fail(ErrorCode::kMalformed, "convert: the number has no unit to start from.");
}

}  // namespace batchwright::workflows

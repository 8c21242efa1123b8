// How units meet in a formula. Values in a run are plain decimals in the unit their entry declares,
// so nothing is converted silently: same dimension in another size is a finding with the remedy.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "workflows/internal/expression_kind.h"

namespace batchwright::workflows {
namespace {

constexpr int kTensMax = 12;

Ratio power_of_ten(int exponent) {
  Ratio power = 1;
  for (int i = 0; i < std::abs(exponent); ++i) power *= 10;
  return exponent < 0 ? Ratio(1 / power) : power;
}

// The exponent of a power of ten from -12 to 12; nullopt for every other number.
std::optional<int> tens_of(const Ratio& number) {
  for (int exponent = -kTensMax; exponent <= kTensMax; ++exponent) {
    if (number == power_of_ten(exponent)) return exponent;
  }
  return std::nullopt;
}

int tens(const Kind& kind) {
  return kind.unit_tens + kind.constant_tens;
}

bool is_reading(const Kind& kind) {
  return kind.unit.offset != 0;
}

std::optional<int> tens_of(const Decimal& number) {
  static const auto kPowers = [] {
    std::vector<std::pair<Decimal, int>> powers;
    for (int i = 0; i <= kTensMax; ++i) {
      powers.emplace_back(
          Decimal::parse("1" + std::string(static_cast<std::size_t>(i), '0')).value(), i);
      if (i > 0) powers.emplace_back(divide(Decimal(1), powers.back().first).value(), -i);
    }
    return powers;
  }();
  const auto found = std::ranges::find(kPowers, number, &std::pair<Decimal, int>::first);
  if (found == kPowers.end()) return std::nullopt;
  return found->second;
}

// A constant factor: its power of ten, for the fractions.
void note_constant(Kind& result, const Operand& constant, bool divides) {
  const auto value = evaluate_node(*constant.node, {});
  const Decimal* const number = value ? std::get_if<Decimal>(&*value) : nullptr;
  const auto tens = number == nullptr ? std::nullopt : tens_of(*number);
  result.constant_tens += divides ? -tens.value_or(0) : tens.value_or(0);
  result.other_constant = result.other_constant || !tens;
}

std::string is_in(const KindReport& report, const Operand& operand) {
  return fmt::format("{} is in {}", report.quote(*operand.node), unit_words(operand.kind));
}

// One operand against the first that has a unit.
void compare_units(const ExpressionNode& node, const Operand& first, const Operand& other,
                   KindReport& report) {
  const Kind &a = first.kind, &b = other.kind;
  const std::string both = is_in(report, first) + ", " + is_in(report, other);
  if (a.unit.dimension != b.unit.dimension) {
    report.error("expression.unit", node,
                 both + ". These measure different things and can't meet here.");
    return;
  }
  const bool plain = a.constant_tens == 0 && b.constant_tens == 0;
  if (a.unit.factor != b.unit.factor || (plain && a.unit_tens != b.unit_tens)) {
    report.error("expression.unit", node,
                 fmt::format("{}. Nothing is converted silently: write convert({}, \"{}\").", both,
                             report.quote(*other.node), unit_words(a)));
    return;
  }
  if ((a.fraction || b.fraction) && tens(a) != tens(b) && !a.other_constant && !b.other_constant) {
    report.warning("expression.percent", node,
                   "One side seems to be a percentage and the other a part of one. Check the "
                   "factor 100, or use convert() and yield().");
  }
}

}  // namespace

Kind number_in(std::string_view unit) {
  const auto scale = parse_unit(unit);
  if (!scale) return {};
  Kind kind;
  kind.is = Kind::Is::kNumber;
  kind.unit = *scale;
  if (!scale->dimension.is_none() || scale->factor == 1) return kind;
  if (const auto tens = tens_of(scale->factor)) {
    kind.unit.factor = 1;
    kind.unit_tens = -*tens;
    kind.fraction = true;
  }
  return kind;
}

UnitScale whole_scale(const Kind& kind) {
  UnitScale scale = kind.unit;
  scale.factor *= power_of_ten(-kind.unit_tens);
  return scale;
}

std::string unit_words(const Kind& kind) {
  return describe(whole_scale(kind));
}

Kind without_zero(const Operand& operand, KindReport& report) {
  if (!operand.kind.is_number() || !is_reading(operand.kind)) return operand.kind;
  report.error("expression.unit", *operand.node,
               fmt::format("{}, whose zero is not the absolute one: it can't be added up, "
                           "multiplied or divided. Use a difference, mean(), or convert({}, "
                           "\"K\").",
                           is_in(report, operand), report.quote(*operand.node)));
  return {};
}

Kind same_unit(const ExpressionNode& node, const std::vector<Operand>& operands,
               KindReport& report) {
  const Operand* first = nullptr;
  for (const Operand& operand : operands) {
    if (!operand.kind.is_number() || operand.kind.constant) continue;
    if (first == nullptr) {
      first = &operand;
    } else {
      compare_units(node, *first, operand, report);
    }
  }
  if (first != nullptr) return first->kind;
  const bool all_constant =
      std::ranges::all_of(operands, [](const Operand& operand) { return operand.kind.constant; });
  return all_constant && !operands.empty() ? operands.front().kind : Kind{};
}

Kind product(const ExpressionNode& node, const Operand& left, const Operand& right, bool divides,
             KindReport& report) {
  Kind a = without_zero(left, report);
  const Kind b = without_zero(right, report);
  if (!a.is_number() || !b.is_number()) return {};
  if (a.constant && b.constant) return a;
  Kind result = a.constant ? Kind{} : a;
  result.is = Kind::Is::kNumber;
  result.difference = false;
  if (a.constant) note_constant(result, left, false);
  if (b.constant) {
    note_constant(result, right, divides);
    return result;
  }
  const int sign = divides ? -1 : 1;
  result.unit = divides ? divide(result.unit, b.unit) : multiply(result.unit, b.unit);
  if (!is_bounded(result.unit)) {
    report.error("expression.unit", node, "This product has more units than can be checked.");
    return {};
  }
  result.unit_tens += sign * b.unit_tens;
  result.constant_tens += sign * b.constant_tens;
  result.fraction = result.fraction || b.fraction;
  result.other_constant = result.other_constant || b.other_constant;
  return result;
}

void check_declared(const ExpressionNode& node, const Kind& result, const Kind& declared,
                    KindReport& report) {
  if (!result.is_number() || result.constant || !declared.is_number()) return;
  const std::string both = fmt::format("The formula gives {}, the entry is declared in {}",
                                       unit_words(result), unit_words(declared));
  if (result.unit.dimension != declared.unit.dimension) {
    report.error("expression.unit", node,
                 both +
                     ": these measure different things. Correct the formula or the unit, or "
                     "make a constant that has a unit a parameter.");
    return;
  }
  const bool other_zero = is_reading(result) && result.unit.offset != declared.unit.offset;
  if (result.unit.factor != declared.unit.factor || other_zero) {
    report.error("expression.unit", node,
                 fmt::format("{}. Declare that, or convert the formula with convert(..., \"{}\").",
                             both, unit_words(declared)));
    return;
  }
  const bool percent = result.fraction || declared.fraction;
  if (percent && !result.other_constant && tens(result) != declared.unit_tens) {
    report.warning("expression.percent", node,
                   fmt::format("The entry is declared in {}, but the factors of the formula don't "
                               "add up to that: check for a missing or extra 100.",
                               unit_words(declared)));
  }
}

}  // namespace batchwright::workflows

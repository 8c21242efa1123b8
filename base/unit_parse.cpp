// Products and quotients of units, as people and UCUM write them:
//   unit = "/" term | term ; term = factor { ("." | "·" | "*" | "/") factor }
//   factor = name [exponent] | number [" " name] | "(" unit ")"
//   exponent = ["-" | "+"] digit | "²" | "³"
#include <fmt/format.h>

#include "base/internal/unit_atoms.h"
#include "base/unit_scale.h"

namespace batchwright {
namespace {

constexpr std::size_t kBytesMax = 128;
constexpr int kFactorsMax = 16;
constexpr int kLevelsMax = 4;
constexpr std::size_t kDigitsMax = 9;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

UnitScale power(const UnitScale& unit, int exponent) {
  UnitScale result;
  for (int i = 0; i < std::abs(exponent); ++i) {
    result = exponent > 0 ? multiply(result, unit) : divide(result, unit);
  }
  return result;
}

class UnitParser {
 public:
  explicit UnitParser(std::string_view text) : text_(text) {}

  Result<UnitScale> parse_all() {
    auto unit = parse_unit();
    if (unit && at_ < text_.size()) return wrong("something follows its end");
    return unit;
  }

 private:
  std::unexpected<Error> wrong(std::string_view why) const {
    return fail(ErrorCode::kMalformed, fmt::format("The unit \"{}\" is not known: {}.", text_, why),
                fmt::format("byte {}", at_ + 1));
  }

  bool take(std::string_view symbol) {
    if (!text_.substr(at_).starts_with(symbol)) return false;
    at_ += symbol.size();
    return true;
  }

  bool take_times() { return take(".") || take("·") || take("*"); }

  Result<UnitScale> parse_unit() {
    bool divided = take("/");
    auto unit = parse_factor();
    if (unit && divided) unit = divide(UnitScale{}, *unit);
    while (unit) {
      const bool times = take_times();
      if (!times && !take("/")) break;
      if (times && divided) {
        return wrong("a product after a quotient is read in two ways. Use parentheses");
      }
      divided = divided || !times;
      const auto next = parse_factor();
      if (!next) return next;
      unit = times ? multiply(*unit, *next) : divide(*unit, *next);
      if (!is_bounded(*unit)) return wrong("it is too large or too small to calculate with");
    }
    return unit;
  }

  Result<UnitScale> parse_factor() {
    if (++factors_ > kFactorsMax) return wrong("it has more than 16 factors");
    if (take("(")) return parse_parentheses();
    if (at_ < text_.size() && is_digit(text_[at_])) return parse_number();
    return parse_name();
  }

  Result<UnitScale> parse_parentheses() {
    if (++level_ > kLevelsMax) return wrong("it has more than 4 levels of parentheses");
    auto inner = parse_unit();
    if (inner && !take(")")) return wrong("a closing ) is missing");
    --level_;
    return inner;
  }

  // "100 mL" is one factor, so that "CFU/100 mL" is what people mean by it.
  Result<UnitScale> parse_number() {
    std::int64_t number = 0;
    const std::size_t start = at_;
    for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) {
      if (at_ - start >= kDigitsMax) return wrong("its number is too long");
      number = number * 10 + (text_[at_] - '0');
    }
    if (number == 0) return wrong("zero is no unit");
    UnitScale unit;
    unit.factor = number;
    if (!take(" ")) return unit;
    const auto name = parse_name();
    if (!name) return name;
    return multiply(unit, *name);
  }

  // Brackets and braces are part of a name, whatever stands in them.
  std::string_view take_name() {
    const std::size_t start = at_;
    char closing = 0;
    for (; at_ < text_.size(); ++at_) {
      const std::string_view rest = text_.substr(at_);
      const char c = rest.front();
      if (closing != 0) {
        if (c == closing) closing = 0;
        continue;
      }
      if (c == '[' || c == '{') closing = c == '[' ? ']' : '}';
      const bool ends = std::string_view("./*() +-").contains(c) || is_digit(c) ||
                        rest.starts_with("·") || rest.starts_with("²") || rest.starts_with("³");
      if (ends) break;
    }
    return text_.substr(start, at_ - start);
  }

  Result<UnitScale> parse_name() {
    const std::size_t start = at_;
    const std::string_view name = take_name();
    auto unit = internal::find_atom(name);
    if (const Unit* const known = find_unit(name); !unit && known != nullptr) {
      unit = internal::find_atom(known->ucum);
    }
    if (!unit) {
      at_ = start;
      return wrong(name.empty() ? "a unit is missing" : fmt::format("no unit is \"{}\"", name));
    }
    const auto exponent = take_exponent();
    if (!exponent) return std::unexpected(exponent.error());
    if (*exponent == 1) return std::move(*unit);
    UnitScale raised = power(*unit, *exponent);
    if (!is_bounded(raised)) return wrong("it is too large or too small to calculate with");
    return raised;
  }

  Result<int> take_exponent() {
    if (take("²")) return 2;
    if (take("³")) return 3;
    const bool negative = take("-");
    const bool has_sign = negative || take("+");
    if (at_ >= text_.size() || !is_digit(text_[at_])) {
      if (has_sign) return wrong("an exponent is missing");
      return 1;
    }
    const int exponent = text_[at_++] - '0';
    if (exponent == 0) return wrong("an exponent is from 1 to 9");
    return negative ? -exponent : exponent;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int factors_ = 0;
  int level_ = 0;
};

}  // namespace

Result<UnitScale> parse_unit(std::string_view text) {
  if (text.empty()) return UnitScale{};
  if (text.size() > kBytesMax) {
    return fail(ErrorCode::kMalformed, "A unit has at most 128 bytes.");
  }
  const Unit* const known = find_unit(text);
  return UnitParser(known == nullptr ? text : known->ucum).parse_all();
}

}  // namespace batchwright

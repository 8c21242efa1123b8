// Conversion with one rounding at most: the exact result is a ratio of whole numbers, and only its
// decimal form may need more digits than there are.
#include <fmt/format.h>

#include <algorithm>

#include "base/unit_scale.h"

namespace batchwright {
namespace {

using Integer = boost::multiprecision::cpp_int;

Integer power_of_ten(int exponent) {
  return boost::multiprecision::pow(Integer(10), static_cast<unsigned>(exponent));
}

Ratio ratio_of(const Decimal& value) {
  std::string digits = value.to_text();
  std::erase(digits, '.');
  const bool negative = digits.starts_with('-');
  digits.erase(0, std::min(digits.find_first_not_of("-0"), digits.size() - 1));  // no octal
  const Integer coefficient(digits);
  return {negative ? Integer(-coefficient) : coefficient, power_of_ten(value.places())};
}

// numerator / denominator to a whole number, half to even; both positive.
Integer divided_half_even(const Integer& numerator, const Integer& denominator) {
  Integer quotient = numerator / denominator;
  const Integer twice_rest = Integer(numerator % denominator) * 2;
  if (twice_rest > denominator || (twice_rest == denominator && quotient % 2 != 0)) ++quotient;
  return quotient;
}

Result<Decimal> decimal_of(const Integer& digits, int places, bool negative) {
  std::string text = digits.str();
  const auto count = static_cast<std::size_t>(places);
  if (text.size() <= count) text.insert(0, count + 1 - text.size(), '0');
  if (count > 0) text.insert(text.size() - count, 1, '.');
  return Decimal::parse(negative ? "-" + text : text);
}

// As many places as 34 digits hold; an exact result loses zeros beyond `places_wanted`.
Result<Decimal> rounded_once(const Ratio& value, int places_wanted) {
  const bool negative = value < 0;
  const Integer top = abs(Integer(numerator(value)));
  const Integer bottom = denominator(value);
  const Integer limit = power_of_ten(Decimal::kDigitsMax);
  int places = Decimal::kDigitsMax;
  Integer digits;
  for (; places >= 0; --places) {  // at most 35 rounds, each from the exact value
    digits = divided_half_even(Integer(top * power_of_ten(places)), bottom);
    if (digits < limit) break;
  }
  if (places < 0) return fail(ErrorCode::kMalformed, "The result needs more than 34 digits.");
  const bool exact = Integer(top * power_of_ten(places)) % bottom == 0;
  while (exact && places > places_wanted && digits % 10 == 0) {
    digits /= 10;
    --places;
  }
  return decimal_of(digits, places, negative);
}

int trailing_zeros(Integer number) {
  int zeros = 0;
  for (; number != 0 && number % 10 == 0; number /= 10) ++zeros;
  return zeros;
}

}  // namespace

Result<Decimal> convert(const Decimal& value, const UnitScale& from, const UnitScale& to) {
  if (from.dimension != to.dimension) {
    return fail(ErrorCode::kRefused,
                fmt::format("{} can't be converted into {}: they measure different things.",
                            describe(from), describe(to)));
  }
  const Ratio factor = from.factor / to.factor;
  const int smaller = trailing_zeros(denominator(factor));
  const int finer = (denominator(factor) == power_of_ten(smaller) ? smaller : 0) -
                    trailing_zeros(numerator(factor));
  const Ratio result = (ratio_of(value) * from.factor + from.offset - to.offset) / to.factor;
  return rounded_once(result, std::clamp(value.places() + finer, 0, Decimal::kDigitsMax));
}

Result<Quantity> convert(const Quantity& quantity, std::string_view to_unit) {
  const Unit* const known_from = find_unit(quantity.unit);
  const Unit* const known_to = find_unit(to_unit);
  const auto from = parse_unit(quantity.unit);
  if (!from) return std::unexpected(from.error());
  const auto to = parse_unit(to_unit);
  if (!to) return std::unexpected(to.error());
  if (known_from != nullptr && known_to != nullptr &&
      known_from->dimension != known_to->dimension) {
    return fail(ErrorCode::kRefused,
                fmt::format("{} is a unit of {}, {} of {}: one can't be converted into the other.",
                            known_from->symbol, known_from->dimension, known_to->symbol,
                            known_to->dimension));
  }
  auto value = convert(quantity.value, *from, *to);
  if (!value) return std::unexpected(value.error());
  return Quantity{std::move(*value), std::string(known_to == nullptr ? to_unit : known_to->symbol)};
}

}  // namespace batchwright

// Decimal against exact rationals of arbitrary size: the same value, or a stated error, never a
// third thing.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/multiprecision/cpp_int.hpp>

#include "base/decimal.h"

namespace batchwright {
namespace {

using Whole = boost::multiprecision::cpp_int;
using Rational = boost::multiprecision::cpp_rational;

Whole power_of_ten(int exponent) {
  return boost::multiprecision::pow(Whole(10), static_cast<unsigned>(exponent));
}

// Read independently of Decimal, from the text.
Rational value_of(const std::string& text) {
  std::string digits;
  int places = 0;
  bool is_after_point = false;
  for (const char c : text) {
    if (c == '.') is_after_point = true;
    if (c < '0' || c > '9') continue;
    digits.push_back(c);
    places += is_after_point ? 1 : 0;
  }
  // A leading zero would make cpp_int read octal.
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const Rational value(Whole(digits), power_of_ten(places));
  return text.starts_with('-') ? Rational(-value) : value;
}

// The value of a Decimal, within its limits.
bool fits(const Rational& value) {
  for (int places = 0; places <= Decimal::kDigitsMax; ++places) {
    const Rational scaled = value * power_of_ten(places);
    if (denominator(scaled) == 1) return abs(numerator(scaled)) < power_of_ten(Decimal::kDigitsMax);
  }
  return false;
}

std::string any_number() {
  const int digits = *rc::gen::inRange(1, Decimal::kDigitsMax + 1);
  std::string text;
  for (int i = 0; i < digits; ++i) {
    text.push_back(static_cast<char>(
        '0' + *rc::gen::weightedOneOf<int>(
                  {{3, rc::gen::inRange(0, 10)}, {1, rc::gen::just(0)}, {1, rc::gen::just(9)}})));
  }
  const int places = *rc::gen::inRange(0, digits + 1);
  if (places > 0) text.insert(text.size() - static_cast<std::size_t>(places), 1, '.');
  return (*rc::gen::arbitrary<bool>() ? "-" : "") + text;
}

void check_exact(const Result<Decimal>& result, const Rational& expected) {
  if (result) {
    RC_ASSERT(value_of(result->to_text()) == expected);
  } else {
    RC_ASSERT(result.error().code == ErrorCode::kMalformed);
    RC_ASSERT(!fits(expected));
  }
}

RC_GTEST_PROP(Decimals, ReadAndWriteTheSameValue, ()) {
  const std::string text = any_number();
  const auto number = Decimal::parse(text);
  RC_ASSERT(number.has_value());
  RC_ASSERT(value_of(number->to_text()) == value_of(text));
  RC_ASSERT(Decimal::parse(number->to_text())->to_text() == number->to_text());
}

RC_GTEST_PROP(Decimals, AddSubtractAndMultiplyExactly, ()) {
  const std::string a = any_number(), b = any_number();
  const Decimal x = *Decimal::parse(a), y = *Decimal::parse(b);
  check_exact(add(x, y), value_of(a) + value_of(b));
  check_exact(subtract(x, y), value_of(a) - value_of(b));
  check_exact(multiply(x, y), value_of(a) * value_of(b));
}

RC_GTEST_PROP(Decimals, CompareLikeTheirValues, ()) {
  const std::string a = any_number(), b = any_number();
  const int expected = value_of(a).compare(value_of(b));
  const auto order = *Decimal::parse(a) <=> *Decimal::parse(b);
  RC_ASSERT((expected < 0) == (order < 0));
  RC_ASSERT((expected == 0) == (order == 0));
}

// Half a unit in the last place at most, and an even digit at exactly half.
void check_rounded(const Decimal& rounded, int places, const Rational& exact) {
  const Rational unit(1, power_of_ten(places));
  const Rational error = abs(value_of(rounded.to_text()) - exact) * 2;
  RC_ASSERT(error <= unit);
  if (error == unit) {
    const Rational last = value_of(rounded.to_text()) * power_of_ten(places);
    RC_ASSERT(numerator(last) % 2 == 0);
  }
}

RC_GTEST_PROP(Decimals, RoundHalfEvenToTheNearest, ()) {
  const std::string text = any_number();
  const int places = *rc::gen::inRange(0, Decimal::kDigitsMax + 1);
  const Decimal number = *Decimal::parse(text);
  check_rounded(number.rounded(places), places, value_of(text));
  RC_ASSERT(number.rounded(places).places() <= places);
}

RC_GTEST_PROP(Decimals, DivideToThirtyFourDigitsRoundedOnce, ()) {
  const std::string a = any_number(), b = any_number();
  const Decimal x = *Decimal::parse(a), y = *Decimal::parse(b);
  RC_PRE(!y.is_zero());
  const Rational exact = value_of(a) / value_of(b);
  const auto quotient = divide(x, y);
  if (!quotient) {  // only when the whole part alone is too long
    RC_ASSERT(abs(exact) > Rational(power_of_ten(Decimal::kDigitsMax) - 1));
    return;
  }
  const Rational value = value_of(quotient->to_text());
  if (value == exact) return;
  // Not exact: then all digits there are must have been used.
  check_rounded(*quotient, quotient->places(), exact);
  const bool all_digits =
      abs(value) * power_of_ten(quotient->places() + 1) >= power_of_ten(Decimal::kDigitsMax);
  RC_ASSERT(all_digits || quotient->places() == Decimal::kDigitsMax);
}

}  // namespace
}  // namespace batchwright

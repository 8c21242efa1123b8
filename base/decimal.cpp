#include "base/decimal.h"

#include <algorithm>
#include <array>

#include "base/ensure.h"

namespace batchwright {
namespace {

using Integer = boost::multiprecision::int256_t;

// 10^0 to 10^76, all that a signed 256-bit number holds.
constexpr int kPowerMax = 76;

const Integer& power_of_ten(int exponent) {
  static const auto table = [] {
    std::array<Integer, kPowerMax + 1> powers;
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  ensure(exponent >= 0 && exponent <= kPowerMax, "power of ten out of range");
  return table[static_cast<std::size_t>(exponent)];
}

int count_digits(const Integer& coefficient) {
  const Integer size = abs(coefficient);
  int digits = 1;
  while (digits <= kPowerMax && size >= power_of_ten(digits)) ++digits;
  return digits;
}

// numerator / denominator to a whole number; denominator > 0.
Integer divide_rounded(const Integer& numerator, const Integer& denominator, Rounding rounding) {
  Integer quotient = numerator / denominator;  // toward zero
  const Integer twice_rest = abs(Integer(numerator % denominator)) * 2;
  const bool half = twice_rest == denominator;
  bool away = twice_rest > denominator;
  switch (rounding) {
    case Rounding::kHalfEven: away = away || (half && quotient % 2 != 0); break;
    case Rounding::kHalfUp: away = away || half; break;
    case Rounding::kDown: away = false; break;
  }
  if (away) quotient += numerator < 0 ? -1 : 1;
  return quotient;
}

struct Scaled {
  Integer coefficient;
  int places;
};

// Drops trailing zeros until the number fits the promise of the type; an error when a digit that
// counts would go.
Result<Scaled> fit(Integer coefficient, int places) {
  while (places > 0 &&
         (places > Decimal::kDigitsMax || abs(coefficient) >= power_of_ten(Decimal::kDigitsMax))) {
    if (coefficient % 10 != 0) break;
    coefficient /= 10;
    --places;
  }
  if (places > Decimal::kDigitsMax || abs(coefficient) >= power_of_ten(Decimal::kDigitsMax)) {
    return fail(ErrorCode::kMalformed, "The result needs more than 34 digits.");
  }
  return Scaled{std::move(coefficient), places};
}

// Keeps 34 significant digits and at most 34 places, rounding half to even what doesn't fit.
Result<Scaled> fit_rounded(Integer coefficient, int places) {
  while (places > Decimal::kDigitsMax || abs(coefficient) >= power_of_ten(Decimal::kDigitsMax)) {
    const int drop = std::max(count_digits(coefficient), places) - Decimal::kDigitsMax;
    if (drop > places) return fail(ErrorCode::kMalformed, "The result needs more than 34 digits.");
    coefficient = divide_rounded(coefficient, power_of_ten(drop), Rounding::kHalfEven);
    places -= drop;  // a second round only when rounding up made one digit more
  }
  return Scaled{std::move(coefficient), places};
}

Error not_a_number() {
  return {
      ErrorCode::kMalformed, "This is not a number: digits with at most one decimal point.", {}};
}

}  // namespace

Decimal::Decimal(std::int64_t whole) : coefficient_(whole) {}

Result<Decimal> Decimal::parse(std::string_view text) {
  std::string_view rest = text;
  const bool negative = rest.starts_with('-');
  if (negative || rest.starts_with('+')) rest.remove_prefix(1);
  const std::size_t point = rest.find('.');
  const std::string_view whole = rest.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view{} : rest.substr(point + 1);
  if (point == std::string_view::npos ? whole.empty() : fraction.empty()) {
    return std::unexpected(not_a_number());
  }
  const auto too_long = [] {
    return fail(ErrorCode::kMalformed, "This number has more than 34 digits.");
  };
  if (fraction.size() > static_cast<std::size_t>(kDigitsMax)) return too_long();
  Integer coefficient = 0;
  for (const std::string_view part : {whole, fraction}) {
    for (const char c : part) {
      if (c < '0' || c > '9') return std::unexpected(not_a_number());
      coefficient = coefficient * 10 + (c - '0');
      if (coefficient >= power_of_ten(kDigitsMax)) return too_long();
    }
  }
  if (negative) coefficient = -coefficient;
  return Decimal(std::move(coefficient), static_cast<int>(fraction.size()));
}

std::string Decimal::to_text() const {
  std::string digits = abs(coefficient_).str();
  const auto places = static_cast<std::size_t>(places_);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return is_negative() ? "-" + digits : digits;
}

Decimal Decimal::rounded(int places, Rounding rounding) const {
  places = std::clamp(places, 0, kDigitsMax);
  if (places < places_) {
    return {divide_rounded(coefficient_, power_of_ten(places_ - places), rounding), places};
  }
  const int room = is_zero() ? kDigitsMax : kDigitsMax - count_digits(coefficient_);
  const int zeros = std::min(places - places_, room);
  return {coefficient_ * power_of_ten(zeros), places_ + zeros};
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const int places = std::max(places_, other.places_);
  const Integer a = coefficient_ * power_of_ten(places - places_);
  const Integer b = other.coefficient_ * power_of_ten(places - other.places_);
  return a.compare(b) <=> 0;
}

bool Decimal::operator==(const Decimal& other) const {
  return (*this <=> other) == 0;
}

Result<Decimal> add(const Decimal& a, const Decimal& b) {
  const int places = std::max(a.places_, b.places_);
  auto sum = fit(a.coefficient_ * power_of_ten(places - a.places_) +
                     b.coefficient_ * power_of_ten(places - b.places_),
                 places);
  if (!sum) return std::unexpected(sum.error());
  return Decimal(std::move(sum->coefficient), sum->places);
}

Result<Decimal> subtract(const Decimal& a, const Decimal& b) {
  return add(a, Decimal(-b.coefficient_, b.places_));
}

Result<Decimal> multiply(const Decimal& a, const Decimal& b) {
  auto product = fit(a.coefficient_ * b.coefficient_, a.places_ + b.places_);
  if (!product) return std::unexpected(product.error());
  return Decimal(std::move(product->coefficient), product->places);
}

Result<Decimal> add_rounded(const Decimal& a, const Decimal& b) {
  if (auto exact = add(a, b)) return exact;
  const int places = std::max(a.places_, b.places_);
  auto sum = fit_rounded(a.coefficient_ * power_of_ten(places - a.places_) +
                             b.coefficient_ * power_of_ten(places - b.places_),
                         places);
  if (!sum) return std::unexpected(sum.error());
  return Decimal(std::move(sum->coefficient), sum->places);
}

Result<Decimal> multiply_rounded(const Decimal& a, const Decimal& b) {
  if (auto exact = multiply(a, b)) return exact;
  auto product = fit_rounded(a.coefficient_ * b.coefficient_, a.places_ + b.places_);
  if (!product) return std::unexpected(product.error());
  return Decimal(std::move(product->coefficient), product->places);
}

Result<Decimal> divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) {
    return fail(ErrorCode::kRefused,
                "Division by zero has no result. Check the value that divides.");
  }
  const Integer numerator = b.is_negative() ? Integer(-a.coefficient_) : a.coefficient_;
  const Integer denominator = abs(b.coefficient_);
  // The whole part of the result has `whole` or one fewer digits (negative: zeros after the point);
  // choose the most places that keep 34 digits.
  const int whole =
      count_digits(a.coefficient_) - count_digits(denominator) + 1 + b.places_ - a.places_;
  int places = std::min(Decimal::kDigitsMax, Decimal::kDigitsMax + 1 - whole);
  Integer quotient;
  for (; places >= 0; --places) {  // at most three rounds
    const int shift = places - a.places_ + b.places_;
    if (shift < 0) break;
    quotient = divide_rounded(numerator * power_of_ten(shift), denominator, Rounding::kHalfEven);
    if (abs(quotient) < power_of_ten(Decimal::kDigitsMax)) break;
  }
  if (places < 0 || abs(quotient) >= power_of_ten(Decimal::kDigitsMax)) {
    return fail(ErrorCode::kMalformed, "The result needs more than 34 digits.");
  }
  // Like a hand calculation, an exact result has no more zeros than its operands suggest: 10 / 4
  // = 2.5.
  const int ideal_places = std::max(a.places_ - b.places_, 0);
  const bool exact = (numerator * power_of_ten(places - a.places_ + b.places_)) % denominator == 0;
  while (exact && places > ideal_places && quotient % 10 == 0) {
    quotient /= 10;
    --places;
  }
  return Decimal(std::move(quotient), places);
}

}  // namespace batchwright

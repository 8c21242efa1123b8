// Exact decimal numbers as people type them: sign, digits, places. No binary floating point
// anywhere.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright {

enum class Rounding { kHalfEven, kHalfUp, kDown };

// coefficient * 10^-places. At most 34 significant digits (as IEEE 754 decimal128), 0 <= places
// <= 34. Trailing zeros are kept: 25.30 has two places and is shown so; comparison is by
// value, 25.3 == 25.30.
class Decimal {
 public:
  static constexpr int kDigitsMax = 34;

  Decimal() = default;
  explicit Decimal(std::int64_t whole);

  // Grammar: [+-]? digits ('.' digits)?  or  [+-]? '.' digits. No exponent, grouping, spaces, NaN
  // or infinity; more than 34 digits is kMalformed. "-0" is zero.
  [[nodiscard]] static Result<Decimal> parse(std::string_view text);

  [[nodiscard]] std::string to_text() const;
  [[nodiscard]] int places() const { return places_; }
  [[nodiscard]] bool is_zero() const { return coefficient_ == 0; }
  [[nodiscard]] bool is_negative() const { return coefficient_ < 0; }

  // To exactly `places` places (0..34); zeros are added when there are fewer, as many as 34 digits
  // allow.
  [[nodiscard]] Decimal rounded(int places, Rounding rounding = Rounding::kHalfEven) const;

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const;

  // Exact; kMalformed when the result needs more than 34 digits. Division rounds half-even to 34
  // significant digits; a zero divisor is kRefused and never a number.
  friend Result<Decimal> add(const Decimal& a, const Decimal& b);
  friend Result<Decimal> subtract(const Decimal& a, const Decimal& b);
  friend Result<Decimal> multiply(const Decimal& a, const Decimal& b);
  friend Result<Decimal> divide(const Decimal& a, const Decimal& b);

  // For calculations in several steps: exact where 34 digits hold the result, else rounded
  // half-even to 34 significant digits, as division does; kMalformed when the whole part alone
  // needs more.
  friend Result<Decimal> add_rounded(const Decimal& a, const Decimal& b);
  friend Result<Decimal> multiply_rounded(const Decimal& a, const Decimal& b);

 private:
  using Integer = boost::multiprecision::int256_t;
  Decimal(Integer coefficient, int places)
      : coefficient_(std::move(coefficient)), places_(places) {}

  Integer coefficient_ = 0;
  int places_ = 0;
};

[[nodiscard]] Result<Decimal> add(const Decimal& a, const Decimal& b);
[[nodiscard]] Result<Decimal> subtract(const Decimal& a, const Decimal& b);
[[nodiscard]] Result<Decimal> multiply(const Decimal& a, const Decimal& b);
[[nodiscard]] Result<Decimal> divide(const Decimal& a, const Decimal& b);
[[nodiscard]] Result<Decimal> add_rounded(const Decimal& a, const Decimal& b);
[[nodiscard]] Result<Decimal> multiply_rounded(const Decimal& a, const Decimal& b);

}  // namespace batchwright

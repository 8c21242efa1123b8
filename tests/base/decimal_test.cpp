// Row A6: decimal arithmetic without binary drift; row A5: declared rounding.
#include "base/decimal.h"

#include <gtest/gtest.h>

namespace batchwright {
namespace {

Decimal d(std::string_view text) {
  return Decimal::parse(text).value();
}
std::string text_of(const Result<Decimal>& result) {
  return result ? result->to_text() : result.error().message;
}

const std::string kThirtyFour = "1234567890123456789012345678901234";

TEST(Decimal, KeepsTheZerosThatWereTyped) {
  EXPECT_EQ(d("25.30").to_text(), "25.30");
  EXPECT_EQ(d("25.30").places(), 2);
  EXPECT_EQ(d("0.00").to_text(), "0.00");
  EXPECT_EQ(d("007").to_text(), "7");
  EXPECT_EQ(d("+.5").to_text(), "0.5");
  EXPECT_EQ(d("-.05").to_text(), "-0.05");
}

TEST(Decimal, MinusZeroIsZero) {
  EXPECT_EQ(d("-0").to_text(), "0");
  EXPECT_EQ(d("-0.00").to_text(), "0.00");
  EXPECT_FALSE(d("-0").is_negative());
  EXPECT_EQ(d("-0"), d("0"));
}

TEST(Decimal, RefusesWhatIsNoPlainNumber) {
  for (const char* const text : {"",    " ",     "+",     "-",   ".",   "-.",  "5.",       "1.2.3",
                                 "1,5", "1e5",   "1E5",   "0x1", "NaN", "inf", "Infinity", " 1",
                                 "1 ",  "1 000", "1'000", "--1", "+-1", "٣",   "1.-2",     "½"}) {
    const auto number = Decimal::parse(text);
    ASSERT_FALSE(number) << text;
    EXPECT_EQ(number.error().code, ErrorCode::kMalformed) << text;
  }
}

TEST(Decimal, HoldsThirtyFourDigitsAndNoMore) {
  EXPECT_EQ(d(kThirtyFour).to_text(), kThirtyFour);
  EXPECT_FALSE(Decimal::parse(kThirtyFour + "5"));
  EXPECT_FALSE(Decimal::parse(kThirtyFour + ".5"));
  EXPECT_TRUE(Decimal::parse("0." + std::string(33, '0') + "1"));
  EXPECT_FALSE(Decimal::parse("0." + std::string(34, '0') + "1"));
  EXPECT_FALSE(Decimal::parse(std::string(100'000, '9')));
}

TEST(Decimal, IsComparedByValue) {
  EXPECT_EQ(d("25.3"), d("25.30"));
  EXPECT_LT(d("25.29"), d("25.3"));
  EXPECT_LT(d("-1"), d("-0.9"));
  EXPECT_LT(d(kThirtyFour), d("9999999999999999999999999999999999"));
  EXPECT_GT(d(kThirtyFour), d("0." + std::string(33, '0') + "1"));
}

TEST(Decimal, RoundsHalfEvenUnlessDeclared) {
  EXPECT_EQ(d("2.5").rounded(0).to_text(), "2");
  EXPECT_EQ(d("3.5").rounded(0).to_text(), "4");
  EXPECT_EQ(d("-2.5").rounded(0).to_text(), "-2");
  EXPECT_EQ(d("2.51").rounded(0).to_text(), "3");
  EXPECT_EQ(d("2.5").rounded(0, Rounding::kHalfUp).to_text(), "3");
  EXPECT_EQ(d("-2.5").rounded(0, Rounding::kHalfUp).to_text(), "-3");
  EXPECT_EQ(d("2.99").rounded(0, Rounding::kDown).to_text(), "2");
  EXPECT_EQ(d("-2.99").rounded(1, Rounding::kDown).to_text(), "-2.9");
  EXPECT_EQ(d("9.995").rounded(2, Rounding::kHalfUp).to_text(), "10.00");
  EXPECT_EQ(d("-0.4").rounded(0).to_text(), "0");
}

TEST(Decimal, GetsZerosWhenMorePlacesAreAsked) {
  EXPECT_EQ(d("7").rounded(2).to_text(), "7.00");
  EXPECT_EQ(d("0").rounded(3).to_text(), "0.000");
  // As many as 34 digits allow; the value stays.
  EXPECT_EQ(d(kThirtyFour).rounded(10), d(kThirtyFour));
  EXPECT_EQ(d(kThirtyFour).rounded(10).to_text(), kThirtyFour);
}

TEST(Decimal, AddsTenthsExactly) {
  Decimal sum(0);
  for (int i = 0; i < 1000; ++i) sum = add(sum, d("0.1")).value();
  EXPECT_EQ(sum, Decimal(100));
  EXPECT_EQ(text_of(subtract(d("0.3"), d("0.1"))), "0.2");
  EXPECT_EQ(text_of(multiply(d("0.1"), d("0.2"))), "0.02");
}

TEST(Decimal, DividesLikeAPerson) {
  EXPECT_EQ(text_of(divide(d("10"), d("4"))), "2.5");
  EXPECT_EQ(text_of(divide(d("10.00"), d("2"))), "5.00");
  EXPECT_EQ(text_of(divide(d("1"), d("3"))), "0.3333333333333333333333333333333333");
  EXPECT_EQ(text_of(divide(d("2"), d("-3"))), "-0.6666666666666666666666666666666667");
  EXPECT_EQ(text_of(divide(d("0"), d("7"))), "0");
  EXPECT_EQ(text_of(divide(d("100"), d("0.1"))), "1000");
}

TEST(Decimal, DivisionByZeroIsRefusedNotANumber) {
  const auto quotient = divide(d("1"), d("0.00"));
  ASSERT_FALSE(quotient);
  EXPECT_EQ(quotient.error().code, ErrorCode::kRefused);
}

TEST(Decimal, SaysWhenAResultNeedsMoreThanThirtyFourDigits) {
  EXPECT_FALSE(add(d(kThirtyFour), d("0.1")));
  EXPECT_FALSE(multiply(d(kThirtyFour), d("10")));
  EXPECT_FALSE(divide(d(kThirtyFour), d("0.01")));
  EXPECT_FALSE(multiply(d("0.000000000000000001"), d("0.00000000000000000123")));
  EXPECT_FALSE(add(d("9999999999999999999999999999999999"), d("1")));
  // Zeros behind the point don't count.
  EXPECT_EQ(text_of(add(d(kThirtyFour), d("0.000"))), kThirtyFour);
  EXPECT_EQ(text_of(divide(d("1"), d("9999999999999999999999999999999999"))),
            "0.0000000000000000000000000000000001");
}

// Golden vectors of the shipped example recipe: F1 with V = 100 L, to one place, half up.
TEST(Decimal, GivesTheTrisWeightsOfTheExampleRecipe) {
  const auto tris = [](const char* assay, const char* moisture) {
    Decimal mass = d("100");
    for (const char* const factor : {"0.0500", "121.14", "100", "100"})
      mass = multiply(mass, d(factor)).value();
    mass = divide(mass, d(assay)).value();
    mass = divide(mass, subtract(d("100"), d(moisture)).value()).value();
    return mass.rounded(1, Rounding::kHalfUp).to_text();
  };
  EXPECT_EQ(tris("99.4", "0.3"), "611.2");
  EXPECT_EQ(tris("99.0", "0.5"), "614.9");
  EXPECT_EQ(tris("100.6", "0.1"), "602.7");
  EXPECT_EQ(tris("100", "0"), "605.7");
}

}  // namespace
}  // namespace batchwright

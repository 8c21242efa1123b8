// Units with their exact size, and conversion. Requirement A5: a wrong unit is refused. Golden
// vectors: sizes of units as printed in NIST Special Publication 811 (2008), appendix B.8, and in
// the SI brochure of the BIPM, 9th edition, tables 4, 5 and 8.
#include "base/unit_scale.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/internal/units.h"

namespace batchwright {
namespace {

Decimal dec(const std::string& text) {
  return Decimal::parse(text).value();
}

std::string converted(const std::string& value, const std::string& from, std::string_view to) {
  const auto result = convert(Quantity{dec(value), from}, to);
  if (result) return result->value.to_text() + " " + result->unit;
  return result.error().code == ErrorCode::kRefused ? "refused" : "malformed";
}

struct Conversion {
  const char *value, *from, *to, *result;
};

class Conversions : public testing::TestWithParam<Conversion> {};

TEST_P(Conversions, GiveTheWrittenQuantity) {
  const auto& [value, from, to, result] = GetParam();
  EXPECT_EQ(converted(value, from, to), result) << value << " " << from << " in " << to;
}

INSTANTIATE_TEST_SUITE_P(
    Exact, Conversions,
    testing::Values(
        Conversion{"1", "kg", "g", "1000 g"}, Conversion{"25.30", "g", "kg", "0.02530 kg"},
        Conversion{"0.02530", "kg", "g", "25.30 g"}, Conversion{"100.60", "kg", "kg", "100.60 kg"},
        Conversion{"1", "t", "mg", "1000000000 mg"}, Conversion{"650", "mL", "L", "0.650 L"},
        Conversion{"100", "L", "m³", "0.100 m³"}, Conversion{"1", "h", "s", "3600 s"},
        Conversion{"1", "d", "h", "24 h"}, Conversion{"90", "min", "h", "1.5 h"},
        Conversion{"3600", "1/h", "1/min", "60 1/min"}, Conversion{"1", "bar", "Pa", "100000 Pa"},
        Conversion{"1013.25", "mbar", "kPa", "101.325 kPa"},
        Conversion{"1.006", "kg/L", "kg/m³", "1006 kg/m³"},
        Conversion{"1", "mg/mL", "g/L", "1 g/L"},
        Conversion{"0.0500", "mol/L", "mmol/L", "50.0 mmol/L"},
        Conversion{"18.2", "mS/cm", "µS/cm", "18200 µS/cm"},
        Conversion{"1", "mS/cm", "S/m", "0.1 S/m"},
        Conversion{"1", "CFU/mL", "CFU/100 mL", "100 CFU/100 mL"},
        Conversion{"3.5", "CFU/100 mL", "CFU/m³", "35000 CFU/m³"},
        Conversion{"1", "kWh", "J", "3600000 J"}, Conversion{"60", "L/h", "L/min", "1 L/min"},
        Conversion{"1", "%", "ppm", "10000 ppm"}, Conversion{"-2.50", "g", "mg", "-2500 mg"},
        Conversion{"0.00", "g", "kg", "0.00000 kg"}, Conversion{"08.00", "g", "g", "8.00 g"}));

// The zero of °C and °F isn't the absolute one (BIPM brochure, 5.4.5; NIST SP 811, B.8).
INSTANTIATE_TEST_SUITE_P(
    Temperatures, Conversions,
    testing::Values(Conversion{"25", "°C", "K", "298.15 K"},
                    Conversion{"0", "K", "°C", "-273.15 °C"}, Conversion{"32", "°F", "°C", "0 °C"},
                    Conversion{"212", "°F", "°C", "100 °C"},
                    Conversion{"-40", "°F", "°C", "-40 °C"},
                    Conversion{"37.0", "°C", "°F", "98.6 °F"},
                    Conversion{"0", "°F", "K", "255.3722222222222222222222222222222 K"}));

// NIST SP 811 prints 6.894 757 E+03 for psi to Pa; these are the digits of the exact definition.
INSTANTIATE_TEST_SUITE_P(
    RoundedOnceHalfEvenTo34Digits, Conversions,
    testing::Values(Conversion{"1", "psi", "Pa", "6894.757293168361336722673445346891 Pa"},
                    Conversion{"1", "1/h", "Hz", "refused"},
                    Conversion{"1", "s", "h", "0.0002777777777777777777777777777778 h"},
                    Conversion{"2", "min", "h", "0.0333333333333333333333333333333333 h"},
                    Conversion{"1", "L/h", "mL/min",
                               "16.66666666666666666666666666666667 mL/min"}));

// Halves of odd numbers with 34 digits: exactly between two.
INSTANTIATE_TEST_SUITE_P(
    TiesGoToEven, Conversions,
    testing::Values(Conversion{"9000000000000000000000000000000001", "m", "2 m",
                               "4500000000000000000000000000000000 2 m"},
                    Conversion{"9000000000000000000000000000000003", "m", "2 m",
                               "4500000000000000000000000000000002 2 m"},
                    Conversion{"-9000000000000000000000000000000001", "m", "2 m",
                               "-4500000000000000000000000000000000 2 m"}));

INSTANTIATE_TEST_SUITE_P(
    Refused, Conversions,
    testing::Values(
        Conversion{"1", "kg", "L", "refused"}, Conversion{"7", "pH", "%", "refused"},
        Conversion{"1", "CFU", "pcs", "refused"}, Conversion{"1", "EU/mL", "IU/mL", "refused"},
        Conversion{"50", "% RH", "%", "refused"}, Conversion{"1", "rpm", "Hz", "refused"},
        Conversion{"1", "N·m", "J", "refused"}, Conversion{"1", "", "kg", "refused"},
        Conversion{"1", "mS/cm", "mPa·s", "refused"}, Conversion{"1", "kg", "furlong", "malformed"},
        Conversion{"1", "stone", "kg", "malformed"},
        Conversion{"9999999999999999999999999999999999", "kg", "mg", "malformed"}));

TEST(Conversion, OfAnotherDimensionNamesBothUnitsAndWhatTheyMeasure) {
  const auto result = convert(Quantity{dec("1"), "kg"}, "L");
  ASSERT_FALSE(result);
  for (const char* const word : {"kg", "mass", "L", "volume"}) {
    EXPECT_TRUE(result.error().message.contains(word)) << result.error().message;
  }
}

RC_GTEST_PROP(Conversion, ThereAndBackIsTheSameNumberWhereBothWaysAreExact, ()) {
  const auto number = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
  const auto places = *rc::gen::inRange(0, 9);
  Decimal value(number);
  for (int i = 0; i < places; ++i) value = divide(value, Decimal(10)).value();
  for (const auto& [from, to] :
       {std::pair{"kg", "mg"}, {"mL", "m³"}, {"°C", "K"}, {"bar", "Pa"}, {"mS/cm", "S/m"}}) {
    const auto there = convert(Quantity{value, from}, to).value();
    const auto back = convert(there, from).value();
    RC_ASSERT(back.value == value);
    RC_ASSERT(back.unit == from);
  }
}

TEST(UnitTable, GivesEveryUnitADimensionAndASize) {
  for (const Unit& unit : internal::units()) {
    const auto scale = parse_unit(unit.symbol);
    ASSERT_TRUE(scale) << unit.symbol << ": " << scale.error().message;
    EXPECT_GT(scale->factor, 0) << unit.symbol;
    EXPECT_EQ(scale->dimension.is_none(), unit.dimension == "fraction") << unit.symbol;
  }
}

TEST(UnitTable, UnitsOfOneDimensionHaveItsExponentsAndOthersHaveNot) {
  // Named apart on purpose, though the SI writes them with the same base units.
  const auto kin = [](std::string_view a, std::string_view b) {
    const auto is = [&](std::string_view x, std::string_view y) {
      return (a == x && b == y) || (a == y && b == x);
    };
    return a == b || is("torque", "energy") || is("frequency", "rate");
  };
  for (const Unit& a : internal::units()) {
    for (const Unit& b : internal::units()) {
      const bool same = parse_unit(a.symbol)->dimension == parse_unit(b.symbol)->dimension;
      EXPECT_EQ(same, kin(a.dimension, b.dimension)) << a.symbol << " " << b.symbol;
    }
  }
}

TEST(UnitTable, DescribesEveryScaleByAUnitOfTheSameSize) {
  for (const Unit& unit : internal::units()) {
    const UnitScale scale = parse_unit(unit.symbol).value();
    EXPECT_EQ(parse_unit(describe(scale)), scale) << unit.symbol << " " << describe(scale);
  }
  EXPECT_EQ(describe(UnitScale{}), "a pure number");
  EXPECT_EQ(describe(parse_unit("kg.m2/s").value()), "kg·m^2/s");
  EXPECT_EQ(describe(parse_unit("1000/(s.cd)").value()), "1000 1/(s·cd)");
}

struct Compound {
  const char *text, *same;
};

TEST(CompoundUnit, IsReadAsPeopleAndUcumWriteIt) {
  for (const auto& [text, same] : {Compound{"kg/m3", "kg/m³"},
                                   {"kg/m^2", ""},
                                   {"mol/l", "mol/L"},
                                   {"1/min", "min-1"},
                                   {"mg/kg", "[ppm]"},
                                   {"EU/100 mL", "{EU}/(100.mL)"},
                                   {"g/(L·h)", "g/L/h"},
                                   {"µg/cm²", "ug/cm2"},
                                   {"mL*bar", "mL.bar"},
                                   {"Nm", ""},
                                   {"m²", "m2"},
                                   {"J/(g.K)", "J/(g·°C)"},
                                   {"kg·m2·s-2", "J"},
                                   {"V.A", "W"},
                                   {"IU/kg", "[iU]/kg"}}) {
    const auto unit = parse_unit(text);
    if (std::string_view(same).empty()) {
      EXPECT_FALSE(unit) << text;
      continue;
    }
    ASSERT_TRUE(unit) << text << ": " << unit.error().message;
    EXPECT_EQ(*unit, parse_unit(same).value()) << text;
  }
}

TEST(CompoundUnit, IsNeverGuessed) {
  for (const char* const text :
       {"furlong", "Mg",      "ML",  "kg//L", "kg/",  "/",   "(kg",  "kg)",        "()",   "kg L",
        "mg/L·h",  "m0",      "m-",  "s--1",  "kg ",  " kg", "0",    "1000000000", "[CFU", "{rev",
        "PPM",     "kg/100 ", "m10", "kgg",   "mmin", "k%",  "\xC2", "kg\xFF"}) {
    const auto unit = parse_unit(text);
    ASSERT_FALSE(unit) << text;
    EXPECT_EQ(unit.error().code, ErrorCode::kMalformed);
  }
}

TEST(CompoundUnit, IsBounded) {
  const auto product = [](int factors) {
    std::string text = "m";
    for (int i = 1; i < factors; ++i) text += ".m";
    return parse_unit(text);
  };
  EXPECT_TRUE(product(16));
  EXPECT_FALSE(product(17));
  EXPECT_TRUE(parse_unit("((((m))))"));
  EXPECT_FALSE(parse_unit("(((((m)))))"));
  EXPECT_FALSE(parse_unit(std::string(129, 'm')));
  EXPECT_FALSE(parse_unit(std::string(100'000, '(')));
}

// A product that comes after a quotient is what a slip of the pen looks like.
TEST(CompoundUnit, ThatIsReadInTwoWaysAsksForParentheses) {
  EXPECT_TRUE(parse_unit("mg/L·h").error().message.contains("parentheses"));
  EXPECT_NE(parse_unit("mg/(L·h)").value(), parse_unit("(mg/L)·h").value());
}

}  // namespace
}  // namespace batchwright

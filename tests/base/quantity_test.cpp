#include "base/quantity.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "base/internal/units.h"
#include "base/text.h"

namespace batchwright {
namespace {

std::string_view symbol_of(std::string_view name) {
  const Unit* const unit = find_unit(name);
  return unit ? unit->symbol : "";
}

TEST(Units, AreFoundBySymbolUcumCodeAndWord) {
  EXPECT_EQ(symbol_of("kg"), "kg");
  EXPECT_EQ(symbol_of("Cel"), "°C");
  EXPECT_EQ(symbol_of("Grad Celsius"), "°C");
  EXPECT_EQ(symbol_of("Sekunde"), "s");
  EXPECT_EQ(symbol_of("Prozent"), "%");
  EXPECT_EQ(symbol_of("Liter pro Stunde"), "L/h");
  EXPECT_EQ(symbol_of("Kilolitres"), "kL");
  EXPECT_EQ(symbol_of("RPM"), "rpm");
  EXPECT_EQ(symbol_of("[pH]"), "pH");
  EXPECT_EQ(symbol_of("http://qudt.org/vocab/unit/REV-PER-MIN"), "rpm");
}

TEST(Units, AreNeverGuessed) {
  for (const char* const name : {"", "Kg", "KG", "ML", "S", "M", "NULL", "furlong", "kg ", " kg",
                                 "kilo", "mole per", "1/min"}) {
    EXPECT_EQ(find_unit(name), nullptr) << name;
  }
  EXPECT_EQ(find_unit(std::string(100'000, 'k')), nullptr);
}

TEST(Units, DistinguishCaseInShortForms) {
  EXPECT_EQ(symbol_of("mPa·s"), "mPa·s");
  EXPECT_EQ(symbol_of("MPa"), "MPa");
  EXPECT_EQ(symbol_of("mS/cm"), "mS/cm");
  EXPECT_EQ(symbol_of("ms"), "ms");
}

TEST(UnitTable, HasNoUnitTwiceAndEveryNameLeadsToOne) {
  std::set<std::string_view> symbols;
  std::set<std::string_view> codes;
  for (const Unit& unit : internal::units()) {
    EXPECT_TRUE(symbols.insert(unit.symbol).second) << unit.symbol;
    EXPECT_TRUE(codes.insert(unit.ucum).second) << unit.ucum;
    EXPECT_TRUE(checked_text(unit.symbol));
    EXPECT_FALSE(unit.dimension.empty());
  }
  std::set<std::string_view> names;
  for (const auto& names_of : {internal::unit_words(), internal::unit_spellings()}) {
    for (const auto& [spelling, symbol] : names_of) {
      EXPECT_TRUE(symbols.contains(symbol)) << spelling;
      EXPECT_EQ(symbol_of(spelling), symbol) << spelling;
      EXPECT_TRUE(names.insert(spelling).second) << spelling;
    }
  }
}

// A symbol must not mean one unit as a symbol and another as a UCUM code.
TEST(UnitTable, ReadsEverySymbolAndCodeAsTheSameUnit) {
  for (const Unit& unit : internal::units()) {
    EXPECT_EQ(symbol_of(unit.symbol), unit.symbol);
    EXPECT_EQ(symbol_of(unit.ucum), unit.symbol) << unit.ucum;
  }
}

TEST(Units, OfTheRealRecipesAreAllKnown) {
  for (const char* const name : {"cough-syrup-batchml-v02.xml", "general-recipe-batchml-0701.xml",
                                 "stirred-heated-water-batchml-0701.xml"}) {
    std::ifstream file(std::string(BATCHWRIGHT_SOURCE_DIR "/../shared/recipes/") + name);
    if (!file) GTEST_SKIP() << "the recipes are not here";
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    static const std::regex kUnit(R"(UnitOfMeasure[^>]*>\s*([^<\s][^<]*)<)");
    for (std::sregex_iterator it(text.begin(), text.end(), kUnit), end; it != end; ++it) {
      const std::string unit = (*it)[1];
      if (unit == "NULL") continue;  // how that file writes "no unit"
      EXPECT_NE(find_unit(unit), nullptr) << unit << " in " << name;
    }
  }
}

}  // namespace
}  // namespace batchwright

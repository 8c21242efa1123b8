// The table of units against an independent one: the program GNU Units with its own definitions,
// where it is installed. Sixteen digits, as far as its binary numbers reach.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "base/internal/units.h"
#include "base/unit_scale.h"

namespace batchwright {
namespace {

// How GNU Units writes ours. Units of its table that mean the same are written alike.
const std::map<std::string_view, std::string_view> kTheirs = {
    {"kg", "kg"},         {"g", "g"},         {"mg", "mg"},         {"µg", "ug"},
    {"ng", "ng"},         {"t", "tonne"},     {"L", "L"},           {"mL", "mL"},
    {"µL", "uL"},         {"dL", "dL"},       {"hL", "hL"},         {"kL", "kL"},
    {"m³", "m^3"},        {"dm³", "dm^3"},    {"cm³", "cm^3"},      {"m", "m"},
    {"cm", "cm"},         {"mm", "mm"},       {"µm", "um"},         {"nm", "nm"},
    {"m²", "m^2"},        {"cm²", "cm^2"},    {"m/s", "m/s"},       {"s", "s"},
    {"ms", "ms"},         {"min", "minute"},  {"h", "hour"},        {"d", "day"},
    {"Hz", "Hz"},         {"K", "K"},         {"Pa", "Pa"},         {"hPa", "hPa"},
    {"kPa", "kPa"},       {"MPa", "MPa"},     {"mbar", "mbar"},     {"bar", "bar"},
    {"psi", "psi"},       {"N", "N"},         {"N·m", "N m"},       {"mol", "mol"},
    {"mmol", "mmol"},     {"µmol", "umol"},   {"mol/L", "mol/L"},   {"mmol/L", "mmol/L"},
    {"µmol/L", "umol/L"}, {"g/mol", "g/mol"}, {"kg/L", "kg/L"},     {"kg/m³", "kg/m^3"},
    {"g/L", "g/L"},       {"mg/L", "mg/L"},   {"µg/L", "ug/L"},     {"g/mL", "g/mL"},
    {"mg/mL", "mg/mL"},   {"%", "percent"},   {"ppm", "ppm"},       {"ppb", "ppb"},
    {"L/h", "L/hour"},    {"L/min", "L/min"}, {"mL/min", "mL/min"}, {"m³/h", "m^3/hour"},
    {"kg/h", "kg/hour"},  {"g/min", "g/min"}, {"S/m", "S/m"},       {"mS/cm", "mS/cm"},
    {"µS/cm", "uS/cm"},   {"V", "V"},         {"mV", "mV"},         {"A", "A"},
    {"mA", "mA"},         {"W", "W"},         {"kW", "kW"},         {"kWh", "kW hour"},
    {"J", "J"},           {"lx", "lux"},      {"mPa·s", "mPa s"},   {"1/h", "1/hour"},
};

// Own dimensions: nobody else can say how large they are.
bool is_own(std::string_view symbol) {
  const Dimension dimension = parse_unit(symbol)->dimension;
  for (auto i = static_cast<std::size_t>(BaseDimension::kRevolutions); i < kBaseDimensions; ++i) {
    if (dimension.exponents[i] != 0) return true;
  }
  return false;
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) output += buffer;
  if (pipe != nullptr) pclose(pipe);
  return output;
}

double theirs(const std::string& from, const std::string& to) {
  const std::string command =
      fmt::format("units --terse --one-line -o %.17g '{}' '{}' 2>/dev/null", from, to);
  return std::strtod(output_of(command).c_str(), nullptr);
}

bool is_installed() {
  return output_of("units --version 2>/dev/null").starts_with("GNU Units");
}

TEST(UnitOracle, EveryUnitOfTheTableIsComparedOrIsAlone) {
  for (const Unit& unit : internal::units()) {
    const bool shifted = parse_unit(unit.symbol)->offset != 0;
    EXPECT_TRUE(kTheirs.contains(unit.symbol) || is_own(unit.symbol) || shifted) << unit.symbol;
  }
}

TEST(UnitOracle, EveryUnitIsAsLargeAsGnuUnitsSays) {
  if (!is_installed()) GTEST_SKIP() << "the program units is not installed";
  int compared = 0;
  for (const auto& [ours, their_name] : kTheirs) {
    const UnitScale scale = parse_unit(ours).value();
    // In coherent SI units: where the factor of ours is 1.
    std::string coherent;
    constexpr const char* kBase[] = {"kg", "m", "s", "A", "K", "mol", "cd"};
    for (std::size_t i = 0; i < std::size(kBase); ++i) {
      const int exponent = scale.dimension.exponents[i];
      if (exponent != 0) coherent += fmt::format("{}^{} ", kBase[i], exponent);
    }
    const double size = theirs(std::string(their_name), coherent.empty() ? "1" : coherent);
    const auto factor = scale.factor.convert_to<double>();
    EXPECT_NEAR(size / factor, 1.0, 1e-14) << ours << " in " << coherent;
    ++compared;
  }
  EXPECT_GE(compared, 70);
}

TEST(UnitOracle, TemperaturesAreConvertedAsGnuUnitsDoes) {
  if (!is_installed()) GTEST_SKIP() << "the program units is not installed";
  for (const char* const value : {"-40", "0", "25.3", "98.6", "451"}) {
    const Quantity fahrenheit{Decimal::parse(value).value(), "°F"};
    const Quantity celsius{Decimal::parse(value).value(), "°C"};
    const auto ours = [](const Quantity& quantity, const char* to) {
      return std::strtod(convert(quantity, to)->value.to_text().c_str(), nullptr);
    };
    EXPECT_NEAR(ours(fahrenheit, "°C"), theirs(fmt::format("tempF({})", value), "tempC"), 1e-11);
    EXPECT_NEAR(ours(celsius, "°F"), theirs(fmt::format("tempC({})", value), "tempF"), 1e-11);
    EXPECT_NEAR(ours(celsius, "K"), theirs(fmt::format("tempC({})", value), "K"), 1e-11);
  }
}

}  // namespace
}  // namespace batchwright

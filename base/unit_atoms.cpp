// Facts, our own selection. Symbols: UCUM (Unified Code for Units of Measure, ucum.org, case
// sensitive form). Sizes: BIPM, The International System of Units, 9th edition (2019), tables 4, 5
// and 8; degree Fahrenheit and pound per square inch: NIST Special Publication 811 (2008), appendix
// B, from the exact pound (0.453 592 37 kg), inch (0.0254 m) and standard gravity (9.806 65 m/s2).
#include "base/internal/unit_atoms.h"

#include <algorithm>
#include <vector>

namespace batchwright::internal {
namespace {

using enum BaseDimension;

struct Power {
  BaseDimension base;
  int exponent;
};

struct Atom {
  std::string_view symbol;
  std::string_view prefixes;  // those that are written in front of it
  UnitScale scale;
};

UnitScale scale_of(Ratio factor, std::initializer_list<Power> powers, Ratio offset = 0) {
  UnitScale scale{.dimension = {}, .factor = std::move(factor), .offset = std::move(offset)};
  for (const auto& [base, exponent] : powers) {
    scale.dimension.exponents[static_cast<std::size_t>(base)] = exponent;
  }
  return scale;
}

std::vector<Atom> si_atoms() {
  return {
      {"g", "kcmunp", scale_of(Ratio(1, 1000), {{kMass, 1}})},
      {"t", "", scale_of(1000, {{kMass, 1}})},
      {"m", "kdcmun", scale_of(1, {{kLength, 1}})},
      {"L", "khdcmunp", scale_of(Ratio(1, 1000), {{kLength, 3}})},
      {"l", "khdcmunp", scale_of(Ratio(1, 1000), {{kLength, 3}})},
      {"s", "mun", scale_of(1, {{kTime, 1}})},
      {"min", "", scale_of(60, {{kTime, 1}})},
      {"h", "", scale_of(3600, {{kTime, 1}})},
      {"d", "", scale_of(86400, {{kTime, 1}})},
      {"wk", "", scale_of(604800, {{kTime, 1}})},
      {"Hz", "kMG", scale_of(1, {{kTime, -1}})},
      {"A", "mun", scale_of(1, {{kCurrent, 1}})},
      {"K", "m", scale_of(1, {{kTemperature, 1}})},
      {"Cel", "", scale_of(1, {{kTemperature, 1}}, Ratio(27315, 100))},
      {"[degF]", "", scale_of(Ratio(5, 9), {{kTemperature, 1}}, Ratio(45967, 180))},
      {"mol", "kmunp", scale_of(1, {{kAmount, 1}})},
      {"cd", "", scale_of(1, {{kLuminousIntensity, 1}})},
      {"lx", "k", scale_of(1, {{kLuminousIntensity, 1}, {kLength, -2}})},
      {"N", "km", scale_of(1, {{kMass, 1}, {kLength, 1}, {kTime, -2}})},
      {"Pa", "mhkM", scale_of(1, {{kMass, 1}, {kLength, -1}, {kTime, -2}})},
      {"bar", "um", scale_of(100'000, {{kMass, 1}, {kLength, -1}, {kTime, -2}})},
      {"[psi]", "",
       scale_of(Ratio(44'482'216'152'605, 6'451'600'000),
                {{kMass, 1}, {kLength, -1}, {kTime, -2}})},
      {"J", "mkM", scale_of(1, {{kMass, 1}, {kLength, 2}, {kTime, -2}})},
      {"W", "mkM", scale_of(1, {{kMass, 1}, {kLength, 2}, {kTime, -3}})},
      {"V", "umk", scale_of(1, {{kMass, 1}, {kLength, 2}, {kTime, -3}, {kCurrent, -1}})},
      {"S", "num", scale_of(1, {{kMass, -1}, {kLength, -2}, {kTime, 3}, {kCurrent, 2}})},
  };
}

// Fractions are numbers; counts in braces are UCUM annotations, told apart here because a particle
// is not a cell.
std::vector<Atom> own_atoms() {
  return {
      {"%", "", scale_of(Ratio(1, 100), {})},
      {"[ppm]", "", scale_of(Ratio(1, 1'000'000), {})},
      {"[ppb]", "", scale_of(Ratio(1, 1'000'000'000), {})},
      {"{rev}", "", scale_of(1, {{kRevolutions, 1}})},
      {"[pH]", "", scale_of(1, {{kAcidity, 1}})},
      {"%{RH}", "", scale_of(1, {{kRelativeHumidity, 1}})},
      {"{NTU}", "", scale_of(1, {{kTurbidity, 1}})},
      {"{piece}", "", scale_of(1, {{kPieces, 1}})},
      {"[CFU]", "", scale_of(1, {{kColonies, 1}})},
      {"{EU}", "", scale_of(1, {{kEndotoxin, 1}})},
      {"[iU]", "km", scale_of(1, {{kBiologicalActivity, 1}})},
      {"{particle}", "", scale_of(1, {{kParticles, 1}})},
      {"{cell}", "", scale_of(1, {{kCells, 1}})},
  };
}

const std::vector<Atom>& atoms() {
  static const std::vector<Atom> kAtoms = [] {
    auto all = si_atoms();
    std::ranges::move(own_atoms(), std::back_inserter(all));
    return all;
  }();
  return kAtoms;
}

Ratio prefix_factor(char prefix) {
  switch (prefix) {
    case 'G': return 1'000'000'000;
    case 'M': return 1'000'000;
    case 'k': return 1000;
    case 'h': return 100;
    case 'd': return {1, 10};
    case 'c': return {1, 100};
    case 'm': return {1, 1000};
    case 'u': return {1, 1'000'000};
    case 'n': return {1, 1'000'000'000};
    default: return {1, 1'000'000'000'000};  // p
  }
}

}  // namespace

std::optional<UnitScale> find_atom(std::string_view symbol) {
  const auto exact = std::ranges::find(atoms(), symbol, &Atom::symbol);
  if (exact != atoms().end()) return exact->scale;
  if (symbol.size() < 2) return std::nullopt;
  const auto metric = std::ranges::find(atoms(), symbol.substr(1), &Atom::symbol);
  if (metric == atoms().end() || !metric->prefixes.contains(symbol.front())) return std::nullopt;
  UnitScale scale = metric->scale;
  scale.factor *= prefix_factor(symbol.front());
  return scale;
}

}  // namespace batchwright::internal

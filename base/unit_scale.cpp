#include "base/unit_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/internal/units.h"

namespace batchwright {
namespace {

using Integer = boost::multiprecision::cpp_int;

constexpr int kExponentMax = 99;
constexpr std::size_t kFactorWordsMax = 40;

// In the order of BaseDimension.
constexpr std::array<std::string_view, kBaseDimensions> kBaseUnits = {
    "kg",   "m",   "s",   "A",   "K",  "mol", "cd",        "rev",  "pH",
    "% RH", "NTU", "pcs", "CFU", "EU", "IU",  "particles", "cells"};

UnitScale combined(const UnitScale& a, const UnitScale& b, int sign) {
  UnitScale result;
  for (std::size_t i = 0; i < kBaseDimensions; ++i) {
    result.dimension.exponents[i] =
        static_cast<std::int16_t>(a.dimension.exponents[i] + sign * b.dimension.exponents[i]);
  }
  result.factor = sign > 0 ? Ratio(a.factor * b.factor) : Ratio(a.factor / b.factor);
  return result;
}

struct KnownScale {
  std::string_view symbol;
  UnitScale scale;
};

const std::vector<KnownScale>& known_scales() {
  static const std::vector<KnownScale> kScales = [] {
    std::vector<KnownScale> scales;
    for (const Unit& unit : internal::units()) {
      if (auto scale = parse_unit(unit.symbol)) scales.push_back({unit.symbol, std::move(*scale)});
    }
    return scales;
  }();
  return kScales;
}

std::string base_units(const Dimension& dimension) {
  std::string above, below;
  for (std::size_t i = 0; i < kBaseDimensions; ++i) {
    const int exponent = dimension.exponents[i];
    if (exponent == 0) continue;
    std::string& side = exponent > 0 ? above : below;
    if (!side.empty()) side += "·";
    side += kBaseUnits[i];
    if (std::abs(exponent) > 1) side += fmt::format("^{}", std::abs(exponent));
  }
  if (below.empty()) return above;
  const bool several = below.contains("·");
  return (above.empty() ? "1" : above) + (several ? "/(" + below + ")" : "/" + below);
}

}  // namespace

bool is_bounded(const UnitScale& scale) {
  static const Integer kLimit = boost::multiprecision::pow(Integer(2), 512);
  const bool small = std::ranges::all_of(
      scale.dimension.exponents, [](int exponent) { return std::abs(exponent) <= kExponentMax; });
  return small && numerator(scale.factor) < kLimit && denominator(scale.factor) < kLimit;
}

UnitScale multiply(const UnitScale& a, const UnitScale& b) {
  return combined(a, b, 1);
}
UnitScale divide(const UnitScale& a, const UnitScale& b) {
  return combined(a, b, -1);
}

std::string describe(const UnitScale& scale) {
  const auto& known = known_scales();
  const auto found = std::ranges::find(known, scale, &KnownScale::scale);
  if (found != known.end()) return std::string(found->symbol);
  if (scale == UnitScale{}) return "a pure number";
  const bool pure = scale.dimension.is_none();
  const std::string unit = pure ? "" : " " + base_units(scale.dimension);
  if (scale.factor == 1) return unit.substr(1);
  const std::string factor = scale.factor.str();
  return (factor.size() <= kFactorWordsMax ? factor : "a multiple of") +
         (pure && factor.size() > kFactorWordsMax ? " a pure number" : unit);
}

}  // namespace batchwright

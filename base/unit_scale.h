// What a unit measures and how large it is, exactly: the ground under conversions and under the
// check of formulas. Scales are rational numbers, so that 1/3600 and the pound per square inch lose
// nothing.
#pragma once

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/quantity.h"

namespace batchwright {

// The seven base quantities of the SI (BIPM, The International System of Units, 9th edition), and
// those that a cleanroom counts or measures by procedures of their own and that never convert into
// anything else.
enum class BaseDimension : std::uint8_t {
  kMass,
  kLength,
  kTime,
  kCurrent,
  kTemperature,
  kAmount,
  kLuminousIntensity,
  kRevolutions,
  kAcidity,           // pH
  kRelativeHumidity,  // % RH
  kTurbidity,         // NTU
  kPieces,
  kColonies,            // CFU
  kEndotoxin,           // EU
  kBiologicalActivity,  // IU
  kParticles,
  kCells,
};
inline constexpr std::size_t kBaseDimensions = 17;

// Exponents, in the order of BaseDimension: a speed is length 1, time -1.
struct Dimension {
  std::array<int, kBaseDimensions> exponents{};

  [[nodiscard]] bool is_none() const { return *this == Dimension{}; }
  bool operator==(const Dimension&) const = default;
};

using Ratio = boost::multiprecision::cpp_rational;

// A value v of the unit is v * factor + offset in kilogram, metre, second, ampere, kelvin, mole,
// candela and the counts above. Only the scales of temperature have an offset: their zero isn't
// the absolute one. Inside a product or quotient °C means the interval, as large as a kelvin.
struct UnitScale {
  Dimension dimension;
  Ratio factor = 1;
  Ratio offset = 0;

  bool operator==(const UnitScale&) const = default;
};

// Exponents from -99 to 99 and a factor of at most 512 bits above and below: what multiplying and
// dividing may go on with. parse_unit() gives nothing else.
[[nodiscard]] bool is_bounded(const UnitScale& scale);
[[nodiscard]] UnitScale multiply(const UnitScale& a, const UnitScale& b);
[[nodiscard]] UnitScale divide(const UnitScale& a, const UnitScale& b);

// A unit of the table by any of its names (find_unit), or a product or quotient of units with
// whole exponents: "mg/kg", "g/(L·h)", "kg/m2", "EU/100 mL", UCUM codes. Empty text is the pure
// number. kMalformed names what isn't known; a product that follows a quotient without parentheses
// is refused too, because people read it both ways. At most 128 bytes, 16 factors, 4 levels of
// parentheses.
[[nodiscard]] Result<UnitScale> parse_unit(std::string_view text);

// A short name: of the table where one fits, else base units such as "kg·m^2/s"; "a pure number".
[[nodiscard]] std::string describe(const UnitScale& scale);

// `value` given in `from`, expressed in `to`: exact where 34 digits hold it, else rounded once,
// half to even, to 34 significant digits. Trailing zeros that say how fine a value was measured
// stay: 25.30 g is 0.02530 kg. Offsets count: 25 °C is 298.15 K. kRefused when the dimensions
// differ, kMalformed when the whole part needs more than 34 digits.
[[nodiscard]] Result<Decimal> convert(const Decimal& value, const UnitScale& from,
                                      const UnitScale& to);

}  // namespace batchwright

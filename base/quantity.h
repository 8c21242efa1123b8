// A decimal with its unit. Units are the short codes that people read (kg, g, mL, °C, mbar, rpm,
// pH, %); the table in base/units.cpp gives each its UCUM code (Unified Code for Units of Measure)
// and its dimension; its exact size follows from the UCUM code (base/unit_scale.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace batchwright {

struct Unit {
  std::string_view symbol;     // as shown: "kg"
  std::string_view ucum;       // "kg"
  std::string_view dimension;  // "mass"; quantities of different dimension never convert
};

// Looks a unit up by symbol, UCUM code or a known word ("kilogram", "Grad Celsius", "Sekunde"),
// case folded for words. nullptr when unknown: a finding for the author, never a guess.
[[nodiscard]] const Unit* find_unit(std::string_view name);

struct Quantity {
  Decimal value;
  std::string unit;  // Unit::symbol; empty for a pure number
};

// The same quantity in another unit, exact or rounded once, half to even, to 34 digits. Any unit
// that parse_unit() (base/unit_scale.h) reads. kRefused for another dimension, also where two
// dimensions share their SI units: a torque is no energy. kMalformed for an unknown unit.
[[nodiscard]] Result<Quantity> convert(const Quantity& quantity, std::string_view to_unit);

}  // namespace batchwright

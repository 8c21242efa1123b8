// A decimal with its unit. Units are the short codes that people read (kg, g, mL, °C, mbar, rpm,
// pH, %); the table in base/units.cpp gives each its UCUM code (Unified Code for Units of Measure)
// and its dimension.
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

}  // namespace batchwright

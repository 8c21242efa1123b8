// Units that a cleanroom writes down. Facts, our own selection: the codes are those of UCUM
// (Unified Code for Units of Measure, ucum.org, case sensitive form); counts that UCUM doesn't
// define are UCUM annotations in braces.
#include "base/internal/units.h"

namespace batchwright::internal {
namespace {

constexpr Unit kUnits[] = {
    // mass
    {"kg", "kg", "mass"},
    {"g", "g", "mass"},
    {"mg", "mg", "mass"},
    {"µg", "ug", "mass"},
    {"ng", "ng", "mass"},
    {"t", "t", "mass"},
    // volume
    {"L", "L", "volume"},
    {"mL", "mL", "volume"},
    {"µL", "uL", "volume"},
    {"dL", "dL", "volume"},
    {"hL", "hL", "volume"},
    {"kL", "kL", "volume"},
    {"m³", "m3", "volume"},
    {"dm³", "dm3", "volume"},
    {"cm³", "cm3", "volume"},
    // length, area, speed
    {"m", "m", "length"},
    {"cm", "cm", "length"},
    {"mm", "mm", "length"},
    {"µm", "um", "length"},
    {"nm", "nm", "length"},
    {"m²", "m2", "area"},
    {"cm²", "cm2", "area"},
    {"m/s", "m/s", "speed"},
    // time and frequency
    {"s", "s", "time"},
    {"ms", "ms", "time"},
    {"min", "min", "time"},
    {"h", "h", "time"},
    {"d", "d", "time"},
    {"Hz", "Hz", "frequency"},
    {"rpm", "{rev}/min", "rotational speed"},
    // temperature, pressure, force
    {"°C", "Cel", "temperature"},
    {"K", "K", "temperature"},
    {"°F", "[degF]", "temperature"},
    {"Pa", "Pa", "pressure"},
    {"hPa", "hPa", "pressure"},
    {"kPa", "kPa", "pressure"},
    {"MPa", "MPa", "pressure"},
    {"mbar", "mbar", "pressure"},
    {"bar", "bar", "pressure"},
    {"psi", "[psi]", "pressure"},
    {"N", "N", "force"},
    {"N·m", "N.m", "torque"},
    // amount and concentration
    {"mol", "mol", "amount"},
    {"mmol", "mmol", "amount"},
    {"µmol", "umol", "amount"},
    {"mol/L", "mol/L", "amount concentration"},
    {"mmol/L", "mmol/L", "amount concentration"},
    {"µmol/L", "umol/L", "amount concentration"},
    {"g/mol", "g/mol", "molar mass"},
    {"kg/L", "kg/L", "density"},
    {"kg/m³", "kg/m3", "density"},
    {"g/L", "g/L", "density"},
    {"mg/L", "mg/L", "density"},
    {"µg/L", "ug/L", "density"},
    {"g/mL", "g/mL", "density"},
    {"mg/mL", "mg/mL", "density"},
    {"%", "%", "fraction"},
    {"ppm", "[ppm]", "fraction"},
    {"ppb", "[ppb]", "fraction"},
    {"pH", "[pH]", "acidity"},
    {"% RH", "%{RH}", "relative humidity"},
    // flow
    {"L/h", "L/h", "volume flow"},
    {"L/min", "L/min", "volume flow"},
    {"mL/min", "mL/min", "volume flow"},
    {"m³/h", "m3/h", "volume flow"},
    {"kg/h", "kg/h", "mass flow"},
    {"g/min", "g/min", "mass flow"},
    // electricity, energy, light, viscosity
    {"S/m", "S/m", "conductivity"},
    {"mS/cm", "mS/cm", "conductivity"},
    {"µS/cm", "uS/cm", "conductivity"},
    {"V", "V", "voltage"},
    {"mV", "mV", "voltage"},
    {"A", "A", "current"},
    {"mA", "mA", "current"},
    {"W", "W", "power"},
    {"kW", "kW", "power"},
    {"kWh", "kW.h", "energy"},
    {"J", "J", "energy"},
    {"lx", "lx", "illuminance"},
    {"mPa·s", "mPa.s", "viscosity"},
    {"NTU", "{NTU}", "turbidity"},
    // counts
    {"pcs", "{piece}", "count"},
    {"CFU", "[CFU]", "colonies"},
    {"CFU/mL", "[CFU]/mL", "colony concentration"},
    {"CFU/100 mL", "[CFU]/(100.mL)", "colony concentration"},
    {"CFU/m³", "[CFU]/m3", "colony concentration"},
    {"EU", "{EU}", "endotoxin"},
    {"EU/mL", "{EU}/mL", "endotoxin concentration"},
    {"EU/mg", "{EU}/mg", "endotoxin content"},
    {"IU", "[iU]", "biological activity"},
    {"IU/mL", "[iU]/mL", "activity concentration"},
    {"IU/mg", "[iU]/mg", "specific activity"},
    {"particles/m³", "{particle}/m3", "particle concentration"},
    {"cells/mL", "{cell}/mL", "cell concentration"},
    {"1/h", "/h", "rate"},
};

}  // namespace

std::span<const Unit> units() {
  return kUnits;
}

}  // namespace batchwright::internal

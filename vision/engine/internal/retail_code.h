// EAN and UPC as bars: which digits are drawn by which modules, and what a valid number is
// (GS1 General Specifications, section 5.2; ISO/IEC 15420).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vision/label.h"

namespace batchwright::vision {

// Modules of a symbol from its first bar to its last; 1 is a bar.
using Modules = std::vector<std::uint8_t>;

// One of the three ways a digit is drawn: odd parity and even parity left of the centre, and right
// of it.
enum class DigitSet : std::uint8_t { kOdd, kEven, kRight };

inline constexpr int kDigitModules = 7;

[[nodiscard]] std::array<std::uint8_t, kDigitModules> digit_modules(int digit, DigitSet set);

// A digit's place among the modules, and the sets it may be drawn in.
struct DigitCell {
  int first_module = 0;
  bool right = false;
};

// How a symbology lays its digits out. `parities` are the sets of the left cells for each value of
// the digit that has no bars of its own: the first of EAN-13, the check digit of UPC-E.
struct RetailLayout {
  int modules = 0;
  std::vector<DigitCell> cells;
  std::vector<std::string> parities;  // of 'O' and 'E'; ten, or one where nothing is hidden in them
};

// Of EAN-13 (UPC-A is its case with a leading zero), EAN-8 and UPC-E; none for any other.
[[nodiscard]] const RetailLayout* retail_layout(Symbology symbology);

// The digits that are drawn as bars, and the index into `parities`.
struct RetailWord {
  std::string drawn;
  int parity = 0;
  bool operator==(const RetailWord&) const = default;
};

// EAN-13 of 13 digits, UPC-A of 12, EAN-8 of 8, UPC-E of 8 (number system 0 or 1, with check
// digit). None when the check digit is wrong or there is something else than digits.
[[nodiscard]] std::optional<RetailWord> retail_word(Symbology symbology, std::string_view text);

[[nodiscard]] Modules retail_modules(const RetailLayout& layout, const RetailWord& word);

// The last digit is what GS1's weights 3 and 1 make of the others.
[[nodiscard]] bool check_digit_holds(std::string_view digits);

// The 12 digits of UPC-A that a UPC-E of 8 digits stands for; empty when it isn't one.
[[nodiscard]] std::string expand_upc_e(std::string_view digits);

}  // namespace batchwright::vision

#include "vision/engine/internal/retail_code.h"

#include <algorithm>

#include "base/ensure.h"

namespace batchwright::vision {

namespace {

// Widths of space, bar, space, bar of a digit in the odd set; the others are its mirrors and
// complements.
constexpr std::array<std::array<int, 4>, 10> kWidths{{{3, 2, 1, 1},
                                                      {2, 2, 2, 1},
                                                      {2, 1, 2, 2},
                                                      {1, 4, 1, 1},
                                                      {1, 1, 3, 2},
                                                      {1, 2, 3, 1},
                                                      {1, 1, 1, 4},
                                                      {1, 3, 1, 2},
                                                      {1, 2, 1, 3},
                                                      {3, 1, 1, 2}}};

const std::vector<std::string> kEan13Parities{"OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE",
                                              "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO"};
// For number system 0; the other system has odd and even exchanged.
const std::vector<std::string> kUpcEParities{"EEEOOO", "EEOEOO", "EEOOEO", "EEOOOE", "EOEEOO",
                                             "EOOEEO", "EOOOEE", "EOEOEO", "EOEOOE", "EOOEOE"};

RetailLayout layout(int left, int right, std::vector<std::string> parities) {
  RetailLayout made;
  int at = 3;
  for (int i = 0; i < left; ++i, at += kDigitModules) made.cells.push_back({at, false});
  if (right > 0) at += 5;
  for (int i = 0; i < right; ++i, at += kDigitModules) made.cells.push_back({at, true});
  made.modules = at + (right > 0 ? 3 : 6);
  made.parities = std::move(parities);
  return made;
}

std::vector<std::string> both_systems() {
  auto parities = kUpcEParities;
  for (const auto& zero : kUpcEParities) {
    std::string one = zero;
    for (auto& set : one) set = set == 'O' ? 'E' : 'O';
    parities.push_back(std::move(one));
  }
  return parities;
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::array<std::uint8_t, kDigitModules> digit_modules(int digit, DigitSet set) {
  ensure(digit >= 0 && digit <= 9, "a digit is 0 to 9");
  std::array<std::uint8_t, kDigitModules> odd{};
  std::size_t at = 0;
  std::uint8_t bar = 0;
  for (const int width : kWidths[static_cast<std::size_t>(digit)]) {
    for (int i = 0; i < width; ++i) odd[at++] = bar;
    bar = bar == 0 ? 1 : 0;
  }
  if (set == DigitSet::kOdd) return odd;
  auto right = odd;
  for (auto& module : right) module = module == 0 ? 1 : 0;
  if (set == DigitSet::kEven) std::ranges::reverse(right);
  return right;
}

const RetailLayout* retail_layout(Symbology symbology) {
  static const RetailLayout ean13 = layout(6, 6, kEan13Parities);
  static const RetailLayout ean8 = layout(4, 4, {"OOOO"});
  static const RetailLayout upc_e = layout(6, 0, both_systems());
  switch (symbology) {
    case Symbology::kEan13:
    case Symbology::kUpcA: return &ean13;
    case Symbology::kEan8: return &ean8;
    case Symbology::kUpcE: return &upc_e;
    default: return nullptr;
  }
}

bool check_digit_holds(std::string_view digits) {
  if (digits.size() < 2 || !all_digits(digits)) return false;
  int sum = 0, weight = 1;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, weight = 4 - weight)
    sum += weight * (*at - '0');
  return sum % 10 == 0;
}

std::string expand_upc_e(std::string_view digits) {
  if (digits.size() != 8 || !all_digits(digits) || digits[0] > '1') return {};
  const std::string first(digits.substr(0, 1)), check(digits.substr(7, 1));
  const std::string_view body = digits.substr(1, 6);
  const char last = body[5];
  std::string middle;
  if (last <= '2')
    middle = std::string(body.substr(0, 2)) + last + "0000" + std::string(body.substr(2, 3));
  else if (last == '3')
    middle = std::string(body.substr(0, 3)) + "00000" + std::string(body.substr(3, 2));
  else if (last == '4')
    middle = std::string(body.substr(0, 4)) + "00000" + std::string(body.substr(4, 1));
  else
    middle = std::string(body.substr(0, 5)) + "0000" + last;
  return first + middle + check;
}

std::optional<RetailWord> retail_word(Symbology symbology, std::string_view text) {
  if (!all_digits(text)) return std::nullopt;
  switch (symbology) {
    case Symbology::kEan13:
      if (text.size() != 13 || !check_digit_holds(text)) return std::nullopt;
      return RetailWord{std::string(text.substr(1)), text[0] - '0'};
    case Symbology::kUpcA:
      if (text.size() != 12 || !check_digit_holds(text)) return std::nullopt;
      return RetailWord{std::string(text), 0};
    case Symbology::kEan8:
      if (text.size() != 8 || !check_digit_holds(text)) return std::nullopt;
      return RetailWord{std::string(text), 0};
    case Symbology::kUpcE:
      if (!check_digit_holds(expand_upc_e(text))) return std::nullopt;
      return RetailWord{std::string(text.substr(1, 6)), (text[0] - '0') * 10 + (text[7] - '0')};
    default: return std::nullopt;
  }
}

Modules retail_modules(const RetailLayout& layout, const RetailWord& word) {
  ensure(word.drawn.size() == layout.cells.size(), "every cell has a digit");
  Modules modules(static_cast<std::size_t>(layout.modules), 0);
  const auto guard = [&](int from, int count, std::uint8_t first) {
    for (int i = 0; i < count; ++i)
      modules[static_cast<std::size_t>(from + i)] = static_cast<std::uint8_t>((i + first) % 2);
  };
  guard(0, 3, 1);
  const bool has_right = layout.cells.back().right;
  if (has_right) guard(layout.modules / 2 - 2, 5, 0);
  if (has_right)
    guard(layout.modules - 3, 3, 1);
  else
    guard(layout.modules - 6, 6, 0);
  const auto& parity = layout.parities[static_cast<std::size_t>(word.parity)];
  for (std::size_t i = 0; i < layout.cells.size(); ++i) {
    const auto& cell = layout.cells[i];
    const auto set = cell.right         ? DigitSet::kRight
                     : parity[i] == 'O' ? DigitSet::kOdd
                                        : DigitSet::kEven;
    const auto drawn = digit_modules(word.drawn[i] - '0', set);
    std::ranges::copy(drawn, modules.begin() + cell.first_module);
  }
  return modules;
}

}  // namespace batchwright::vision

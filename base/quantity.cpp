#include "base/quantity.h"

#include <algorithm>

#include "base/internal/units.h"

namespace batchwright {
namespace {

constexpr std::size_t kNameBytesMax = 128;

// ASCII only: the words of the table have no capital letter outside it.
std::string folded(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

const Unit* find_symbol(std::string_view symbol) {
  const auto units = internal::units();
  const auto found = std::ranges::find(units, symbol, &Unit::symbol);
  return found == units.end() ? nullptr : &*found;
}

}  // namespace

const Unit* find_unit(std::string_view name) {
  if (name.empty() || name.size() > kNameBytesMax) return nullptr;
  if (const Unit* const unit = find_symbol(name)) return unit;
  const auto units = internal::units();
  if (const auto found = std::ranges::find(units, name, &Unit::ucum); found != units.end()) {
    return &*found;
  }
  const auto exact = internal::unit_spellings();
  if (const auto found = std::ranges::find(exact, name, &internal::UnitSpelling::spelling);
      found != exact.end()) {
    return find_symbol(found->symbol);
  }
  const auto words = internal::unit_words();
  const auto found = std::ranges::find(words, folded(name), &internal::UnitSpelling::spelling);
  return found == words.end() ? nullptr : find_symbol(found->symbol);
}

}  // namespace batchwright

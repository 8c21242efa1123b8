#include "ui/widgets/key_layout.h"

namespace batchwright::ui {
namespace {

struct LayerText {
  std::string_view top, middle, bottom;  // the characters of three rows
};

LayerText letters(bool german, bool upper) {
  if (german) {
    return upper ? LayerText{"QWERTZUIOPÜ", "ASDFGHJKLÖÄ", "YXCVBNMß"}
                 : LayerText{"qwertzuiopü", "asdfghjklöä", "yxcvbnmß"};
  }
  return upper ? LayerText{"QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"}
               : LayerText{"qwertyuiop", "asdfghjkl", "zxcvbnm"};
}

LayerText symbols(bool more) {
  return more ? LayerText{"±×·–°µ€§²³", "|^`£«»¿¡½¼", "÷®©¶¬ªº"}
              : LayerText{"!?#%&@'\"+=", "-/:;()*_~$", "[]{}<>\\"};
}

std::size_t character_bytes(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0x80) return 1;
  return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

std::vector<Key> character_keys(std::string_view characters) {
  std::vector<Key> keys;
  while (!characters.empty()) {
    const std::size_t bytes = character_bytes(characters.front());
    keys.push_back({.text = std::string(characters.substr(0, bytes))});
    characters.remove_prefix(bytes);
  }
  return keys;
}

KeyRow centred(std::vector<Key> keys, int columns) {
  const auto free = static_cast<float>(columns) - static_cast<float>(keys.size());
  return {.indent_columns = free / 2, .keys = std::move(keys)};
}

KeyRow shift_row(std::string_view characters, int columns) {
  std::vector<Key> keys = character_keys(characters);
  const float side = (static_cast<float>(columns) - static_cast<float>(keys.size())) / 2;
  keys.insert(keys.begin(), {.kind = KeyKind::kShift, .text = {}, .columns = side});
  keys.push_back({.kind = KeyKind::kBackspace, .text = {}, .columns = side});
  return {.keys = std::move(keys)};
}

KeyRow space_row(int columns) {
  return {.keys = {{.kind = KeyKind::kSymbols, .text = {}, .columns = 1.5F},
                   {.text = ","},
                   {.text = " ", .columns = static_cast<float>(columns) - 6},
                   {.text = "."},
                   {.kind = KeyKind::kDone, .text = {}, .columns = 2.5F}}};
}

}  // namespace

KeyLayout key_layout(std::string_view language, KeyLayer layer) {
  const bool german = language.starts_with("de");
  const bool is_letters = layer == KeyLayer::kLower || layer == KeyLayer::kUpper;
  const LayerText text = is_letters ? letters(german, layer == KeyLayer::kUpper)
                                    : symbols(layer == KeyLayer::kMoreSymbols);
  KeyLayout layout;
  layout.columns = german ? 11 : 10;
  layout.rows.push_back(centred(character_keys("1234567890"), layout.columns));
  layout.rows.push_back(centred(character_keys(text.top), layout.columns));
  layout.rows.push_back(centred(character_keys(text.middle), layout.columns));
  layout.rows.push_back(shift_row(text.bottom, layout.columns));
  layout.rows.push_back(space_row(layout.columns));
  return layout;
}

KeyLayer after_shift(KeyLayer layer) {
  switch (layer) {
    case KeyLayer::kLower: return KeyLayer::kUpper;
    case KeyLayer::kUpper: return KeyLayer::kLower;
    case KeyLayer::kSymbols: return KeyLayer::kMoreSymbols;
    case KeyLayer::kMoreSymbols: return KeyLayer::kSymbols;
  }
  return KeyLayer::kLower;
}

KeyLayer after_symbols(KeyLayer layer) {
  const bool is_letters = layer == KeyLayer::kLower || layer == KeyLayer::kUpper;
  return is_letters ? KeyLayer::kSymbols : KeyLayer::kLower;
}

void erase_last_character(std::string& utf8) {
  while (!utf8.empty() && (static_cast<unsigned char>(utf8.back()) & 0xC0) == 0x80) utf8.pop_back();
  if (!utf8.empty()) utf8.pop_back();
}

}  // namespace batchwright::ui

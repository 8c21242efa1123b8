// Which keys the text keyboard shows, row by row. Pure; drawing is text_keyboard.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace batchwright::ui {

enum class KeyLayer { kLower, kUpper, kSymbols, kMoreSymbols };
enum class KeyKind { kCharacter, kShift, kSymbols, kBackspace, kDone };

struct Key {
  KeyKind kind = KeyKind::kCharacter;
  std::string text;   // kCharacter: what it types, one UTF-8 character
  float columns = 1;  // width in key pitches
};

struct KeyRow {
  float indent_columns = 0;
  std::vector<Key> keys;
};

struct KeyLayout {
  int columns = 10;
  std::vector<KeyRow> rows;
};

// QWERTZ with umlauts for "de", QWERTY otherwise; digits above. Every printable ASCII character is
// on some layer.
[[nodiscard]] KeyLayout key_layout(std::string_view language, KeyLayer layer);

// What a tap on shift or symbols leads to.
[[nodiscard]] KeyLayer after_shift(KeyLayer layer);
[[nodiscard]] KeyLayer after_symbols(KeyLayer layer);

// Removes the last UTF-8 character; nothing to remove is not an error.
void erase_last_character(std::string& utf8);

}  // namespace batchwright::ui

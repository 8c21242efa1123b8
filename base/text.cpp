#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace batchwright {
namespace {

constexpr char32_t kInvalid = 0xffffffff;

// How many bytes a character has by its first byte; 0 when no character begins so.
constexpr std::size_t length_of(std::uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 0;
}

// Takes the next character off `rest` (not empty). kInvalid for over-long forms, surrogates, values
// past U+10FFFF and cut characters.
char32_t take_character(std::string_view& rest) {
  const auto first = static_cast<std::uint8_t>(rest.front());
  const std::size_t length = length_of(first);
  if (length == 0 || length > rest.size()) return kInvalid;
  char32_t value = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<std::uint8_t>(rest[i]);
    if ((byte & 0xc0) != 0x80) return kInvalid;
    value = value << 6 | (byte & 0x3f);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (value < kSmallest[length] || surrogate || value > 0x10ffff) return kInvalid;
  rest.remove_prefix(length);
  return value;
}

constexpr bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

constexpr bool is_bidi_control(char32_t c) {
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

TextProblem find_text_problem(std::string_view text, std::string_view allowed_controls) {
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t c = take_character(rest);
    if (c == kInvalid) return TextProblem::kNotUtf8;
    const bool allowed =
        c < 0x20 && allowed_controls.find(static_cast<char>(c)) != std::string_view::npos;
    if (is_control(c) && !allowed) return TextProblem::kControl;
    if (is_bidi_control(c)) return TextProblem::kBidi;
  }
  return TextProblem::kNone;
}

bool is_valid_utf8(std::string_view text) {
  for (std::string_view rest = text; !rest.empty();) {
    if (take_character(rest) == kInvalid) return false;
  }
  return true;
}

std::size_t count_characters(std::string_view utf8) {
  const auto begins = [](char byte) { return (static_cast<std::uint8_t>(byte) & 0xc0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(utf8, begins));
}

Result<std::string> checked_text(std::string_view text, bool multiline) {
  switch (find_text_problem(text, multiline ? "\n" : "")) {
    case TextProblem::kNone: break;
    case TextProblem::kNotUtf8:
      return fail(ErrorCode::kMalformed,
                  "This text is damaged (not UTF-8). Nothing was saved. Type it again.");
    case TextProblem::kControl:
      return fail(ErrorCode::kMalformed,
                  "This text holds a character that can't be seen (a control character, such as a "
                  "tab or a line break). Nothing was saved. Remove it and try again.");
    case TextProblem::kBidi:
      return fail(ErrorCode::kMalformed,
                  "This text holds a hidden character that changes the reading order. Nothing was "
                  "saved. Remove it and try again.");
  }
  if (const std::size_t characters = count_characters(text); characters > kTextCharactersMax) {
    return fail(ErrorCode::kMalformed,
                fmt::format("This text is {} characters long; at most {} can be recorded. Nothing "
                            "was saved. Make it shorter.",
                            characters, kTextCharactersMax));
  }
  return std::string(text);
}

}  // namespace batchwright

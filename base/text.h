// What text may be in a record: NFC-neutral UTF-8, bounded, without characters that hide or reorder
// what is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright {

inline constexpr std::size_t kTextCharactersMax = 2000;

[[nodiscard]] bool is_valid_utf8(std::string_view text);

// Code points, not bytes. Counts every byte that begins a character; exact for valid UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view utf8);

enum class TextProblem {
  kNone,
  kNotUtf8,
  kControl,  // C0 (except the allowed ones), DEL or C1
  kBidi,     // bidirectional control: makes text read in another order than it is stored
};

// The first problem of `text`. `allowed_controls` lists the C0 characters that may appear, e.g.
// "\n\t". Length is not looked at.
[[nodiscard]] TextProblem find_text_problem(std::string_view text,
                                            std::string_view allowed_controls = {});

// Accepts names, reasons and typed text: valid UTF-8, at most kTextCharactersMax characters, no
// C0/C1 controls (line feed allowed when `multiline`), no bidirectional controls. The message says
// what was wrong in words for the typist.
[[nodiscard]] Result<std::string> checked_text(std::string_view text, bool multiline = false);

}  // namespace batchwright

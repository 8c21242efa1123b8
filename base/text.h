// What text may be in a record: NFC-neutral UTF-8, bounded, without characters that hide or reorder what is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright {

inline constexpr std::size_t kTextCharactersMax = 2000;

[[nodiscard]] bool is_valid_utf8(std::string_view text);
[[nodiscard]] std::size_t count_characters(std::string_view utf8);

// Accepts names, reasons and typed text: valid UTF-8, at most kTextCharactersMax characters, no C0/C1 controls (line
// feed allowed when `multiline`), no bidirectional controls. The message says what was wrong in words for the typist.
[[nodiscard]] Result<std::string> checked_text(std::string_view text, bool multiline = false);

}  // namespace batchwright

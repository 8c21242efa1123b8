// Bytes as Base64 text (RFC 4648, section 4, with padding) and back, for pictures in JSON.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright {

[[nodiscard]] std::string to_base64(std::string_view bytes);

// Exactly what to_base64 writes; blanks, line breaks and missing padding are kMalformed.
[[nodiscard]] Result<std::string> bytes_from_base64(std::string_view text);

}  // namespace batchwright

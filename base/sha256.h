// SHA-256 (FIPS 180-4) through OpenSSL, which uses the processor's SHA instructions where they
// exist.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright {

using Digest = std::array<std::uint8_t, 32>;

// Thread-safe; never fails (a failure of the library is a defect and ends the program).
[[nodiscard]] Digest sha256(std::string_view bytes);

}  // namespace batchwright

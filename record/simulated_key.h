// Keys of simulated people: always the same for the same seed, so that a simulation can be repeated
// byte for byte. Never for real people.
#pragma once

#include <array>
#include <cstdint>

#include "record/keys.h"

namespace batchwright::record {

[[nodiscard]] SecretKey simulated_key(const std::array<std::uint8_t, 32>& seed);

}  // namespace batchwright::record

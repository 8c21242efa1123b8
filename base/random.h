// Random bytes for keys, ids and challenges. `--seed` never reaches these.
#pragma once

#include <cstdint>
#include <span>

namespace batchwright {

// Cryptographic random bytes from the system (libsodium). Any thread.
void fill_random(std::span<std::uint8_t> out);

}  // namespace batchwright

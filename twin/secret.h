// Short secrets that people carry by hand: enrolment tokens and one-time secrets.
#pragma once

#include <string>
#include <string_view>

#include "base/sha256.h"

namespace batchwright::twin {

// 80 random bits as 16 characters that are hard to confuse (no I, L, O, U): "7K3Q-9XMD-02FB-RT5N".
[[nodiscard]] std::string make_secret();

// SHA-256 of the secret as people mean it: case, spaces and dashes don't count; I and L read as 1,
// O as 0.
[[nodiscard]] Digest secret_hash(std::string_view typed);

// In constant time.
[[nodiscard]] bool same_digest(const Digest& digest, std::string_view stored);

}  // namespace batchwright::twin

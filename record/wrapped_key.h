// A person's secret key, locked with the password. Argon2id derives the lock (RFC 9106),
// XChaCha20-Poly1305 locks. Slow on purpose (about half a second): call on a job thread, never on
// the frame or session thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "record/keys.h"

namespace batchwright::record {

struct Argon2Cost {
  std::uint64_t memory_bytes = 256ull << 20;
  std::uint64_t passes = 3;
};

// What a reader accepts at most, so that a hostile file can't exhaust the panel.
inline constexpr Argon2Cost kArgon2CostMax{.memory_bytes = 1ull << 30, .passes = 10};

// {"format":"batchwright/wrapped-key/1","kdf":"argon2id13","memory_bytes":"..","passes":"3",
//  "salt":hex,"nonce":hex,"box":hex}
[[nodiscard]] Result<Json> wrap_key(const SecretKey& key, std::string_view password,
                                    const Argon2Cost& cost = {});

// kDenied when the password is wrong, kMalformed when the JSON is not a wrapped key or its cost is
// above the ceiling.
[[nodiscard]] Result<SecretKey> unwrap_key(const Json& wrapped, std::string_view password);

}  // namespace batchwright::record

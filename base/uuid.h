// UUID version 7 (RFC 9562): 48 bit of milliseconds, then random bits; sorts by time, so SQLite
// indexes stay flat.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/sha256.h"

namespace batchwright {

// Text form, lower case. The 74 random bits are the first bits of `entropy`.
[[nodiscard]] std::string make_uuid_v7(std::int64_t unix_ms, const Digest& entropy);

// A deterministic source of ids inside one pure call: the shell puts fresh random bytes in `seed`
// for each command, the engine draws as many ids as it needs, and the same command with the same
// seed gives the same ids.
class IdSource {
 public:
  IdSource(Digest seed, std::int64_t unix_ms) : seed_(seed), unix_ms_(unix_ms) {}
  [[nodiscard]] std::string next();

 private:
  Digest seed_;
  std::int64_t unix_ms_;
  std::uint32_t drawn_ = 0;
};

}  // namespace batchwright

#include "base/random.h"

#include <sodium.h>

#include "base/ensure.h"

namespace batchwright {

void fill_random(std::span<std::uint8_t> out) {
  static const int ready = sodium_init();  // 0 = done now, 1 = was done before
  ensure(ready >= 0, "libsodium cannot start: no system randomness");
  randombytes_buf(out.data(), out.size());
}

}  // namespace batchwright

// libsodium, started.
#pragma once

#include <sodium.h>

#include "base/ensure.h"

namespace batchwright::record::internal {

// Before the first use of the library on any path; cheap afterwards. Any thread.
inline void start_sodium() {
  static const int ready = sodium_init();  // 0 = started now, 1 = was running
  ensure(ready >= 0, "libsodium cannot start: no system randomness");
}

}  // namespace batchwright::record::internal

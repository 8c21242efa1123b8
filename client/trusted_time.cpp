#include "client/trusted_time.h"

#include <algorithm>

namespace batchwright::client {

TrustedTime::TrustedTime(const Clock& machine, std::int64_t newest_unix_ms)
    : machine_(machine),
      wall_at_start_ms_(machine.now().unix_ms),
      monotonic_at_start_ms_(machine.monotonic_ms()),
      uncertainty_ms_(std::max<std::int64_t>(0, newest_unix_ms - wall_at_start_ms_)) {}

Instant TrustedTime::now() const {
  return {.unix_ms = wall_at_start_ms_ + machine_.monotonic_ms() - monotonic_at_start_ms_,
          .offset_minutes = machine_.now().offset_minutes};
}

std::int64_t TrustedTime::wall_moved_ms() const {
  return machine_.now().unix_ms - now().unix_ms;
}

}  // namespace batchwright::client

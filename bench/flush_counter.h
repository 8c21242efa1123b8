// Stands between the program and the system's fsync and fdatasync: counts them, and makes each as
// slow as a panel's storage, because the disk of a build machine answers from a cache. For one
// benchmark at a time.
#pragma once

#include <cstdint>

namespace batchwright::bench {

void set_flush_delay_us(int delay_us);
[[nodiscard]] std::uint64_t flushes();

}  // namespace batchwright::bench

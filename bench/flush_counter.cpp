#include "bench/flush_counter.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace batchwright::bench {

namespace {

std::atomic<int> delay_us = 0;
std::atomic<std::uint64_t> count = 0;

int flush(long call, int file) {
  ++count;
  if (delay_us > 0) ::usleep(static_cast<useconds_t>(delay_us.load()));
  return static_cast<int>(::syscall(call, file));
}

}  // namespace

void set_flush_delay_us(int us) {
  delay_us = us;
}
std::uint64_t flushes() {
  return count;
}

}  // namespace batchwright::bench

// The program's own definitions are found before those of the C library, by SQLite's library too.
extern "C" int fsync(int file) {
  return batchwright::bench::flush(SYS_fsync, file);
}
extern "C" int fdatasync(int file) {
  return batchwright::bench::flush(SYS_fdatasync, file);
}

// Requirement B7: durations survive a wall clock that somebody sets.
#include "client/trusted_time.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace batchwright::client {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kStartMs = 1'795'000'000'000;

// A machine whose wall clock can be set.
class Machine final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return {wall_ms, offset_minutes}; }
  [[nodiscard]] std::int64_t monotonic_ms() const override { return monotonic; }
  void pass(std::int64_t ms) {
    wall_ms += ms;
    monotonic += ms;
  }

  std::int64_t wall_ms = kStartMs, monotonic = 5'000;
  int offset_minutes = 60;
};

TEST(TrustedTime, AWallClockThatIsSetChangesNoDuration) {
  for (const std::int64_t jump : {kHourMs, -kHourMs}) {
    Machine machine;
    const TrustedTime time(machine, kStartMs);
    const auto began = time.now().unix_ms;
    machine.pass(120'000);
    machine.wall_ms += jump;
    machine.pass(60'000);
    const auto elapsed = time.now().unix_ms - began;
    EXPECT_LT(std::abs(elapsed - 180'000), 1'000) << jump;
    EXPECT_EQ(time.wall_moved_ms(), jump);
    EXPECT_EQ(time.uncertainty_ms(), 0);
  }
}

TEST(TrustedTime, BeginsAtTheWallClockAndFollowsItsOffset) {
  Machine machine;
  const TrustedTime time(machine, 0);
  EXPECT_EQ(to_text(time.now()), to_text(machine.now()));
  machine.offset_minutes = 120;
  EXPECT_EQ(time.now().offset_minutes, 120);
  EXPECT_EQ(time.now().unix_ms, kStartMs);
}

TEST(TrustedTime, AWallClockBehindTheRecordStatesByHowMuch) {
  Machine machine;
  machine.wall_ms = kStartMs - kHourMs;
  const TrustedTime time(machine, kStartMs);
  EXPECT_EQ(time.uncertainty_ms(), kHourMs);
  machine.pass(2 * kHourMs);
  EXPECT_EQ(time.uncertainty_ms(), kHourMs);  // what it was at the start stays wrong by as much
}

TEST(TrustedTime, AWallClockAtOrAfterTheRecordIsConsistent) {
  Machine machine;
  EXPECT_EQ(TrustedTime(machine, kStartMs).uncertainty_ms(), 0);
  EXPECT_EQ(TrustedTime(machine, kStartMs - 1).uncertainty_ms(), 0);
  EXPECT_EQ(TrustedTime(machine, 0).uncertainty_ms(), 0);
}

}  // namespace
}  // namespace batchwright::client

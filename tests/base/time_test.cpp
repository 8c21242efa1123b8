#include "base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace batchwright {
namespace {

TEST(Time, IsWrittenWithMillisecondsAndOffset) {
  EXPECT_EQ(to_text(Instant{0, 0}), "1970-01-01T00:00:00.000+00:00");
  EXPECT_EQ(to_text(Instant{1'795'352'733'120, 60}), "2026-11-22T14:05:33.120+01:00");
  EXPECT_EQ(to_text(Instant{1'795'352'733'120, -210}), "2026-11-22T09:35:33.120-03:30");
  EXPECT_EQ(to_text(Instant{-1, 0}), "1969-12-31T23:59:59.999+00:00");
}

TEST(Time, OnAScreenHasMinutesAndOffset) {
  EXPECT_EQ(to_display(Instant{1'795'352'733'120, 60}), "2026-11-22 14:05 +01:00");
}

TEST(Time, ReadsBothSidesOfALeapDay) {
  EXPECT_TRUE(instant_from_text("2028-02-29T23:59:59.999+00:00"));
  EXPECT_FALSE(instant_from_text("2027-02-29T00:00:00.000+00:00"));
}

TEST(Time, InAnyOtherSpellingIsRefused) {
  for (const char* const text : {"",
                                 "2026-11-22",
                                 "2026-11-22T14:05:33.120Z",
                                 "2026-11-22t14:05:33.120+01:00",
                                 "2026-11-22 14:05:33.120+01:00",
                                 "2026-11-22T14:05:33+01:00",
                                 "2026-11-22T14:05:33.12+01:00",
                                 "2026-11-22T14:05:33.1200+01:00",
                                 "2026-13-01T00:00:00.000+00:00",
                                 "2026-00-01T00:00:00.000+00:00",
                                 "2026-11-31T00:00:00.000+00:00",
                                 "2026-11-22T24:00:00.000+00:00",
                                 "2026-11-22T14:60:33.120+01:00",
                                 "2026-11-22T23:59:60.000+00:00",
                                 "2026-11-22T14:05:33.120+14:01",
                                 "2026-11-22T14:05:33.120+01:60",
                                 "2026-11-22T14:05:33.120-00:00",
                                 "2026-11-22T14:05:33.120 01:00",
                                 "+026-11-22T14:05:33.120+01:00",
                                 "2026-11-22T14:05:33.120+01:00 "}) {
    EXPECT_FALSE(instant_from_text(text)) << text;
  }
}

TEST(Time, OutsideFourDigitYearsIsClampedNotGarbled) {
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(to_text(Instant{kMax, 840}), "9999-12-31T23:59:59.999+14:00");
  EXPECT_EQ(to_text(Instant{kMin, -840}), "0000-01-01T00:00:00.000-14:00");
}

TEST(Instants, AreComparedByMomentNotByOffset) {
  EXPECT_EQ((Instant{1000, 60}), (Instant{1000, -300}));
  EXPECT_LT((Instant{999, 60}), (Instant{1000, 0}));
}

RC_GTEST_PROP(Time, RoundTripsThroughItsText, ()) {
  const Instant instant{*rc::gen::inRange<std::int64_t>(-60'000'000'000'000, 250'000'000'000'000),
                        *rc::gen::inRange(-14 * 60, 14 * 60 + 1)};
  const auto back = instant_from_text(to_text(instant));
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->unix_ms == instant.unix_ms);
  RC_ASSERT(back->offset_minutes == instant.offset_minutes);
}

TEST(SystemClock, AgreesWithItsOwnText) {
  const Instant now = SystemClock().now();
  EXPECT_EQ(instant_from_text(to_text(now)).value(), now);
  EXPECT_GT(now.unix_ms, 1'700'000'000'000);
}

TEST(SystemClock, NeverGoesBack) {
  const SystemClock clock;
  std::int64_t last = clock.monotonic_ms();
  for (int i = 0; i < 1000; ++i) {
    const std::int64_t now = clock.monotonic_ms();
    ASSERT_GE(now, last);
    last = now;
  }
}

TEST(ManualClock, StandsStillUntilTold) {
  ManualClock clock(Instant{5000, 60});
  EXPECT_EQ(clock.now().unix_ms, 5000);
  clock.advance_ms(250);
  EXPECT_EQ(clock.now().unix_ms, 5250);
  EXPECT_EQ(clock.now().offset_minutes, 60);
  EXPECT_EQ(clock.monotonic_ms(), 250);
}

}  // namespace
}  // namespace batchwright

#include "ui/backend/server_clock.h"

#include <gtest/gtest.h>

namespace batchwright::ui {
namespace {

TEST(ServerClock, EventsReadLateKeepTheirDistance) {
  ServerClock clock;
  EXPECT_EQ(clock.to_monotonic_ms(1000, 50'000), 50'000);
  // Three events happened at 1100, 1200, 1300; all are read at 50,500.
  EXPECT_EQ(clock.to_monotonic_ms(1100, 50'500), 50'100);
  EXPECT_EQ(clock.to_monotonic_ms(1200, 50'500), 50'200);
  EXPECT_EQ(clock.to_monotonic_ms(1300, 50'500), 50'300);
}

TEST(ServerClock, QuickerEventCorrectsAFirstOneThatWasSlow) {
  ServerClock clock;
  static_cast<void>(clock.to_monotonic_ms(1000, 50'400));  // 400 ms late, nobody can know
  EXPECT_EQ(clock.to_monotonic_ms(2000, 51'000), 51'000);
  EXPECT_EQ(clock.to_monotonic_ms(2100, 51'500), 51'100);
}

TEST(ServerClock, NeverAnswersWithTheFuture) {
  ServerClock clock;
  static_cast<void>(clock.to_monotonic_ms(1000, 50'000));
  EXPECT_LE(clock.to_monotonic_ms(9000, 50'010), 50'010);
}

TEST(ServerClock, WrapAfter49DaysGoesUnnoticed) {
  ServerClock clock;
  static_cast<void>(clock.to_monotonic_ms(0xffffff00u, 1'000'000));
  EXPECT_EQ(clock.to_monotonic_ms(0x00000100u, 1'000'600), 1'000'512);
}

TEST(ServerClock, EventsSlightlyOutOfOrderStayPut) {
  ServerClock clock;
  static_cast<void>(clock.to_monotonic_ms(5000, 10'000));
  EXPECT_EQ(clock.to_monotonic_ms(4990, 10'001), 9'990);
  EXPECT_EQ(clock.to_monotonic_ms(5010, 10'020), 10'010);
}

}  // namespace
}  // namespace batchwright::ui

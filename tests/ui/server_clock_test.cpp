#include "ui/backend/server_clock.h"

#include <gtest/gtest.h>

namespace batchwright::ui {
namespace {

TEST(ServerClock, EventsReadLateKeepTheirDistance) {
  ServerClock clock;
  clock.observe(1000, 50'000);
  EXPECT_EQ(clock.to_monotonic_ms(1000), 50'000);
  for (const std::uint32_t at : {1100u, 1200u, 1300u}) clock.observe(at, 50'500);
  EXPECT_EQ(clock.to_monotonic_ms(1100), 50'100);
  EXPECT_EQ(clock.to_monotonic_ms(1200), 50'200);
  EXPECT_EQ(clock.to_monotonic_ms(1300), 50'300);
}

TEST(ServerClock, VeryFirstBatchIsSpreadOutToo) {
  ServerClock clock;
  for (const std::uint32_t at : {1000u, 1140u, 1280u}) clock.observe(at, 60'000);
  EXPECT_EQ(clock.to_monotonic_ms(1000), 59'720);
  EXPECT_EQ(clock.to_monotonic_ms(1140), 59'860);
  EXPECT_EQ(clock.to_monotonic_ms(1280), 60'000);
}

TEST(ServerClock, QuickerEventCorrectsAFirstOneThatWasSlow) {
  ServerClock clock;
  clock.observe(1000, 50'400);  // 400 ms late, nobody can know
  clock.observe(2000, 51'000);
  clock.observe(2100, 51'500);
  EXPECT_EQ(clock.to_monotonic_ms(2000), 51'000);
  EXPECT_EQ(clock.to_monotonic_ms(2100), 51'100);
}

TEST(ServerClock, NeverAnswersWithTheFuture) {
  ServerClock clock;
  clock.observe(1000, 50'000);
  clock.observe(9000, 50'010);
  EXPECT_LE(clock.to_monotonic_ms(9000), 50'010);
}

TEST(ServerClock, WrapAfter49DaysGoesUnnoticed) {
  ServerClock clock;
  clock.observe(0xffffff00u, 1'000'000);
  clock.observe(0x00000100u, 1'000'600);
  EXPECT_EQ(clock.to_monotonic_ms(0xffffff00u), 1'000'000);
  EXPECT_EQ(clock.to_monotonic_ms(0x00000100u), 1'000'512);
}

TEST(ServerClock, EventsSlightlyOutOfOrderStayPut) {
  ServerClock clock;
  clock.observe(5000, 10'000);
  clock.observe(4990, 10'001);
  clock.observe(5010, 10'020);
  EXPECT_EQ(clock.to_monotonic_ms(4990), 9'990);
  EXPECT_EQ(clock.to_monotonic_ms(5010), 10'010);
}

}  // namespace
}  // namespace batchwright::ui

#include "record/hlc.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace batchwright::record {
namespace {

TEST(Hlc, IsTheWallClockWhenThatIsAhead) {
  const Hlc stamp = next(Hlc{}, 1'800'000'000'000);
  EXPECT_EQ(stamp.unix_ms(), 1'800'000'000'000);
  EXPECT_EQ(stamp.bits & 0xffff, 0u);
}

TEST(Hlc, GoesOnCountingWhenTheWallClockGoesBack) {
  const Hlc last = next(Hlc{}, 1'800'000'000'000);
  const Hlc stamp = next(last, 1'700'000'000'000);
  EXPECT_GT(stamp, last);
  EXPECT_EQ(stamp.unix_ms(), last.unix_ms());
}

TEST(Hlc, CarriesIntoTheMillisecondAfter65536StampsInOne) {
  Hlc stamp{(std::uint64_t{1000} << 16) | 0xffff};
  stamp = next(stamp, 1000);
  EXPECT_EQ(stamp.unix_ms(), 1001);
}

TEST(Hlc, NeverTurnsOverToZero) {
  const Hlc end{std::numeric_limits<std::uint64_t>::max()};
  EXPECT_EQ(next(end, 0), end);
  EXPECT_GT(next(Hlc{}, std::numeric_limits<std::int64_t>::max()), Hlc{});
  EXPECT_EQ(next(Hlc{}, -5).bits, 1u);
}

TEST(Hlc, TextIsSixteenLowerCaseHexDigits) {
  EXPECT_EQ(to_text(Hlc{0x01a3'185c'53e8'000b}), "01a3185c53e8000b");
  EXPECT_EQ(hlc_from_text("01a3185c53e8000b").value().bits, 0x01a3'185c'53e8'000bu);
  for (const char* const text :
       {"", "01A3185C53E8000B", "1a3185c53e8000b", "01a3185c53e8000b0", "01a3185c53e8000g"}) {
    EXPECT_FALSE(hlc_from_text(text)) << text;
  }
}

RC_GTEST_PROP(Hlc, IsStrictlyMonotonicWhateverTheWallClockDoes,
              (const std::vector<std::int32_t>& walls)) {
  Hlc last;
  for (const std::int32_t wall : walls) {
    const std::int64_t wall_ms = 1'800'000'000'000 + wall;
    const Hlc stamp = next(last, wall_ms);
    RC_ASSERT(stamp > last);
    RC_ASSERT(stamp.unix_ms() >= wall_ms);
    RC_ASSERT(to_text(stamp) > to_text(last));  // sorts as text too
    RC_ASSERT(hlc_from_text(to_text(stamp)).value() == stamp);
    last = stamp;
  }
}

}  // namespace
}  // namespace batchwright::record

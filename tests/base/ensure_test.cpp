#include "base/ensure.h"

#include <gtest/gtest.h>

namespace batchwright {
namespace {

TEST(Ensure, LetsWhatHoldsPass) {
  ensure(true, "never seen");
}

TEST(EnsureDeathTest, EndsTheProgramWithThePlaceAlsoInRelease) {
  EXPECT_DEATH(ensure(false, "one plus one is three"),
               "one plus one is three \\(.*ensure_test.cpp:");
}

}  // namespace
}  // namespace batchwright

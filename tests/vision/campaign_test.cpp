// Requirement E9: rates are stated with their bounds, and no case is lost in silence.
#include "vision/challenge/campaign.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/binomial_bounds.h"

namespace batchwright::vision::challenge {
namespace {

TEST(Interval, KnownBoundsOfClopperAndPearson) {
  // None of n: 1 - 0.05^(1/n).
  EXPECT_NEAR(upper_bound_of_rate(0, 299), 0.00997, 1e-5);
  EXPECT_NEAR(upper_bound_of_rate(0, 2995), 0.001, 1e-6);
  EXPECT_DOUBLE_EQ(lower_bound_of_rate(0, 299), 0);
  EXPECT_DOUBLE_EQ(upper_bound_of_rate(10, 10), 1);
  // 2 of 10, as printed tables have it: 0.0368 and 0.5069.
  EXPECT_NEAR(upper_bound_of_rate(2, 10), 0.5069, 1e-4);
  EXPECT_NEAR(lower_bound_of_rate(2, 10), 0.0368, 1e-4);
}

TEST(CampaignRun, ACaseThatEndsItsProcessIsTheOnlyOneLost) {
  Campaign campaign{"test", "", {}, {}, {}};
  campaign.run = [](std::uint64_t seed, int number) {
    if (number == 5) std::_Exit(3);
    return Json(static_cast<int>(seed) + number);
  };
  CampaignOptions options;
  options.cases = 12;
  options.seed = 100;
  options.jobs = 3;
  const auto outcomes = run_cases(campaign, options);
  ASSERT_EQ(outcomes.size(), 12U);
  for (int i = 0; i < 12; ++i) {
    const auto& outcome = outcomes[static_cast<std::size_t>(i)];
    if (i == 5)
      EXPECT_TRUE(outcome.is_null());
    else
      EXPECT_EQ(outcome, Json(100 + i));
  }
}

}  // namespace
}  // namespace batchwright::vision::challenge

// Requirement E8: the error rates of a camera check are stated with exact bounds. The values come
// from closed forms, from the binomial sum itself and from published tables.
#include "base/binomial_bounds.h"

#include <gtest/gtest.h>

#include <cmath>

namespace batchwright {
namespace {

// P(at most k errors in n trials), summed term by term in logarithms.
double at_most(std::int64_t k, std::int64_t n, double rate) {
  double sum = 0;
  const auto whole = static_cast<double>(n);
  for (std::int64_t i = 0; i <= k; ++i) {
    const auto errors = static_cast<double>(i);
    sum += std::exp(std::lgamma(whole + 1) - std::lgamma(errors + 1) -
                    std::lgamma(whole - errors + 1) + errors * std::log(rate) +
                    (whole - errors) * std::log1p(-rate));
  }
  return sum;
}

TEST(BinomialBounds, NoErrorInNTrialsIsOneMinusTheRootOfWhatIsLeft) {
  for (const std::int64_t n : {1, 2, 10, 60, 299, 300, 2'995, 3'000, 29'956, 1'000'000})
    EXPECT_NEAR(upper_bound_of_rate(0, n), -std::expm1(std::log(0.05) / static_cast<double>(n)),
                1e-12)
        << n;
  EXPECT_LE(upper_bound_of_rate(0, 299), 0.01);
  EXPECT_GT(upper_bound_of_rate(0, 298), 0.01);
}

TEST(BinomialBounds, AtTheBoundTheBinomialSumIsWhatIsLeftOfTheConfidence) {
  for (const std::int64_t n : {5, 40, 300, 3'000, 30'000})
    for (const std::int64_t k : {1, 2, 4}) {
      SCOPED_TRACE(testing::Message() << k << " of " << n);
      EXPECT_NEAR(at_most(k, n, upper_bound_of_rate(k, n)), 0.05, 1e-6);
      EXPECT_NEAR(1 - at_most(k - 1, n, lower_bound_of_rate(k, n)), 0.05, 1e-6);
      const auto both = bounds_of_rate(k, n);
      EXPECT_NEAR(at_most(k, n, both.upper), 0.025, 1e-6);
      EXPECT_NEAR(1 - at_most(k - 1, n, both.lower), 0.025, 1e-6);
    }
}

TEST(BinomialBounds, TwoSidedBoundsAgreeWithPublishedTables) {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine
  // 17 (1998), table I, method 5.
  EXPECT_NEAR(bounds_of_rate(81, 263).lower, 0.2527, 5e-5);
  EXPECT_NEAR(bounds_of_rate(81, 263).upper, 0.3676, 5e-5);
  EXPECT_NEAR(bounds_of_rate(15, 148).lower, 0.0578, 5e-5);
  EXPECT_NEAR(bounds_of_rate(15, 148).upper, 0.1617, 5e-5);
  EXPECT_NEAR(bounds_of_rate(0, 20).upper, 0.1684, 5e-5);
  EXPECT_NEAR(bounds_of_rate(1, 29).lower, 0.0009, 5e-5);
  EXPECT_NEAR(bounds_of_rate(1, 29).upper, 0.1776, 5e-5);
}

TEST(BinomialBounds, WithoutTrialsOrAtTheEndsNothingIsClaimed) {
  EXPECT_EQ(upper_bound_of_rate(0, 0), 1);
  EXPECT_EQ(lower_bound_of_rate(0, 0), 0);
  EXPECT_EQ(upper_bound_of_rate(7, 7), 1);
  EXPECT_EQ(lower_bound_of_rate(0, 7), 0);
  EXPECT_EQ(bounds_of_rate(0, 0), (ShareBounds{0, 1}));
}

TEST(BinomialBounds, TheTrialsForARateAreTheFewestThatProveIt) {
  EXPECT_EQ(trials_for_rate(0, 0.01), 299);
  EXPECT_EQ(trials_for_rate(0, 0.001), 2'995);
  EXPECT_EQ(trials_for_rate(0, 0.0001), 29'956);
  for (const std::int64_t k : {0, 1, 2, 5})
    for (const double rate : {0.2, 0.01, 0.001}) {
      const auto n = trials_for_rate(k, rate);
      SCOPED_TRACE(testing::Message() << k << " errors, rate " << rate << ": " << n);
      EXPECT_LE(upper_bound_of_rate(k, n), rate);
      EXPECT_GT(upper_bound_of_rate(k, n - 1), rate);
    }
  EXPECT_EQ(trials_for_rate(0, 1e-12), kTrialsMax);
}

}  // namespace
}  // namespace batchwright

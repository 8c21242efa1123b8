#include "base/binomial_bounds.h"

#include <boost/math/special_functions/beta.hpp>

#include "base/ensure.h"

namespace batchwright {

namespace {

// No exception and no promotion to long double: the same digits on every machine.
using Quiet = boost::math::policies::policy<
    boost::math::policies::promote_double<false>,
    boost::math::policies::domain_error<boost::math::policies::errno_on_error>,
    boost::math::policies::overflow_error<boost::math::policies::errno_on_error>,
    boost::math::policies::evaluation_error<boost::math::policies::errno_on_error>>;

void ensure_counts(std::int64_t k, std::int64_t n, double confidence) {
  ensure(k >= 0 && k <= n, "errors are some of the trials");
  ensure(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1");
}

double quantile(std::int64_t a, std::int64_t b, double share) {
  return boost::math::ibeta_inv(static_cast<double>(a), static_cast<double>(b), share, Quiet());
}

}  // namespace

double upper_bound_of_rate(std::int64_t k, std::int64_t n, double confidence) {
  ensure_counts(k, n, confidence);
  return k == n ? 1 : quantile(k + 1, n - k, confidence);
}

double lower_bound_of_rate(std::int64_t k, std::int64_t n, double confidence) {
  ensure_counts(k, n, confidence);
  return k == 0 ? 0 : quantile(k, n - k + 1, 1 - confidence);
}

ShareBounds bounds_of_rate(std::int64_t k, std::int64_t n, double confidence) {
  const double each = 1 - (1 - confidence) / 2;
  return {lower_bound_of_rate(k, n, each), upper_bound_of_rate(k, n, each)};
}

std::int64_t trials_for_rate(std::int64_t k, double rate, double confidence) {
  ensure(rate > 0 && rate < 1, "a rate to prove lies between 0 and 1");
  std::int64_t low = k, high = k + 1;  // never enough at `low`, where every trial is an error
  while (high < kTrialsMax && upper_bound_of_rate(k, high, confidence) > rate) {
    low = high;
    high *= 2;
  }
  if (high >= kTrialsMax) high = kTrialsMax;
  while (high - low > 1) {
    const auto middle = low + (high - low) / 2;
    (upper_bound_of_rate(k, middle, confidence) > rate ? low : high) = middle;
  }
  return high;
}

}  // namespace batchwright

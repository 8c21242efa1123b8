#include "vision/challenge/interval.h"

#include <boost/math/distributions/beta.hpp>

namespace batchwright::vision::challenge {

namespace {

constexpr double kLevel = 0.95;

}  // namespace

double upper_bound_95(std::int64_t count, std::int64_t n) {
  if (count < 0 || count >= n) return 1;
  const boost::math::beta_distribution<> beta(static_cast<double>(count + 1),
                                              static_cast<double>(n - count));
  return boost::math::quantile(beta, kLevel);
}

double lower_bound_95(std::int64_t count, std::int64_t n) {
  if (count <= 0 || count > n) return 0;
  return 1 - upper_bound_95(n - count, n);
}

}  // namespace batchwright::vision::challenge

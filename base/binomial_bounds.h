// What k errors in n independent trials say about the true rate of errors: exact bounds after
// Clopper and Pearson ("The use of confidence or fiducial limits illustrated in the case of the
// binomial", Biometrika 26, 1934), by the beta distribution. Used for the figures that decide
// whether a camera check may stand in for a person, so never a rule of thumb.
#pragma once

#include <cstdint>

namespace batchwright {

// Shares, 0..1. Confidence is a share, too: 0.95.
struct ShareBounds {
  double lower = 0, upper = 1;
  bool operator==(const ShareBounds&) const = default;
};

// One-sided: with this confidence the true rate is not above, or not below. 0 <= k <= n; nothing is
// known after no trials (n = 0): 1 and 0. 0 of 299 is at most 1 %, 0 of 2995 at most 0.1 %.
[[nodiscard]] double upper_bound_of_rate(std::int64_t k, std::int64_t n, double confidence = 0.95);
[[nodiscard]] double lower_bound_of_rate(std::int64_t k, std::int64_t n, double confidence = 0.95);

// Two-sided: half of what is left on each side.
[[nodiscard]] ShareBounds bounds_of_rate(std::int64_t k, std::int64_t n, double confidence = 0.95);

// The fewest trials after which k errors still prove a rate of at most `rate` (one-sided). `rate`
// in (0, 1); at most kTrialsMax, which also stands for more.
inline constexpr std::int64_t kTrialsMax = 1'000'000'000;
[[nodiscard]] std::int64_t trials_for_rate(std::int64_t k, double rate, double confidence = 0.95);

}  // namespace batchwright

// Bounds of a rate that was counted (C. J. Clopper, E. S. Pearson: "The use of confidence or
// fiducial limits illustrated in the case of the binomial", Biometrika 26, 1934).
#pragma once

#include <cstdint>

namespace batchwright::vision::challenge {

// One-sided bounds at 95 %: with `count` of `n` the true rate is below `upper` (or above `lower`)
// in 95 of 100 such counts. 0 <= count <= n; n 0 says nothing: 1 and 0.
[[nodiscard]] double upper_bound_95(std::int64_t count, std::int64_t n);
[[nodiscard]] double lower_bound_95(std::int64_t count, std::int64_t n);

}  // namespace batchwright::vision::challenge

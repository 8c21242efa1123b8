// Which valid number fits a profile of grey levels best, and by how much.
#pragma once

#include <vector>

#include "vision/engine/internal/retail_code.h"

namespace batchwright::vision {

// Grey levels along the bars, `kSamplesPerModule` per module, beginning `kMarginModules` before
// the first bar and ending as far behind the last; dark is high.
using Profile = std::vector<double>;

inline constexpr int kSamplesPerModule = 6;
inline constexpr int kMarginModules = 5;

// The profile that `modules` would have, blurred by a Gaussian of `sigma_modules`.
[[nodiscard]] Profile draw_profile(const Modules& modules, double sigma_modules);

// Pearson's r of two profiles of one length; 0 when one is flat.
[[nodiscard]] double correlation(const double* a, const double* b, std::size_t count);

struct Likelihood {
  RetailWord best;
  double margin = 0;  // cost of the next valid word less that of the best
};

// `around` tells what stands beside each digit while it is weighed.
[[nodiscard]] Likelihood most_likely_word(const RetailLayout& layout, const RetailWord& around,
                                          const std::vector<Profile>& profiles,
                                          double sigma_modules, Symbology symbology);

}  // namespace batchwright::vision

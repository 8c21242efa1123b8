// Whether the pictures of one camera are still like those a check was used on at first (row E7): a
// lens gets dirty, a lamp ages, a mount is pushed, each too slowly for the quality gate to notice.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <optional>

#include "vision/quality.h"

namespace batchwright::vision {

inline constexpr std::size_t kDriftBaseline = 20;  // pictures that say how it was
inline constexpr std::size_t kDriftRecent = 10;    // pictures that say how it is

struct Drift {
  // "contrast", "sharpness", "dark_share", "bright_share", "glare_share".
  const char* measure = "";
  double was = 0, is = 0;  // means; units as in Quality
};

// Of one camera and one check. Pictures of other checks show other things. Small, and never grows.
class DriftWatch {
 public:
  // Says what has drifted, once: again only after it was as before in between. A measure has
  // drifted when the mean of the last kDriftRecent pictures lies outside of three standard
  // deviations of the first kDriftBaseline, and by more than anybody would notice.
  [[nodiscard]] std::optional<Drift> add(const Quality& quality);

 private:
  static constexpr std::size_t kMeasures = 5;
  using Measures = std::array<double, kMeasures>;

  // The measures' sums and sums of squares over the baseline.
  Measures sum_{}, squares_{};
  std::size_t baseline_ = 0;
  std::deque<Measures> recent_;
  std::array<bool, kMeasures> is_told_{};
};

}  // namespace batchwright::vision

// How long one frame may take.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.h"

namespace batchwright::vision {

class Deadline {
 public:
  Deadline(const Clock& clock, int budget_ms)
      : clock_(&clock), ends_ms_(clock.monotonic_ms() + budget_ms) {}

  [[nodiscard]] int left_ms() const {
    return static_cast<int>(std::max<std::int64_t>(0, ends_ms_ - clock_->monotonic_ms()));
  }
  [[nodiscard]] bool over() const { return left_ms() == 0; }

 private:
  const Clock* clock_;
  std::int64_t ends_ms_;
};

}  // namespace batchwright::vision

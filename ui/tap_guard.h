// Decides whether an activation counts (R6, R8). Pure; times are those of the finger, not of the
// frame, so that a slow frame neither swallows a deliberate second tap nor lets a bounce through.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ui/backend/touch_queue.h"
#include "ui/display.h"
#include "ui/widget_list.h"

namespace batchwright::ui {

inline constexpr std::int64_t kDebounceMs = 250;   // same target, after an activation
inline constexpr std::int64_t kContactMinMs = 30;  // shorter on Confirm or Destructive is a drip
inline constexpr double kSlideMaxMm = 10.0;        // further is a slide, not a tap

class TapGuard {
 public:
  // True when the tap counts; it is then remembered. A refused one leaves no trace, so bouncing
  // never extends itself.
  [[nodiscard]] bool accept(std::string_view id, WidgetKind kind, const TouchFrame& touch,
                            const Display& display);

 private:
  struct Activation {
    std::string id;
    std::int64_t at_ms = 0;
  };
  static constexpr std::size_t kRecentMax = 64;  // far more than fingers manage in 250 ms

  std::vector<Activation> recent_;  // of the last 250 ms, oldest first
};

}  // namespace batchwright::ui

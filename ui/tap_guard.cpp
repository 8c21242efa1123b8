#include "ui/tap_guard.h"

#include <algorithm>

namespace batchwright::ui {

bool TapGuard::accept(std::string_view id, WidgetKind kind, const TouchFrame& touch,
                      const Display& display) {
  if (touch.slide_px > static_cast<float>(display.px(kSlideMaxMm))) return false;
  // A held target activates while the finger is still down; its contact has lasted until now.
  const std::int64_t at_ms = touch.released ? touch.release_ms : touch.press_ms;
  const bool grave = kind == WidgetKind::kConfirm || kind == WidgetKind::kDestructive;
  if (grave && touch.released && touch.release_ms - touch.press_ms < kContactMinMs) return false;
  std::erase_if(recent_, [&](const Activation& a) { return at_ms - a.at_ms >= kDebounceMs; });
  if (std::ranges::any_of(recent_, [&](const Activation& a) { return a.id == id; })) return false;
  if (recent_.size() >= kRecentMax) recent_.erase(recent_.begin());
  recent_.push_back({std::string(id), at_ms});
  return true;
}

}  // namespace batchwright::ui

#include "ui/tap_guard.h"

namespace batchwright::ui {

bool TapGuard::accept(std::string_view id, WidgetKind kind, const TouchFrame& touch,
                      const Display& display) {
  if (touch.slide_px > static_cast<float>(display.px(kSlideMaxMm))) return false;
  // A held target activates while the finger is still down; its contact has lasted until now.
  const std::int64_t at_ms = touch.released ? touch.release_ms : touch.press_ms;
  const bool grave = kind == WidgetKind::kConfirm || kind == WidgetKind::kDestructive;
  if (grave && touch.released && touch.release_ms - touch.press_ms < kContactMinMs) return false;
  if (last_ms_ && last_id_ == id && at_ms - *last_ms_ < kDebounceMs) return false;
  last_id_ = id;
  last_ms_ = at_ms;
  return true;
}

}  // namespace batchwright::ui

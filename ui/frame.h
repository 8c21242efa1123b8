// What a screen gets to draw one frame, and what it tells back. A screen is a function of view
// model and frame: it calls ImGui, adds every widget to `widgets`, and names itself with show().
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "ui/backend/key_queue.h"
#include "ui/backend/touch_queue.h"
#include "ui/display.h"
#include "ui/tap_guard.h"
#include "ui/theme/fonts.h"
#include "ui/theme/tokens.h"
#include "ui/widget_list.h"

namespace batchwright::ui {

// The id of a screen from its name, e.g. "step/15" or "sign". Never 0.
[[nodiscard]] ScreenId screen_id(std::string_view name);

class Frame {
 public:
  Frame(const Display& display_, const Theme& theme_, Fonts& fonts_, WidgetList& widgets_,
        TapGuard& taps, const TouchFrame& touch_, std::span<const KeyEvent> keys_,
        std::int64_t now_ms_)
      : display(display_),
        theme(theme_),
        fonts(fonts_),
        widgets(widgets_),
        touch(touch_),
        keys(keys_),
        now_ms(now_ms_),
        taps_(taps) {}

  const Display& display;
  const Theme& theme;
  Fonts& fonts;  // want() new text here
  WidgetList& widgets;
  const TouchFrame& touch;         // the finger, in pixels
  std::span<const KeyEvent> keys;  // hardware keys and wedge scanners since the last frame
  const std::int64_t now_ms;       // monotonic

  [[nodiscard]] float px(double mm) const { return static_cast<float>(display.px(mm)); }

  // Says which screen this is. A tap that began on another screen never arrives here (R9). Opening
  // a dialog or sheet is another screen; a digit more in the echo is not.
  void show(ScreenId screen) { screen_ = screen; }
  void show(std::string_view name) { screen_ = screen_id(name); }
  [[nodiscard]] ScreenId screen() const { return screen_; }

  // Call when ImGui reports that a target was activated. False when the tap must not count:
  // bounced, too short on a Confirm, or the finger slid (R6, R8). Exactly one call per activation.
  [[nodiscard]] bool accept_tap(std::string_view id, WidgetKind kind) {
    return taps_.accept(id, kind, touch, display);
  }

  // Without this no further frame is drawn until something happens. For a hold ring: 16; for a
  // clock: the rest of the minute. The smallest wish of a frame counts.
  void redraw_in_ms(std::int64_t ms) {
    ms = std::max<std::int64_t>(ms, 1);
    redraw_in_ms_ = redraw_in_ms_ ? std::min(*redraw_in_ms_, ms) : ms;
  }
  [[nodiscard]] std::optional<std::int64_t> redraw_wish_ms() const { return redraw_in_ms_; }

 private:
  TapGuard& taps_;
  ScreenId screen_ = 0;
  std::optional<std::int64_t> redraw_in_ms_;
};

// Called once per frame between ImGui::NewFrame and ImGui::EndFrame, possibly several times before
// anything is shown.
using DrawFrame = std::function<void(Frame&)>;

}  // namespace batchwright::ui

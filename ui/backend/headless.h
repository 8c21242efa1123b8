// A panel without a screen: virtual clock, software pictures, and a driver that taps what the side
// list says is there. Used by tests and by the simulated operator; taps take the same way as those
// of a finger (TouchQueue).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "ui/backend/frame_loop.h"
#include "ui/backend/picture.h"
#include "ui/backend/software_rasteriser.h"

namespace batchwright::ui {

class Headless {
 public:
  // Fonts must be built for the display.
  Headless(const Display& display, const Theme& theme, Fonts& fonts, DrawFrame draw);

  // Lets time pass in frames of 16 ms; 0 runs one turn.
  void step(std::int64_t ms = 0);
  // Steps until `done` says so; false when it hasn't after `timeout_ms` of virtual time. `between`
  // runs after each frame, e.g. to let other threads work.
  bool step_until(const std::function<bool()>& done, std::int64_t timeout_ms,
                  const std::function<void()>& between = {});
  [[nodiscard]] std::int64_t now_ms() const { return now_ms_; }

  // Each fails with kNotFound or kRefused when the widget isn't drawn, is disabled (its reason is
  // named) or lies under a dialog; the message lists what is on the screen. Waits out the 300 ms
  // after a change of screen and the debounce, as a person does.
  [[nodiscard]] Result<void> tap(std::string_view id);
  [[nodiscard]] Result<void> tap_label(std::string_view label);
  [[nodiscard]] Result<void> press_hold(std::string_view id, std::int64_t hold_ms = 1200);
  // Taps the keys of the pad or keyboard on the screen ("key:..." ids), using shift and symbols as
  // needed.
  [[nodiscard]] Result<void> type(std::string_view utf8);
  [[nodiscard]] Result<void> drag(std::string_view id, float dx_px, float dy_px);
  // Succeeds when the text can be read on the screen.
  [[nodiscard]] Result<void> expect(std::string_view text) const;
  // A hardware wedge scanner: the characters, then Enter.
  void scan(std::string_view utf8);

  // Raw finger, for tests of timing.
  void touch_at(float x, float y);
  void move_to(float x, float y);
  void lift();

  [[nodiscard]] const WidgetList& widgets() const { return loop_.widgets(); }
  [[nodiscard]] FrameLoop& loop() { return loop_; }
  [[nodiscard]] const SoftwareRasteriser& renderer() const { return renderer_; }
  [[nodiscard]] const FrameLoop::Shown& last_turn() const { return shown_; }
  [[nodiscard]] Picture picture() const;
  [[nodiscard]] Result<void> save_picture(const std::filesystem::path& png) const;

 private:
  void turn();
  void wait_until_heard();
  [[nodiscard]] Result<Rect> target(const Widget* widget, std::string_view name) const;
  [[nodiscard]] Result<void> press(std::string_view id, std::int64_t contact_ms);
  [[nodiscard]] Result<void> type_key(std::string_view character);

  FrameLoop loop_;
  SoftwareRasteriser renderer_;
  FrameLoop::Shown shown_;
  std::int64_t now_ms_ = 1000;
  std::int64_t screen_since_ms_ = 0;
  std::int64_t last_tap_ms_ = 0;
};

}  // namespace batchwright::ui

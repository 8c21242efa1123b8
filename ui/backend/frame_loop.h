// Runs frames: feeds queued touches and keys to ImGui one edge at a time, lets the screen draw,
// shows the last frame. The window and the headless backend both drive this, so tests tap through
// the very same code. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "ui/backend/key_queue.h"
#include "ui/backend/renderer.h"
#include "ui/backend/touch_queue.h"
#include "ui/frame.h"

struct ImGuiContext;

namespace batchwright::ui {

class FrameLoop {
 public:
  // Fonts and theme must live longer than the loop; the fonts are built for the display.
  FrameLoop(const Display& display, const Theme& theme, Fonts& fonts, DrawFrame draw);
  ~FrameLoop();
  FrameLoop(const FrameLoop&) = delete;
  FrameLoop& operator=(const FrameLoop&) = delete;

  struct Shown {
    std::span<const PixelRect> damage;         // empty: the picture is as before
    std::optional<std::int64_t> redraw_in_ms;  // empty: nothing to do until an event
    int logic_frames = 0;                      // frames run only to catch up
  };

  // One turn: as many frames as there are waiting edges, then one that is rendered. now_ms is
  // monotonic.
  Shown run(std::int64_t now_ms, Renderer& renderer);

  [[nodiscard]] TouchQueue& touches() { return touches_; }
  [[nodiscard]] KeyQueue& keys() { return keys_; }
  // What the last frame drew.
  [[nodiscard]] const WidgetList& widgets() const { return widgets_; }
  [[nodiscard]] const Display& display() const { return display_; }
  [[nodiscard]] ScreenId screen() const { return touches_.screen(); }
  [[nodiscard]] std::uint64_t frames() const { return frames_; }

 private:
  void run_frame(std::int64_t now_ms, std::span<const KeyEvent> keys);

  Display display_;
  const Theme& theme_;
  Fonts& fonts_;
  DrawFrame draw_;
  TouchQueue touches_;
  KeyQueue keys_;
  TapGuard taps_;
  WidgetList widgets_;
  ImGuiContext* context_ = nullptr;
  std::optional<std::int64_t> redraw_in_ms_;
  std::int64_t last_ms_ = 0;
  std::uint64_t frames_ = 0;
};

}  // namespace batchwright::ui

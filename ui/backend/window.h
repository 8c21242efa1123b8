// The panel's window: GLFW without OpenGL, pictures put through X11 shared memory (XPutImage where
// that is missing). Sleeps until something happens. Everything but wake() belongs to the thread
// that opened it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/error.h"
#include "ui/backend/frame_loop.h"

namespace batchwright::ui {

struct WindowOptions {
  std::string title = "Batchwright";
  bool fullscreen = true;    // takes the whole first monitor; else a window of Display's size
  std::uint32_t ground = 0;  // 0x00RRGGBB, shown before the first frame
};

class Window {
 public:
  // kNotFound when there is no X display to open; kIo when it answers strangely. At most one Window
  // at a time. With fullscreen, display.width_px and height_px are replaced by the monitor's;
  // without it, a display too large for the desktop is drawn smaller as a whole.
  [[nodiscard]] static Result<std::unique_ptr<Window>> open(Display display,
                                                            const WindowOptions& options);
  ~Window();

  // The size to build fonts and loop for.
  [[nodiscard]] const Display& display() const;

  // Shows frames until the window is closed, stop() is called or `keep_going` (asked before each
  // turn) says no. kIo when the X connection breaks; the cause is not ours to mend, the caller
  // should exit and be started again.
  [[nodiscard]] Result<void> run(FrameLoop& loop, const std::function<bool()>& keep_going = {});
  void stop();

  // Any thread: something to show has changed, draw a frame.
  void wake();

  struct Statistics {
    std::uint64_t turns = 0;     // times woken
    std::uint64_t pictures = 0;  // of these, turns that changed a pixel
    std::int64_t slowest_turn_ms = 0;
    bool shared_memory = false;
  };
  [[nodiscard]] Statistics statistics() const;

 private:
  struct State;
  explicit Window(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace batchwright::ui

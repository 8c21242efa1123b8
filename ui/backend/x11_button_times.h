// The server's time stamps of presses and releases, in order, read from Xlib's queue before GLFW
// takes the events.
#pragma once

#include <cstdint>
#include <deque>

#include "ui/backend/server_clock.h"

namespace batchwright::ui {

class X11ButtonTimes {
 public:
  // `display` is an Xlib Display that outlives this.
  explicit X11ButtonTimes(void* display) : display_(display) {}

  // Call right before glfwPollEvents(); forgets what the last poll left over.
  void peek(std::int64_t now_ms);
  // When the next button event happened; now_ms for one that arrived after peek().
  [[nodiscard]] std::int64_t next(std::int64_t now_ms);

 private:
  void* display_;
  ServerClock clock_;
  std::deque<std::int64_t> times_ms_;
};

}  // namespace batchwright::ui

// Memory that X shows: shared with the server where it can be, else sent through the connection.
#pragma once

#include <memory>
#include <span>

#include "base/error.h"
#include "ui/backend/renderer.h"

namespace batchwright::ui {

class X11Surface {
 public:
  // `display` is an Xlib Display, `window` an X window of it; both outlive the surface.
  // kUnsupported when the screen doesn't have 24-bit colour as 0x00RRGGBB, kFull when there is no
  // memory.
  [[nodiscard]] static Result<std::unique_ptr<X11Surface>> create(void* display,
                                                                  unsigned long window,
                                                                  int width_px, int height_px);
  ~X11Surface();

  [[nodiscard]] Canvas canvas() const;
  [[nodiscard]] bool is_shared() const;

  // Shows these parts. When it returns the server has read them, so the memory may be drawn on
  // again.
  void put(std::span<const PixelRect> areas);
  // The connection is gone: don't touch it when destroyed.
  void abandon();

 private:
  struct State;
  explicit X11Surface(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace batchwright::ui

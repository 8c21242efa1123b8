#include "tests/ui/x11_screen.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>

namespace batchwright::ui::test {

Picture picture_of_x_screen() {
  ::Display* display = XOpenDisplay(nullptr);
  if (display == nullptr) return {};
  Picture picture;
  const int screen = DefaultScreen(display);
  picture.width_px = DisplayWidth(display, screen);
  picture.height_px = DisplayHeight(display, screen);
  XImage* image =
      XGetImage(display, RootWindow(display, screen), 0, 0, static_cast<unsigned>(picture.width_px),
                static_cast<unsigned>(picture.height_px), AllPlanes, ZPixmap);
  for (int y = 0; image != nullptr && y < picture.height_px; ++y) {
    for (int x = 0; x < picture.width_px; ++x) {
      picture.pixels.push_back(static_cast<std::uint32_t>(XGetPixel(image, x, y)) & 0xffffff);
    }
  }
  if (image != nullptr) XDestroyImage(image);
  XCloseDisplay(display);
  return picture;
}

}  // namespace batchwright::ui::test

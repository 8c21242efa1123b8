#include "ui/backend/x11_button_times.h"

#include <X11/Xlib.h>

#include <vector>

namespace batchwright::ui {
namespace {

// Looks at every waiting event and takes none.
int note_button(::Display*, XEvent* event, XPointer server_times) {
  const bool is_button = event->type == ButtonPress || event->type == ButtonRelease;
  if (is_button && event->xbutton.button == Button1) {
    reinterpret_cast<std::vector<std::uint32_t>*>(server_times)
        ->push_back(static_cast<std::uint32_t>(event->xbutton.time));
  }
  return False;
}

}  // namespace

void X11ButtonTimes::peek(std::int64_t now_ms) {
  std::vector<std::uint32_t> server_times;
  XEvent unused;
  XCheckIfEvent(static_cast<::Display*>(display_), &unused, note_button,
                reinterpret_cast<XPointer>(&server_times));
  times_ms_.clear();
  for (const std::uint32_t time : server_times) clock_.observe(time, now_ms);
  for (const std::uint32_t time : server_times) {
    times_ms_.push_back(clock_.to_monotonic_ms(time));
  }
}

std::int64_t X11ButtonTimes::next(std::int64_t now_ms) {
  if (times_ms_.empty()) return now_ms;
  const std::int64_t time_ms = times_ms_.front();
  times_ms_.pop_front();
  return time_ms;
}

}  // namespace batchwright::ui

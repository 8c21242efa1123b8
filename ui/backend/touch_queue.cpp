#include "ui/backend/touch_queue.h"

#include <algorithm>
#include <cmath>

namespace batchwright::ui {

void TouchQueue::moved(float x, float y, std::int64_t t_ms) {
  pointer_x_ = x;
  pointer_y_ = y;
  push({.x = x, .y = y, .down = pointer_down_, .edge = false, .t_ms = t_ms});
}

void TouchQueue::button(bool down, std::int64_t t_ms) {
  if (down == pointer_down_) return;
  pointer_down_ = down;
  if (down && edges_ + 2 > kEdgesMax) {
    refusing_ = true;
    ++taps_overflowed_;
    return;
  }
  if (!down && refusing_) {
    refusing_ = false;
    return;
  }
  push({.x = pointer_x_, .y = pointer_y_, .down = down, .edge = true, .t_ms = t_ms});
}

void TouchQueue::push(TouchEvent event) {
  // Edges carry the server's time, moves only that of their reading: those must not push edges
  // later.
  if (event.edge) event.t_ms = newest_ms_ = std::max(newest_ms_, event.t_ms);
  event.frame_id = frame_id_;
  event.screen_id = screen_;
  // Of moves in a row only the last matters: so at most one waits before each edge, and one at the
  // end.
  if (!event.edge && !events_.empty() && !events_.back().edge) events_.pop_back();
  events_.push_back(event);
  if (event.edge) ++edges_;
}

void TouchQueue::cancel() {
  if (contact_.down) cancelled_ = true;
  button(false, newest_ms_);
}

TouchFrame TouchQueue::next_frame() {
  ++frame_id_;
  contact_.pressed = false;
  if (leaving_) {
    // The release was shown at its place for one frame; now the finger is gone, and with it every
    // highlight.
    contact_ = {};
    leaving_ = false;
  }
  if (cancelled_) {
    cancelled_ = false;
    ignoring_ = contact_.down;
    contact_ = {};
    return contact_;
  }
  while (!events_.empty()) {
    const TouchEvent event = events_.front();
    events_.pop_front();
    if (!event.edge) {
      apply_move(event);
      continue;
    }
    --edges_;
    if (apply_edge(event)) break;
  }
  return contact_;
}

void TouchQueue::apply_move(const TouchEvent& event) {
  if (!contact_.down) return;  // a hovering pointer doesn't exist on a touch panel
  contact_.x = event.x;
  contact_.y = event.y;
  contact_.slide_px =
      std::max(contact_.slide_px, std::hypot(event.x - origin_x_, event.y - origin_y_));
}

// True when the frame has its edge.
bool TouchQueue::apply_edge(const TouchEvent& event) {
  if (event.down) {
    ignoring_ = is_stale(event);
    if (ignoring_) {
      ++taps_stale_;
      return false;
    }
    contact_ = {.x = event.x, .y = event.y, .down = true, .pressed = true, .press_ms = event.t_ms};
    origin_x_ = event.x;
    origin_y_ = event.y;
    return true;
  }
  if (ignoring_ || !contact_.down) {
    ignoring_ = false;
    return false;
  }
  apply_move(event);
  contact_.down = false;
  contact_.released = true;
  contact_.release_ms = event.t_ms;
  leaving_ = true;
  return true;
}

bool TouchQueue::is_stale(const TouchEvent& press) const {
  return press.screen_id != screen_ || press.t_ms < screen_since_ms_ + kNewScreenDeafMs;
}

void TouchQueue::shown(ScreenId screen, std::int64_t now_ms) {
  if (screen == screen_) return;
  // The very first screen has nothing before it that a tap could have been meant for.
  screen_since_ms_ = screen_ == 0 ? now_ms - kNewScreenDeafMs : now_ms;
  screen_ = screen;
  if (!contact_.down) return;
  cancelled_ = true;
}

}  // namespace batchwright::ui

// Taps survive slow frames here. Callbacks append what the finger did; each frame takes moves up to
// and including one edge (a press or a release), and logic-only frames run until no edge is left.
// Positions come from the cursor-position callback alone: asking for the pointer's position answers
// where it is now, not where the tap was. Pure logic; one thread (the window's).
#pragma once

#include <cfloat>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>

namespace batchwright::ui {

using ScreenId = std::uint64_t;  // 0: nothing shown yet

inline constexpr float kNowhere = -FLT_MAX;
inline constexpr std::int64_t kNewScreenDeafMs = 300;  // R9

struct TouchEvent {
  float x = kNowhere, y = kNowhere;  // px
  bool down = false;
  bool edge = false;           // press or release; else a move
  std::int64_t t_ms = 0;       // monotonic, when the finger did it
  std::uint64_t frame_id = 0;  // the frame on display when it arrived
  ScreenId screen_id = 0;      // the screen on display when it arrived
};

// What one frame is told.
struct TouchFrame {
  float x = kNowhere, y = kNowhere;  // kept for the frame of the release, nowhere after it
  bool down = false;
  bool pressed = false;         // this frame holds the press
  bool released = false;        // this frame holds the release, at x, y
  std::int64_t press_ms = 0;    // when the contact began, while down or released
  std::int64_t release_ms = 0;  // when it ended, if released
  float slide_px = 0;           // furthest distance from where the contact began
};

class TouchQueue {
 public:
  // More waiting presses and releases than this: whole taps are dropped, newest first, and counted.
  static constexpr std::size_t kEdgesMax = 512;

  // From the callbacks. The t_ms of presses and releases must not go back; if one does, the last
  // value is used. That of a move decides nothing.
  void moved(float x, float y, std::int64_t t_ms);
  void button(bool down, std::int64_t t_ms);
  // The window lost focus or the system is closing: the contact under way counts as slid off.
  void cancel();

  // From the frame loop. Takes the events of one frame.
  [[nodiscard]] TouchFrame next_frame();
  [[nodiscard]] bool has_edges() const { return edges_ > 0; }
  // True while a frame would differ from the last even without events: the position after a release
  // must leave.
  [[nodiscard]] bool is_settled() const { return !has_edges() && !leaving_ && !cancelled_; }
  // Says what is now on display. Taps that began on another screen, or in its first 300 ms, never
  // arrive.
  void shown(ScreenId screen, std::int64_t now_ms);

  [[nodiscard]] std::uint64_t taps_stale() const { return taps_stale_; }
  [[nodiscard]] std::uint64_t taps_overflowed() const { return taps_overflowed_; }
  [[nodiscard]] ScreenId screen() const { return screen_; }

 private:
  void push(TouchEvent event);
  void apply_move(const TouchEvent& event);
  bool apply_edge(const TouchEvent& event);
  [[nodiscard]] bool is_stale(const TouchEvent& press) const;

  std::deque<TouchEvent> events_;
  std::size_t edges_ = 0;
  float pointer_x_ = kNowhere, pointer_y_ = kNowhere;  // newest reported, stamped on edges
  bool pointer_down_ = false;                          // newest reported
  bool refusing_ = false;       // the queue was full at a press: its release is dropped too
  std::int64_t newest_ms_ = 0;  // of all edges so far

  TouchFrame contact_;  // what the last frame was told
  float origin_x_ = 0, origin_y_ = 0;
  bool leaving_ = false;    // the last frame held a release
  bool ignoring_ = false;   // a stale or cancelled contact is on the glass
  bool cancelled_ = false;  // the contact ends with the next frame, nowhere

  ScreenId screen_ = 0;
  std::int64_t screen_since_ms_ = 0;
  std::uint64_t frame_id_ = 0;
  std::uint64_t taps_stale_ = 0;
  std::uint64_t taps_overflowed_ = 0;
};

}  // namespace batchwright::ui

// The permanent regression for slow frames: whatever the screen is doing meanwhile, every tap
// arrives, at its own button. Proves R7, R8 and R9 with real ImGui items.
#include <gtest/gtest.h>

#include <vector>

#include "tests/ui/demo_screen.h"
#include "tests/ui/panel_fixture.h"
#include "ui/backend/frame_loop.h"

namespace batchwright::ui {
namespace {

using test::DemoScreen;

constexpr int kTaps = 40;
constexpr std::int64_t kContactMs = 30;

struct FingerEvent {
  std::int64_t t_ms;
  bool down;
  float x, y;
};

// Taps left and right button in turn.
std::vector<FingerEvent> tap_in_turn(std::int64_t start_ms, std::int64_t period_ms) {
  std::vector<FingerEvent> events;
  for (int i = 0; i < kTaps; ++i) {
    const float x = i % 2 == 0 ? 200.0f : 700.0f;
    const std::int64_t t_ms = start_ms + i * period_ms;
    events.push_back({t_ms, true, x, 300});
    events.push_back({t_ms + kContactMs, false, x, 300});
  }
  return events;
}

// A window whose every turn takes `stall_ms`: what the finger does meanwhile arrives in one go,
// later.
class SlowWindow {
 public:
  SlowWindow(DemoScreen& screen, std::int64_t stall_ms)
      : stall_ms_(stall_ms),
        loop_(test::compact_panel(), test::shipped_theme(), test::fonts_for(test::compact_panel()),
              [&screen](Frame& frame) { screen.draw(frame); }),
        renderer_(1280, 800, 0) {}

  void run(const std::vector<FingerEvent>& events) {
    std::size_t next = 0;
    while (next < events.size() || idle_turns_ < 2) {
      while (next < events.size() && events[next].t_ms <= now_ms_) {
        const FingerEvent& event = events[next++];
        loop_.touches().moved(event.x, event.y, event.t_ms);
        loop_.touches().button(event.down, event.t_ms);
      }
      const auto shown = loop_.run(now_ms_, renderer_);
      logic_frames_ += shown.logic_frames;
      now_ms_ += 16 + stall_ms_;
      if (next == events.size()) ++idle_turns_;
    }
  }
  [[nodiscard]] int logic_frames() const { return logic_frames_; }

 private:
  std::int64_t stall_ms_;
  std::int64_t now_ms_ = 1000;
  int idle_turns_ = 0;
  int logic_frames_ = 0;
  FrameLoop loop_;
  SoftwareRasteriser renderer_;
};

DemoScreen two_buttons() {
  DemoScreen screen;
  screen.buttons = {{"left", {100, 200, 400, 400}}, {"right", {600, 200, 900, 400}}};
  return screen;
}

TEST(SlowFrames, AllFortyTapsReachTheirButtonHoweverLongAFrameTakes) {
  for (const std::int64_t stall_ms : {0, 50, 100, 250, 500, 2000}) {
    DemoScreen screen = two_buttons();
    SlowWindow window(screen, stall_ms);
    window.run(tap_in_turn(2000, 130));
    EXPECT_EQ(screen.taps["left"], kTaps / 2) << stall_ms << " ms";
    EXPECT_EQ(screen.taps["right"], kTaps / 2) << stall_ms << " ms";
    for (int i = 0; i < static_cast<int>(screen.order.size()); ++i) {
      EXPECT_EQ(screen.order[static_cast<std::size_t>(i)], i % 2 == 0 ? "left" : "right");
    }
  }
}

TEST(SlowFrames, BouncesAreDroppedByTheFingersTimeNotTheFrames) {
  for (const std::int64_t stall_ms : {0, 500}) {
    DemoScreen screen = two_buttons();
    std::vector<FingerEvent> events;
    for (int i = 0; i < 10; ++i) {
      const std::int64_t t_ms = 2000 + i * 400;
      events.push_back({t_ms, true, 200, 300});
      events.push_back({t_ms + 30, false, 200, 300});
      events.push_back({t_ms + 60, true, 200, 300});  // the bounce
      events.push_back({t_ms + 90, false, 200, 300});
    }
    SlowWindow(screen, stall_ms).run(events);
    EXPECT_EQ(screen.taps["left"], 10) << stall_ms << " ms";
  }
}

TEST(SlowFrames, SecondTapMeantForTheOldScreenNeverReachesTheNew) {
  for (const std::int64_t stall_ms : {0, 50, 100, 250, 500}) {
    DemoScreen screen = two_buttons();
    screen.on_tap = [&screen](const std::string&) {
      screen.name = "after";
      screen.buttons = {{"confirm", {100, 200, 400, 400}}};
    };
    std::vector<FingerEvent> events = tap_in_turn(2000, 10'000);
    events.resize(2);  // one tap, and an impatient second one at the same place
    events.push_back({2120, true, 200, 300});
    events.push_back({2150, false, 200, 300});
    SlowWindow(screen, stall_ms).run(events);
    EXPECT_EQ(screen.taps["left"], 1) << stall_ms << " ms";
    EXPECT_EQ(screen.taps["confirm"], 0) << stall_ms << " ms";
  }
}

TEST(SlowFrames, FingerThatSlidesOffBeforeLiftingTapsNothing) {
  for (const std::int64_t stall_ms : {0, 500}) {
    DemoScreen screen = two_buttons();
    SlowWindow(screen, stall_ms)
        .run({{2000, true, 380, 300}, {2050, true, 500, 300}, {2080, false, 500, 300}});
    EXPECT_TRUE(screen.order.empty()) << stall_ms << " ms";
  }
}

TEST(SlowFrames, FingerThatSlidesFromOneButtonToAnotherTapsNeither) {
  DemoScreen screen = two_buttons();
  SlowWindow(screen, 0).run(
      {{2000, true, 380, 300}, {2050, true, 650, 300}, {2080, false, 650, 300}});
  EXPECT_TRUE(screen.order.empty());
}

TEST(SlowFrames, HeldButtonOfTheSameNameOnTheNextScreenIsNotTapped) {
  // "next" exists on both screens; the screen changes by itself while the finger is down.
  DemoScreen screen;
  screen.buttons = {{"next", {100, 200, 400, 400}}};
  FrameLoop loop(test::compact_panel(), test::shipped_theme(),
                 test::fonts_for(test::compact_panel()),
                 [&screen](Frame& frame) { screen.draw(frame); });
  SoftwareRasteriser renderer(1280, 800, 0);
  loop.run(1000, renderer);
  loop.touches().moved(200, 300, 2000);
  loop.touches().button(true, 2000);
  loop.run(2000, renderer);
  screen.name = "another";
  loop.run(2010, renderer);
  loop.touches().button(false, 2500);
  loop.run(2500, renderer);
  EXPECT_EQ(screen.taps["next"], 0);
  loop.touches().button(true, 2900);
  loop.touches().button(false, 2950);
  loop.run(2960, renderer);
  EXPECT_EQ(screen.taps["next"], 1);
}

}  // namespace
}  // namespace batchwright::ui

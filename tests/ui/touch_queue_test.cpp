// Proves R7 (as far as positions go) and R9 for the queue by itself; slow_frames_test.cpp proves it
// with real widgets.
#include "ui/backend/touch_queue.h"

#include <gtest/gtest.h>

#include <vector>

namespace batchwright::ui {
namespace {

constexpr ScreenId kScreen = 7;
constexpr ScreenId kOther = 8;

// A queue that shows kScreen since long ago.
TouchQueue ready_queue() {
  TouchQueue queue;
  queue.shown(kScreen, 0);
  return queue;
}

TEST(TouchQueue, PressAndReleaseInOneGoTakeTwoFramesAndKeepTheirPlace) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 20, 1000);
  queue.button(true, 1000);
  queue.button(false, 1030);

  const TouchFrame press = queue.next_frame();
  EXPECT_TRUE(press.down && press.pressed && !press.released);
  EXPECT_EQ(press.x, 10);
  EXPECT_EQ(press.y, 20);
  EXPECT_TRUE(queue.has_edges());

  const TouchFrame release = queue.next_frame();
  EXPECT_TRUE(!release.down && !release.pressed && release.released);
  EXPECT_EQ(release.x, 10);
  EXPECT_EQ(release.y, 20);
  EXPECT_EQ(release.press_ms, 1000);
  EXPECT_EQ(release.release_ms, 1030);
  EXPECT_FALSE(queue.has_edges());
  EXPECT_FALSE(queue.is_settled());
}

TEST(TouchQueue, FingerIsNowhereInTheFrameAfterTheRelease) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 20, 1000);
  queue.button(true, 1000);
  queue.button(false, 1030);
  static_cast<void>(queue.next_frame());
  static_cast<void>(queue.next_frame());
  const TouchFrame after = queue.next_frame();
  EXPECT_EQ(after.x, kNowhere);
  EXPECT_EQ(after.y, kNowhere);
  EXPECT_FALSE(after.down || after.released || after.pressed);
  EXPECT_TRUE(queue.is_settled());
}

TEST(TouchQueue, MovesBeforeAnEdgeAreAppliedUpToThatEdgeAndNoFurther) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 1000);
  queue.button(true, 1001);
  queue.moved(14, 10, 1010);
  queue.moved(18, 10, 1020);
  queue.button(false, 1030);
  queue.moved(90, 90, 1040);
  queue.button(true, 1050);

  EXPECT_EQ(queue.next_frame().x, 10);
  const TouchFrame release = queue.next_frame();
  EXPECT_EQ(release.x, 18);
  EXPECT_EQ(release.slide_px, 8);
  const TouchFrame second = queue.next_frame();
  EXPECT_TRUE(second.pressed);
  EXPECT_EQ(second.x, 90);
  EXPECT_EQ(second.slide_px, 0);
}

TEST(TouchQueue, EachOfTwoQuickTapsKeepsItsOwnPlace) {
  TouchQueue queue = ready_queue();
  for (const float x : {100.0f, 300.0f}) {
    queue.moved(x, 50, 1000);
    queue.button(true, 1000);
    queue.button(false, 1000);
  }
  std::vector<float> releases;
  for (int i = 0; i < 8; ++i) {
    const TouchFrame frame = queue.next_frame();
    if (frame.released) releases.push_back(frame.x);
  }
  EXPECT_EQ(releases, (std::vector<float>{100, 300}));
}

TEST(TouchQueue, PointerThatOnlyHoversIsNotAFinger) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 1000);
  EXPECT_EQ(queue.next_frame().x, kNowhere);
}

TEST(TouchQueue, TapThatBeganOnAnotherScreenIsDroppedWhole) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 1000);
  queue.button(true, 1000);
  queue.button(false, 1010);
  queue.shown(kOther, 1005);  // drawn before the tap was taken from the queue
  for (int i = 0; i < 4; ++i) {
    const TouchFrame frame = queue.next_frame();
    EXPECT_FALSE(frame.down || frame.pressed || frame.released);
  }
  EXPECT_EQ(queue.taps_stale(), 1u);
}

TEST(TouchQueue, TapMeantForTheOldScreenIsDroppedEvenIfItsTimeStampIsWrong) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 9000);
  queue.button(true, 9000);  // arrived while the old screen was on display
  queue.shown(kOther, 1005);
  EXPECT_FALSE(queue.next_frame().pressed);
}

TEST(TouchQueue, NewScreenIsDeafForItsFirst300Milliseconds) {
  for (const std::int64_t after_ms : {0, 1, 150, 299, 300, 301, 1000}) {
    TouchQueue queue = ready_queue();
    queue.shown(kOther, 5000);
    queue.moved(10, 10, 5000 + after_ms);
    queue.button(true, 5000 + after_ms);
    queue.button(false, 5000 + after_ms + 30);
    EXPECT_EQ(queue.next_frame().pressed, after_ms >= 300) << after_ms << " ms";
    EXPECT_EQ(queue.next_frame().released, after_ms >= 300) << after_ms << " ms";
  }
}

TEST(TouchQueue, ScreenThatChangesUnderAFingerCancelsTheTap) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 1000);
  queue.button(true, 1000);
  EXPECT_TRUE(queue.next_frame().down);
  queue.shown(kOther, 1010);
  EXPECT_FALSE(queue.is_settled());
  const TouchFrame cancelled = queue.next_frame();
  EXPECT_FALSE(cancelled.down);
  EXPECT_FALSE(cancelled.released);
  EXPECT_EQ(cancelled.x, kNowhere);
  queue.button(false, 2000);
  EXPECT_FALSE(queue.next_frame().released);
  // The next tap, on the screen now shown, counts again.
  queue.moved(11, 11, 3000);
  queue.button(true, 3000);
  EXPECT_TRUE(queue.next_frame().pressed);
}

TEST(TouchQueue, LostFocusCancelsTheContactUnderWay) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 1000);
  queue.button(true, 1000);
  EXPECT_TRUE(queue.next_frame().down);
  queue.cancel();
  const TouchFrame frame = queue.next_frame();
  EXPECT_FALSE(frame.down || frame.released);
  queue.button(false, 1100);  // the real release, if it still arrives
  queue.moved(12, 12, 1200);
  queue.button(true, 1200);
  EXPECT_TRUE(queue.next_frame().pressed);
}

TEST(TouchQueue, FloodOfTapsDropsTheNewestWholeAndCountsThem) {
  TouchQueue queue = ready_queue();
  const int taps = 1000;
  for (int i = 0; i < taps; ++i) {
    queue.moved(static_cast<float>(i), 10, 1000 + i);
    queue.button(true, 1000 + i);
    queue.moved(static_cast<float>(i), 11, 1000 + i);
    queue.button(false, 1000 + i);
  }
  int presses = 0, releases = 0;
  for (int i = 0; i < 3 * taps; ++i) {
    const TouchFrame frame = queue.next_frame();
    presses += frame.pressed;
    releases += frame.released;
    if (frame.released) {
      EXPECT_EQ(frame.x, static_cast<float>(releases - 1));
    }
  }
  EXPECT_EQ(presses, static_cast<int>(TouchQueue::kEdgesMax) / 2);
  EXPECT_EQ(releases, presses);
  EXPECT_EQ(queue.taps_overflowed(), static_cast<std::uint64_t>(taps - presses));
}

TEST(TouchQueue, SecondPressWithoutReleaseIsNoise) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 1000);
  queue.button(true, 1000);
  queue.button(true, 1001);
  queue.button(false, 1050);
  EXPECT_TRUE(queue.next_frame().pressed);
  EXPECT_TRUE(queue.next_frame().released);
  EXPECT_FALSE(queue.next_frame().pressed);
}

TEST(TouchQueue, MoveThatWasReadLateDoesNotMakeItsTapLate) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 9000);
  queue.button(true, 4000);
  queue.moved(11, 10, 9001);
  queue.button(false, 4060);
  EXPECT_EQ(queue.next_frame().press_ms, 4000);
  EXPECT_EQ(queue.next_frame().release_ms, 4060);
}

TEST(TouchQueue, ClockThatStepsBackDoesNotMakeAContactNegative) {
  TouchQueue queue = ready_queue();
  queue.moved(10, 10, 1000);
  queue.button(true, 1000);
  queue.button(false, 400);
  static_cast<void>(queue.next_frame());
  const TouchFrame release = queue.next_frame();
  EXPECT_GE(release.release_ms, release.press_ms);
}

}  // namespace
}  // namespace batchwright::ui

// Proves R6 and R8 by a sweep over times and distances.
#include "ui/tap_guard.h"

#include <gtest/gtest.h>

#include "tests/ui/panel_fixture.h"

namespace batchwright::ui {
namespace {

TouchFrame release_at(std::int64_t t_ms, std::int64_t contact_ms = 60) {
  return {.x = 1, .y = 1, .released = true, .press_ms = t_ms - contact_ms, .release_ms = t_ms};
}

TEST(TapGuard, SameTargetIsDeafFor250MillisecondsAfterAnActivation) {
  for (std::int64_t gap_ms = 0; gap_ms <= 500; gap_ms += 5) {
    TapGuard guard;
    const Display& display = test::wide_panel();
    EXPECT_TRUE(guard.accept("next", WidgetKind::kPrimary, release_at(1000), display));
    EXPECT_EQ(guard.accept("next", WidgetKind::kPrimary, release_at(1000 + gap_ms), display),
              gap_ms >= 250)
        << gap_ms << " ms";
  }
}

TEST(TapGuard, AnotherTargetIsHeardAtOnce) {
  TapGuard guard;
  EXPECT_TRUE(guard.accept("key:1", WidgetKind::kKey, release_at(1000), test::wide_panel()));
  EXPECT_TRUE(guard.accept("key:2", WidgetKind::kKey, release_at(1001), test::wide_panel()));
}

TEST(TapGuard, AnotherTargetInBetweenDoesNotLetABounceThrough) {
  TapGuard guard;
  const Display& display = test::wide_panel();
  EXPECT_TRUE(guard.accept("a", WidgetKind::kButton, release_at(1000), display));
  EXPECT_TRUE(guard.accept("b", WidgetKind::kButton, release_at(1100), display));
  EXPECT_FALSE(guard.accept("a", WidgetKind::kButton, release_at(1249), display));
  EXPECT_TRUE(guard.accept("a", WidgetKind::kButton, release_at(1250), display));
}

TEST(TapGuard, BouncingDoesNotExtendTheDeafTime) {
  TapGuard guard;
  const Display& display = test::wide_panel();
  EXPECT_TRUE(guard.accept("a", WidgetKind::kButton, release_at(1000), display));
  EXPECT_FALSE(guard.accept("a", WidgetKind::kButton, release_at(1200), display));
  EXPECT_TRUE(guard.accept("a", WidgetKind::kButton, release_at(1250), display));
}

TEST(TapGuard, DripOfLessThan30MillisecondsNeverSigns) {
  for (const WidgetKind kind : {WidgetKind::kConfirm, WidgetKind::kDestructive}) {
    for (std::int64_t contact_ms = 0; contact_ms <= 60; ++contact_ms) {
      TapGuard guard;
      EXPECT_EQ(guard.accept("sign", kind, release_at(1000, contact_ms), test::wide_panel()),
                contact_ms >= 30)
          << contact_ms << " ms";
    }
  }
  TapGuard guard;
  EXPECT_TRUE(guard.accept("key:1", WidgetKind::kKey, release_at(1000, 5), test::wide_panel()));
}

TEST(TapGuard, FingerThatSlidMoreThanTenMillimetresDidNotTap) {
  const Display& display = test::wide_panel();
  for (int mm = 0; mm <= 20; ++mm) {
    TapGuard guard;
    TouchFrame touch = release_at(1000);
    touch.slide_px = static_cast<float>(mm * display.dpi / 25.4);
    EXPECT_EQ(guard.accept("a", WidgetKind::kButton, touch, display), mm <= 10) << mm << " mm";
  }
}

TEST(TapGuard, HeldTargetCountsWhileTheFingerIsStillDown) {
  TapGuard guard;
  const TouchFrame held{.x = 1, .y = 1, .down = true, .press_ms = 1000};
  EXPECT_TRUE(guard.accept("abort", WidgetKind::kDestructive, held, test::wide_panel()));
}

}  // namespace
}  // namespace batchwright::ui

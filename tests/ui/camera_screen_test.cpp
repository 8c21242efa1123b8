// What taps at a camera check lead to, in both layouts. Requirements E3, E6, R8, R17.
#include <gtest/gtest.h>

#include "tests/ui/screen_panel.h"

namespace batchwright::ui {
namespace {

using test::ScreenPanel;

class CameraScreen : public ::testing::TestWithParam<bool> {
 protected:
  static const Display& display() {
    return GetParam() ? test::wide_panel() : test::compact_panel();
  }
  static AppView at(std::string_view moment) {
    return test::sample_app(test::sample_camera_step(moment));
  }
};

TEST_P(CameraScreen, AsksTheCameraOnceAndSaysNothingBefore) {
  ScreenPanel panel(display(), at("ready"));
  ASSERT_OK(panel->expect("CAM-B · sharp"));
  EXPECT_FALSE(panel->expect("Not in order").has_value());
  ASSERT_OK(panel->tap("next"));
  const auto asked = panel.given<StartCheck>();
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].step, "filter-assembly/open-in-order#1");
  EXPECT_EQ(asked[0].entry, "order");
}

TEST_P(CameraScreen, CancelsWhileItLooks) {
  ScreenPanel panel(display(), at("checking"));
  EXPECT_FALSE(panel->tap("next").has_value()) << "the way on waits for the verdict";
  ASSERT_OK(panel->tap("camera:cancel"));
  EXPECT_EQ(panel.given<CancelCheck>().size(), 1U);
  EXPECT_TRUE(panel.given<StartCheck>().empty());
}

TEST_P(CameraScreen, ACardIsShownToTheCameraAndSaidToBeInView) {
  ScreenPanel panel(display(), at("card"));
  ASSERT_OK(panel->expect("CAM-B · sharp"));
  ASSERT_OK(panel->expect("One digit of the lot"));
  ASSERT_OK(panel->tap("next"));
  ASSERT_EQ(panel.given<CardShown>().size(), 1U);
  EXPECT_EQ(panel.given<CardShown>()[0].request, 3);
  ASSERT_OK(panel->tap("camera:cancel"));
  EXPECT_EQ(panel.given<CancelCheck>().size(), 1U);
}

TEST_P(CameraScreen, AFailIsPutRightWithAReasonAndNeverDecidedByPeople) {
  ScreenPanel panel(display(), at("failed"));
  EXPECT_EQ(panel->widgets().find("camera:decide"), nullptr);
  ASSERT_OK(panel->tap("next"));
  EXPECT_FALSE(panel->tap("dialog:put_right").has_value()) << "a reason is missing";
  EXPECT_TRUE(panel.given<PutRight>().empty());
  ASSERT_OK(panel->tap("check_reason:1"));
  ASSERT_OK(panel->tap("dialog:put_right"));
  const auto mended = panel.given<PutRight>();
  ASSERT_EQ(mended.size(), 1U);
  EXPECT_EQ(mended[0].reason, "Two parts were swapped");
  EXPECT_TRUE(panel.given<StartCheck>().empty()) << "checking again is a tap of its own";
}

TEST_P(CameraScreen, NamesWhatDecidedByMarkAndWord) {
  ScreenPanel panel(display(), at("failed"));
  for (const char* words : {"✗ Outlet", "✗ Feed", "✓ Vent", "MIX2-0008", "Attempt 1 of 3"})
    ASSERT_OK(panel->expect(words));
}

TEST_P(CameraScreen, AFrameThatDecidedStaysWhileTheCameraGoesOn) {
  ScreenPanel panel(display(), at("failed"));
  ASSERT_EQ(panel.state.pictures.size(), 1U);
  EXPECT_EQ(panel.state.pictures[0]->version, 2U) << "the still, not the live picture";
}

TEST_P(CameraScreen, WithoutAVerdictTwoPeopleMayDecideEitherWay) {
  for (const bool ok : {true, false}) {
    ScreenPanel panel(display(), at("undecided"));
    ASSERT_OK(panel->tap("camera:decide"));
    ASSERT_OK(panel->tap("check_reason:0"));
    EXPECT_FALSE(panel->tap("dialog:decide").has_value()) << "nothing is preselected";
    ASSERT_OK(panel->tap(ok ? "decision:ok" : "decision:not_ok"));
    ASSERT_OK(panel->tap("dialog:decide"));
    const auto decided = panel.given<DecideCheck>();
    ASSERT_EQ(decided.size(), 1U);
    EXPECT_EQ(decided[0].ok, ok);
    EXPECT_EQ(decided[0].reason, "Both of us compared it");
  }
}

TEST_P(CameraScreen, WhatWasReadIsStoredOnlyWhenTakenOver) {
  ScreenPanel panel(display(), at("reading"));
  ASSERT_OK(panel->expect("7.52"));
  EXPECT_TRUE(panel.intents.empty());
  ASSERT_OK(panel->tap("next"));
  EXPECT_EQ(panel.given<TakeReadings>().size(), 1U);
}

TEST_P(CameraScreen, ASheetClosesWhenTheViewHasGoneOn) {
  ScreenPanel panel(display(), at("failed"));
  ASSERT_OK(panel->tap("next"));
  ASSERT_NE(panel->widgets().find("dialog:put_right"), nullptr);
  std::get<StepView>(panel.view.screen) = test::sample_camera_step("passed");
  panel.step();
  EXPECT_EQ(panel->widgets().find("dialog:put_right"), nullptr);
}

TEST_P(CameraScreen, SaysHowLargeThePictureShouldBe) {
  ScreenPanel panel(display(), at("ready"));
  const auto [width, height] = panel.state.camera_picture_px;
  EXPECT_GT(width, 400);
  EXPECT_GT(height, 300);
  std::get<StepView>(panel.view.screen).camera.reset();
  panel.step();
  EXPECT_EQ(panel.state.camera_picture_px, (std::pair{0, 0}));
}

TEST_P(CameraScreen, AnotherPictureChangesNoWidget) {
  ScreenPanel panel(display(), at("ready"));
  const std::string before = panel->widgets().describe();
  auto next = std::make_shared<Texture>(*panel.look->picture);
  next->version = 99;
  next->rgba.assign(next->rgba.size(), 0xff202020U);
  panel.look->picture = next;
  panel.step(16);
  EXPECT_FALSE(panel->last_turn().damage.empty()) << "the new picture is drawn";
  EXPECT_EQ(panel->widgets().describe(), before);
}

INSTANTIATE_TEST_SUITE_P(Layouts, CameraScreen, ::testing::Bool(),
                         [](const auto& one) { return one.param ? "Wide" : "Compact"; });

}  // namespace
}  // namespace batchwright::ui

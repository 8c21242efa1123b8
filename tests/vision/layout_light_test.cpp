// Requirements E1, E3: kits in shadows, in any light and in too much of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "tests/vision/filter_kit.h"
#include "vision/challenge/camera_model.h"

namespace batchwright::vision {
namespace {

using namespace challenge;

// A bag that bears a round panel without print.
PartStyle bag_with_panel(double grey) {
  auto bag = bag_style();
  constexpr std::size_t kLabel = 4;
  Mark panel = bag.marks[kLabel];
  bag.marks.resize(kLabel);  // and all that is printed
  panel.form = Mark::Form::kEllipse;
  panel.size = {42, 42};
  panel.bgr = cv::Scalar(grey, grey, grey);
  bag.marks.push_back(panel);
  return bag;
}

// It looks like one in a shadow: so little of a shadow's edge is made up for.
TEST(Layout, APanelOfAnotherGreyIsNeverAPass) {
  settle_engine();
  for (const auto& [taught, shown] : {std::pair(150.0, 82.0), {236.0, 150.0}, {100.0, 150.0}}) {
    auto kit = filter_kit();
    kit.styles.back() = bag_with_panel(taught);
    Dice teaching(4711);
    const auto check = teach(kit, teaching);
    ASSERT_TRUE(check);
    auto engine = CheckEngine::prepare(*check);
    ASSERT_TRUE(engine);
    kit.slots.back().style = kit.styles.size();
    kit.styles.push_back(bag_with_panel(shown));
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      Dice dice(seed);
      const auto frame = kit_scene(kit, KitCase::kGood, dice).frame;
      const auto result = engine->judge(frame, {}, SystemClock());
      ASSERT_GE(result.regions.size(), 5U);
      EXPECT_EQ(result.regions[3].verdict, Verdict::kPass) << canonical_text(result);
      EXPECT_NE(result.regions[4].verdict, Verdict::kPass) << shown << canonical_text(result);
    }
  }
}

// Something between the lamp and the bench: half of the frame is darker, with an edge over the bag.
TEST_F(FilterKit, AShadowWithItsEdgeOverABagIsNoOtherPart) {
  Dice dice(90210);
  const auto frame = kit_scene(filter_kit(), KitCase::kGood, dice).frame;
  const auto corners = region(judged(*check_, frame), "bag-1").corners;
  double left = corners[0].x, right = left;
  for (const auto& corner : corners) {
    left = std::min<double>(left, corner.x);
    right = std::max<double>(right, corner.x);
  }
  for (const double at : {0.25, 0.4, 0.6, 0.75}) {
    cv::Mat light(frame.height, frame.width, CV_32FC3, cv::Scalar::all(1));
    light.colRange(0, static_cast<int>(left + at * (right - left))).setTo(cv::Scalar::all(0.7));
    cv::GaussianBlur(light, light, {}, 6);
    auto shaded = frame;
    const cv::Mat picture(shaded.height, shaded.width, CV_8UC3, shaded.bytes.data(), shaded.stride);
    cv::multiply(picture.clone(), light, picture, 1, CV_8U);
    const auto result = judged(*check_, shaded);
    EXPECT_EQ(region(result, "bag-1").verdict, Verdict::kPass) << at << canonical_text(result);
  }
}

// More light than the sensor takes: white parts are white all over, whatever tint they are of.
TEST_F(FilterKit, WhatBurnsOutHidesNoFault) {
  auto engine = CheckEngine::prepare(*check_);
  ASSERT_TRUE(engine);
  for (const double exposure : {1.2, 1.4, 1.6})
    for (const auto kind : {KitCase::kSwapped, KitCase::kMissing, KitCase::kTurned,
                            KitCase::kNeighbour, KitCase::kWrongColour}) {
      Dice dice(90210);
      const auto scene = kit_scene_with(filter_kit(), kind, "gauge", dice);
      auto frame = scene.frame;
      const cv::Mat picture(frame.height, frame.width, CV_8UC3, frame.bytes.data(), frame.stride);
      picture.convertTo(picture, -1, exposure);
      const auto result = engine->judge(frame, {}, SystemClock());
      EXPECT_TRUE(result.quality.good) << exposure;
      EXPECT_EQ(region(result, "gauge").expected, "gauge");
      EXPECT_NE(region(result, "gauge").verdict, Verdict::kPass)
          << to_string(kind) << " x " << exposure;
    }
}

// White plastics of a filter in light in which white burns out more and more: a yellow that the
// check refuses in any light that shows it may not pass for white.
TEST(Layout, APaleTintIsNoWhiteThatBurnsOut) {
  settle_engine();
  const auto kit = filter_kit();
  Dice teaching(4711);
  const auto check = teach(kit, teaching);
  ASSERT_TRUE(check);
  auto engine = CheckEngine::prepare(*check);
  ASSERT_TRUE(engine);
  auto tinted = kit;
  const auto filter = std::ranges::find(tinted.styles, "filter", &PartStyle::id);
  ASSERT_NE(filter, tinted.styles.end());
  for (auto& mark : filter->marks)
    if (mark.solid) mark.bgr[0] *= 0.72;
  int burnt = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    for (const double brighter : {1.0, 1.2, 1.35, 1.5, 1.65}) {
      Dice dice(seed);
      auto frame = kit_scene(tinted, KitCase::kGood, dice).frame;
      const cv::Mat picture(frame.height, frame.width, CV_8UC3, frame.bytes.data(), frame.stride);
      picture.convertTo(picture, -1, brighter);
      const auto result = engine->judge(frame, {}, SystemClock());
      if (result.quality.bright_share > 0.01) ++burnt;
      EXPECT_EQ(region_of(result, "filter").expected, "filter");
      EXPECT_NE(region_of(result, "filter").verdict, Verdict::kPass)
          << seed << " x " << brighter << ' ' << canonical_text(result);
    }
  EXPECT_GE(burnt, 3) << "else nothing was proved";
}

// A lamp that shines back hides what lies under it, or that nothing does.
TEST_F(FilterKit, AShiningSpotIsNeverAPassForWhatItHides) {
  Check generous = *check_;
  generous.quality.glare_share_max = 1;
  auto engine = CheckEngine::prepare(generous);
  ASSERT_TRUE(engine);
  for (const char* slot : {"tubing", "gauge", "filter", "bag-1"}) {
    Dice dice(90210);
    const auto whole = kit_scene_with(filter_kit(), KitCase::kGood, slot, dice).frame;
    const auto corners = region(engine->judge(whole, {}, SystemClock()), slot).corners;
    const double x = (corners[0].x + corners[2].x) / 2, y = (corners[0].y + corners[2].y) / 2;
    for (const auto kind : {KitCase::kMissing, KitCase::kTurned})
      for (const double radius_px : {80, 160}) {
        Dice same(90210);
        auto frame = kit_scene_with(filter_kit(), kind, slot, same).frame;
        cv::Mat picture(frame.height, frame.width, CV_8UC3, frame.bytes.data(), frame.stride);
        shine(picture, {x, y, radius_px, radius_px, 0});
        const auto result = engine->judge(frame, {}, SystemClock());
        EXPECT_TRUE(result.quality.good) << slot << ' ' << radius_px;
        EXPECT_NE(region(result, slot).verdict, Verdict::kPass)
            << slot << ' ' << to_string(kind) << ' ' << radius_px;
      }
  }
}

TEST_F(FilterKit, ThinPrintInItsOwnInkPassesInAnyLight) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Dice dice(seed);
    const auto result = judged(*check_, kit_scene(filter_kit(), KitCase::kGood, dice).frame);
    EXPECT_EQ(result.verdict, Verdict::kPass) << canonical_text(result);
  }
}

}  // namespace
}  // namespace batchwright::vision

// Requirement E1, taught by touch: two taps are a region, and what is tapped is what is asked for.
#include <gmock/gmock.h>

#include "tests/ui/screen_panel.h"

namespace batchwright::ui {
namespace {

using test::ScreenPanel;
using ::testing::ElementsAre;

class TeachScreen : public ::testing::Test {
 protected:
  static AppView showing(std::string_view moment) {
    return test::sample_app(test::sample_teaching(moment));
  }
  static std::vector<Teach::Act> acts(const ScreenPanel& panel) {
    std::vector<Teach::Act> acts;
    for (const auto& teach : panel.given<Teach>()) acts.push_back(teach.act);
    return acts;
  }
  // At a place of the picture, in its parts.
  static void tap_picture(ScreenPanel& panel, float x, float y) {
    const auto* picture = panel->widgets().find("teach-picture");
    ASSERT_NE(picture, nullptr);
    const Rect rect = picture->rect;
    panel.step(400);
    panel->touch_at(rect.x0 + x * rect.width(), rect.y0 + y * rect.height());
    panel.step(120);
    panel->lift();
    panel.step(400);
  }
};

TEST_F(TeachScreen, TwoTapsAreTheCornersOfARegionInWhateverOrder) {
  ScreenPanel panel(test::wide_panel(), showing("regions"));
  tap_picture(panel, 0.75F, 0.8F);
  EXPECT_TRUE(panel.given<Teach>().empty());
  EXPECT_TRUE(panel.state.first_corner);
  tap_picture(panel, 0.5F, 0.25F);
  const auto given = panel.given<Teach>();
  ASSERT_EQ(given.size(), 1U);
  EXPECT_EQ(given[0].act, Teach::Act::kDraw);
  const PictureBox expected{0.5F, 0.25F, 0.75F, 0.8F};
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(given[0].box[i], expected[i], 0.005) << i;
  EXPECT_FALSE(panel.state.first_corner);
}

TEST_F(TeachScreen, NothingCanBeDrawnBeforeThereIsAPicture) {
  ScreenPanel panel(test::wide_panel(), showing("new"));
  EXPECT_EQ(panel->widgets().find("teach-picture"), nullptr);
}

TEST_F(TeachScreen, ACornerThatWasTappedIsForgottenOnTheNextStage) {
  ScreenPanel panel(test::wide_panel(), showing("regions"));
  tap_picture(panel, 0.5F, 0.5F);
  ASSERT_OK(panel->tap("next"));
  EXPECT_FALSE(panel.state.first_corner);
  EXPECT_THAT(acts(panel), ElementsAre(Teach::Act::kNext));
}

TEST_F(TeachScreen, RowsSelectAndButtonsTakeAndRemove) {
  ScreenPanel panel(test::compact_panel(), showing("references"));
  ASSERT_OK(panel->tap("teach:everything"));
  ASSERT_OK(panel->tap("teach-take"));
  ASSERT_OK(panel->tap("teach-remove"));
  ASSERT_OK(panel->tap("teach-back"));
  EXPECT_THAT(acts(panel), ElementsAre(Teach::Act::kSelect, Teach::Act::kTake, Teach::Act::kRemove,
                                       Teach::Act::kBack));
  EXPECT_EQ(panel.given<Teach>()[0].what, "everything");
}

TEST_F(TeachScreen, TheLastStageSaves) {
  ScreenPanel panel(test::wide_panel(), showing("threshold"));
  ASSERT_OK(panel->tap("next"));
  EXPECT_THAT(acts(panel), ElementsAre(Teach::Act::kSave));
  EXPECT_TRUE(panel->widgets().shows("0.745"));
  EXPECT_TRUE(panel->widgets().shows("9.5 %"));
}

TEST_F(TeachScreen, NothingIsTakenWhileTheCameraLooks) {
  auto view = showing("references");
  std::get<TeachView>(view.screen).busy = true;
  ScreenPanel panel(test::wide_panel(), view);
  EXPECT_FALSE(panel->widgets().find("teach-take")->enabled);
  EXPECT_FALSE(panel->widgets().find("next")->enabled);
}

}  // namespace
}  // namespace batchwright::ui

// Every screen in both layouts, to the last bit, and the rules of touch and of words over the same
// screens.
#include <gtest/gtest.h>

#include "tests/ui/picture_check.h"
#include "tests/ui/screen_cases.h"
#include "ui/layout_rules.h"

namespace batchwright::ui {
namespace {

using test::ScreenCase;
using test::ScreenPanel;

struct Layout {
  const char* name;
  const Display& display;
};

class EveryScreen : public ::testing::TestWithParam<std::tuple<std::size_t, bool>> {
 protected:
  const ScreenCase& screen() const { return test::screen_cases()[std::get<0>(GetParam())]; }
  bool wide() const { return std::get<1>(GetParam()); }

  static std::string breaches(const WidgetList& widgets, const Display& display) {
    std::string lines;
    for (const Finding& finding : check_layout(widgets, display)) {
      lines += finding.code + " " + finding.place + ": " + finding.message + "\n";
    }
    return lines;
  }
};

TEST_P(EveryScreen, LooksAsItWasApproved) {
  ScreenPanel panel(wide() ? test::wide_panel() : test::compact_panel(), screen().view);
  if (screen().operate) screen().operate(panel);
  panel.step(3000);
  EXPECT_TRUE(
      test::matches_snapshot(panel->picture(), screen().name + (wide() ? "-wide" : "-compact")));
}

// R1 to R5 and R20 on all reference panels of the layout.
TEST_P(EveryScreen, HasTargetsThatAGloveHits) {
  for (const test::Panel& reference : test::reference_panels()) {
    if ((reference.display.layout() == LayoutClass::kWide) != wide()) continue;
    ScreenPanel panel(reference.display, screen().view);
    if (screen().operate) screen().operate(panel);
    panel.step(3000);
    EXPECT_EQ(breaches(panel->widgets(), reference.display), "") << reference.name;
  }
}

// R26: nothing is cut off, in the languages shipped and in one with words 40 % longer.
TEST_P(EveryScreen, HasRoomForItsWords) {
  for (const std::string language : {"en", "de", "longer"}) {
    const bool longer = language == "longer";
    ScreenPanel panel(wide() ? test::wide_panel() : test::compact_panel(), screen().view,
                      longer ? "en" : language);
    if (longer) panel.words = test::lengthened_words();
    if (screen().operate) screen().operate(panel);
    panel.step(3000);
    EXPECT_EQ(panel.state.overflows, std::vector<std::string>{}) << language;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, EveryScreen,
    ::testing::Combine(::testing::Range<std::size_t>(0, test::screen_cases().size()),
                       ::testing::Bool()),
    [](const auto& one) {
      std::string name = test::screen_cases()[std::get<0>(one.param)].name;
      std::ranges::replace(name, '-', '_');
      return name + (std::get<1>(one.param) ? "_wide" : "_compact");
    });

}  // namespace
}  // namespace batchwright::ui

// Proves R15 and the colour side of R16 for the shipped theme, and that a theme file is read whole
// or not at all.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "tests/ui/panel_fixture.h"
#include "ui/theme/tokens.h"

namespace batchwright::ui {
namespace {

using test::shipped_theme;

std::string shipped_text() {
  std::ifstream file(std::string(BATCHWRIGHT_SOURCE_DIR) + "/resources/theme/default.toml");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

using Pair = std::tuple<const char*, Rgb, Rgb>;

void expect_contrast(const std::vector<Pair>& pairs, double least) {
  for (const auto& [name, a, b] : pairs) EXPECT_GE(contrast(a, b), least) << name;
}

TEST(Theme, ContrastIsThatOfTheStandard) {
  EXPECT_DOUBLE_EQ(contrast({0, 0, 0}, {255, 255, 255}), 21.0);
  EXPECT_DOUBLE_EQ(contrast({9, 9, 9}, {9, 9, 9}), 1.0);
  EXPECT_NEAR(contrast({0x76, 0x76, 0x76}, {255, 255, 255}), 4.54, 0.01);
}

TEST(Theme, EveryTextHasSevenToOneOnWhateverItStandsOn) {
  const Colours& c = shipped_theme().colours;
  expect_contrast({{"ink on ground", c.ink, c.ground},
                   {"ink on card", c.ink, c.card},
                   {"ink on well", c.ink, c.well},
                   {"ink on alarm well", c.ink, c.alarm_well},
                   {"ink on warning well", c.ink, c.warning_well},
                   {"muted on ground", c.muted, c.ground},
                   {"muted on card", c.muted, c.card},
                   {"muted on well", c.muted, c.well},
                   {"action", c.on_action, c.action},
                   {"pressed", c.on_pressed, c.pressed},
                   {"selected", c.on_selected, c.selected},
                   {"alarm", c.on_alarm, c.alarm},
                   {"alarm ink on ground", c.alarm_ink, c.ground},
                   {"alarm ink on card", c.alarm_ink, c.card},
                   {"alarm ink on alarm well", c.alarm_ink, c.alarm_well},
                   {"warning", c.on_warning, c.warning},
                   {"warning ink on ground", c.warning_ink, c.ground},
                   {"warning ink on card", c.warning_ink, c.card},
                   {"warning ink on warning well", c.warning_ink, c.warning_well},
                   {"done", c.on_done, c.done},
                   {"bar", c.on_bar, c.bar},
                   {"muted on bar", c.bar_muted, c.bar},
                   {"training", c.on_training, c.training},
                   {"words on a picture's plate", c.on_lens, c.lens},
                   {"seen ok on its rim", c.seen_ok, c.lens},
                   {"seen wrong on its rim", c.seen_wrong, c.lens},
                   {"seen unsure on its rim", c.seen_unsure, c.lens}},
                  7.0);
}

TEST(Theme, EdgesThatCarryMeaningHaveThreeToOne) {
  const Colours& c = shipped_theme().colours;
  expect_contrast({{"edge on ground", c.edge, c.ground},
                   {"edge on card", c.edge, c.card},
                   {"edge on well", c.edge, c.well},
                   {"focus on ground", c.focus, c.ground},
                   {"focus on card", c.focus, c.card},
                   {"focus on well", c.focus, c.well},
                   {"action on ground", c.action, c.ground},
                   {"alarm on ground", c.alarm, c.ground},
                   {"alarm on card", c.alarm, c.card},
                   {"warning on ground", c.warning, c.ground},
                   {"warning on card", c.warning, c.card},
                   {"done on ground", c.done, c.ground},
                   {"edge on bar", c.bar_edge, c.bar},
                   {"training on ground", c.training, c.ground},
                   {"bar on ground", c.bar, c.ground}},
                  3.0);
}

TEST(Theme, DisabledTextStaysReadable) {
  const Colours& c = shipped_theme().colours;
  expect_contrast({{"disabled", c.on_disabled, c.disabled}}, 4.5);
}

bool is_grey(Rgb c) {
  const int most = std::max({c.r, c.g, c.b}), least = std::min({c.r, c.g, c.b});
  return most - least <= 24;
}

TEST(Theme, TheWorldIsGreyAndDoneIsNotGreen) {
  const Colours& c = shipped_theme().colours;
  for (const Rgb grey :
       {c.ground, c.card, c.well, c.ink, c.muted, c.edge, c.divider, c.disabled, c.done, c.bar}) {
    EXPECT_TRUE(is_grey(grey)) << std::hex << grey.pixel();
  }
  EXPECT_FALSE(is_grey(c.alarm));
  EXPECT_FALSE(is_grey(c.warning));
  EXPECT_FALSE(is_grey(c.training));
}

TEST(Theme, SizesKeepTheTouchRules) {
  const Sizes& s = shipped_theme().sizes_mm;
  EXPECT_GE(s.target, 15);           // R1
  EXPECT_GE(s.target_frequent, 20);  // R2
  EXPECT_GE(s.key, 20);              // R2
  EXPECT_GE(s.confirm_width, 40);    // R3
  EXPECT_GE(s.confirm_height, 25);   // R3
  EXPECT_GE(s.gap, 3);               // R4
  EXPECT_GE(s.gap_groups, 6);        // R4
  EXPECT_GE(s.gap_destructive, 20);  // R4
  EXPECT_GE(s.margin, 5);            // R5
  EXPECT_DOUBLE_EQ(s.bar_height, 13);
  EXPECT_GE(4 * s.key + 3 * s.key_gap, 89);
}

TEST(Theme, TypeIsAsLargeAsTheReadingDistanceAsks) {
  const TypeSizes& t = shipped_theme().type_mm;
  EXPECT_DOUBLE_EQ(t.value, 14);
  EXPECT_DOUBLE_EQ(t.title, 8.6);
  EXPECT_DOUBLE_EQ(t.action, 6.4);
  EXPECT_DOUBLE_EQ(t.body, 5.6);
  EXPECT_GE(t.small, 4.8);
  EXPECT_GE(t.small * 0.714, 3.3);  // R13: no capital is lower
}

TEST(Theme, EveryMissingWrongOrUnknownTokenIsNamedAtOnce) {
  std::string text = shipped_text();
  text = replaced(text, "ink = \"#12181D\"", "ink = \"black\"");
  text = replaced(text, "key_gap = 3\n", "");
  text = replaced(text, "body = 5.6", "body = -1\nheadline = 9");
  const auto theme = theme_from_text(text);
  ASSERT_FALSE(theme.has_value());
  EXPECT_EQ(theme.error().code, ErrorCode::kMalformed);
  for (const char* name : {"colours.ink", "sizes_mm.key_gap", "type_mm.body", "type_mm.headline"}) {
    EXPECT_NE(theme.error().message.find(name), std::string::npos) << theme.error().message;
  }
}

TEST(Theme, WhatIsNotTomlIsRefusedWithItsLine) {
  const auto theme = theme_from_text("[colours]\nground = = 3\n");
  ASSERT_FALSE(theme.has_value());
  EXPECT_EQ(theme.error().place, "line 2");
  EXPECT_FALSE(theme_from_text(std::string(1 << 20, '#')).has_value());
  EXPECT_FALSE(theme_from_text("").has_value());
  EXPECT_FALSE(load_theme("/nonexistent/theme.toml").has_value());
}

}  // namespace
}  // namespace batchwright::ui

// Pads and keyboards without a screen, and every key of the text keyboard with one. Proves R19,
// R20.
#include <gtest/gtest.h>

#include <random>

#include "base/decimal.h"
#include "tests/ui/screen_panel.h"
#include "ui/widgets/date_time.h"
#include "ui/widgets/key_layout.h"
#include "ui/widgets/number_buffer.h"

namespace batchwright::ui {
namespace {

using test::ScreenPanel;

std::string typed(const char* keys, int places) {
  NumberBuffer buffer;
  for (const char* key = keys; *key != '\0'; ++key) {
    const PadKey pad = *key == '.'   ? PadKey::kPoint
                       : *key == '-' ? PadKey::kSign
                       : *key == '<' ? PadKey::kBackspace
                       : *key == 'c' ? PadKey::kClear
                                     : static_cast<PadKey>(*key - '0');
    static_cast<void>(buffer.press(pad, places));
  }
  return buffer.raw();
}

TEST(NumericPad, WritesWhatWasTyped) {
  EXPECT_EQ(typed("25.3", 1), "25.3");
  EXPECT_EQ(typed("25.30", 2), "25.30");
  EXPECT_EQ(typed(".5", 1), "0.5");
  EXPECT_EQ(typed("7-", 0), "-7");
  EXPECT_EQ(typed("007", 0), "7");
  EXPECT_EQ(typed("12.", 1), "12");
  EXPECT_EQ(typed("12<3", 0), "13");
  EXPECT_EQ(typed("12c", 0), "");
  EXPECT_EQ(typed("-", 1), "");
}

TEST(NumericPad, TakesNoMoreDecimalsThanTheEntryHas) {
  EXPECT_EQ(typed("25.35", 1), "25.3");
  EXPECT_EQ(typed("2.5", 0), "25");
  EXPECT_EQ(typed("1.2.3", 3), "1.23");
}

TEST(NumericPad, NeverWritesWhatIsNotANumber) {
  constexpr unsigned kSeed = 20261122;
  RecordProperty("seed", static_cast<int>(kSeed));
  std::mt19937 random(kSeed);
  for (int run = 0; run < 100'000; ++run) {
    const int places = static_cast<int>(random() % 4);
    NumberBuffer buffer;
    const auto keys = random() % 24;
    for (unsigned i = 0; i < keys; ++i)
      static_cast<void>(buffer.press(static_cast<PadKey>(random() % 14), places));
    const std::string raw = buffer.raw();
    if (raw.empty()) continue;
    const auto number = Decimal::parse(raw);
    ASSERT_TRUE(number.has_value()) << raw;
    ASSERT_LE(number->places(), places) << raw;
  }
}

TEST(DateTimePad, TakesDaysOfTheCalendarOnly) {
  EXPECT_EQ(date_time_raw("202611221405"), "2026-11-22T14:05");
  EXPECT_EQ(date_time_raw("202402290000"), "2024-02-29T00:00");
  for (const char* wrong : {"202302290000", "202613010000", "202600100000", "202611222400",
                            "202611221260", "20261122", "", "000001010000"}) {
    EXPECT_FALSE(date_time_raw(wrong).has_value()) << wrong;
  }
  EXPECT_EQ(date_time_echo("20261"), "2026-1_-__ __:__");
}

TEST(TextKeyboard, LosesAWholeCharacterPerBackspace) {
  std::string text = "aü°€";
  for (const char* left : {"aü°", "aü", "a", "", ""}) {
    erase_last_character(text);
    EXPECT_EQ(text, left);
  }
}

class TextKeyboardOnScreen : public ::testing::TestWithParam<std::tuple<bool, std::string>> {};

TEST_P(TextKeyboardOnScreen, TypesEveryCharacter) {
  const auto& [wide, language] = GetParam();
  ScreenPanel panel(wide ? test::wide_panel() : test::compact_panel(),
                    test::sample_signed_out(test::sample_password()), language);
  std::string all;
  for (char c = ' '; c <= '~'; ++c) all += c;
  if (language == "de") all += "äöüÄÖÜß";
  for (std::size_t i = 0; i < all.size(); i += 40) ASSERT_OK(panel->type(all.substr(i, 40)));
  EXPECT_EQ(panel.state.password, all);
}

TEST_P(TextKeyboardOnScreen, ShowsThePasswordOnlyWhileTheFingerHolds) {
  const auto& [wide, language] = GetParam();
  ScreenPanel panel(wide ? test::wide_panel() : test::compact_panel(),
                    test::sample_signed_out(test::sample_password()), language);
  ASSERT_OK(panel->type("abc"));
  panel.step();
  const Widget* reveal = panel->widgets().find("reveal");
  ASSERT_NE(reveal, nullptr);
  panel->touch_at(reveal->rect.centre_x(), reveal->rect.centre_y());
  panel.step();
  EXPECT_TRUE(panel.state.revealed);
  panel->lift();
  panel.step();
  EXPECT_FALSE(panel.state.revealed);
}

INSTANTIATE_TEST_SUITE_P(Layouts, TextKeyboardOnScreen,
                         ::testing::Combine(::testing::Bool(), ::testing::Values("en", "de")),
                         [](const auto& one) {
                           return std::string(std::get<0>(one.param) ? "Wide_" : "Compact_") +
                                  std::get<1>(one.param);
                         });

}  // namespace
}  // namespace batchwright::ui

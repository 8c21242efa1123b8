#include "base/text.h"

#include <gtest/gtest.h>

namespace batchwright {
namespace {

TEST(Utf8, IsAcceptedInEveryLength) {
  for (const char* const text : {"", "a", "é", "€", "😀", "\xf4\x8f\xbf\xbf", "ÄÖÜ µ ³ °C"}) {
    EXPECT_TRUE(is_valid_utf8(text)) << text;
  }
}

TEST(Utf8, RefusesOverlongCutSurrogateAndTooLargeForms) {
  for (const char* const text :
       {"\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x80\xaf", "\xe2\x82", "\xed\xa0\x80",
        "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "a\xc3z"}) {
    EXPECT_FALSE(is_valid_utf8(text));
  }
}

TEST(Characters, AreCountedNotBytes) {
  EXPECT_EQ(count_characters("°C"), 2u);
  EXPECT_EQ(count_characters("😀é"), 2u);
}

TEST(TypedText, IsTakenAsItIs) {
  EXPECT_EQ(checked_text("Füllung geprüft (2×)").value(), "Füllung geprüft (2×)");
  EXPECT_EQ(checked_text("").value(), "");
}

TEST(TypedText, WithControlCharactersIsRefusedInWords) {
  for (const char* const text : {"a\tb", "a\nb", "\x1b[31m", "\x7f", "\xc2\x85", "\x1d"}) {
    const auto checked = checked_text(text);
    ASSERT_FALSE(checked);
    EXPECT_NE(checked.error().message.find("Remove it"), std::string::npos);
  }
  EXPECT_FALSE(checked_text(std::string_view("\0", 1)));
}

TEST(TypedText, MayHaveLineFeedsWhereSeveralLinesAreAsked) {
  EXPECT_TRUE(checked_text("first\nsecond", true));
  EXPECT_FALSE(checked_text("first\tsecond", true));
  EXPECT_FALSE(checked_text("first\r\nsecond", true));
}

TEST(TypedText, ThatChangesTheReadingOrderIsRefused) {
  for (const char* const text :
       {"\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"}) {
    EXPECT_EQ(find_text_problem(text), TextProblem::kBidi) << text;
    EXPECT_FALSE(checked_text(std::string("100 ") + text + "g"));
  }
  // Right-to-left scripts themselves are fine.
  EXPECT_TRUE(checked_text("שלום"));
}

TEST(TypedText, LongerThanTwoThousandCharactersIsRefusedWithItsLength) {
  std::string text;
  for (std::size_t i = 0; i < kTextCharactersMax; ++i) text += "ä";
  EXPECT_TRUE(checked_text(text));
  const auto longer = checked_text(text + "x");
  ASSERT_FALSE(longer);
  EXPECT_NE(longer.error().message.find("2001"), std::string::npos);
}

TEST(TextProblem, AllowsTheControlsItIsToldTo) {
  EXPECT_EQ(find_text_problem("a\x1d\n", "\n\x1d"), TextProblem::kNone);
  EXPECT_EQ(find_text_problem("a\x1d\t", "\n\x1d"), TextProblem::kControl);
}

}  // namespace
}  // namespace batchwright

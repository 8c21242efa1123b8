// What is no value of its kind is told in words that say what to do; what is one is reported as the
// record keeps it, with its verdict and the limit it breaks. Requirements A5, A6.
#include <gtest/gtest.h>

#include "base/time.h"
#include "tests/workflows/mbr_builder.h"
#include "workflows/entry_value.h"

namespace batchwright::workflows::test {
namespace {

// "value verdict limit", or why not.
std::string read(const Entry& of, const std::string& raw) {
  const auto value = read_entry_value(of, raw);
  if (!value) return value.error().message;
  return value->value + " " + value->verdict + (value->limit.empty() ? "" : " " + value->limit);
}

Entry question(std::optional<bool> expected) {
  Entry made = entry("q", EntryKind::kYesNo);
  made.expected = expected;
  return made;
}

TEST(ValuesInWords, WhatIsNoneSaysWhatToDo) {  // A5
  EXPECT_EQ(read(decimal("x"), "one"),
            "This is not a number. Nothing was saved. Type digits, with . before decimals.");
  EXPECT_EQ(read(decimal("x", "", 1), std::string(34, '9')),
            "The number has more than 34 digits. Nothing was saved. Check what was typed.");
  EXPECT_EQ(read(entry("t", EntryKind::kText), ""),
            "The text is empty. Nothing was saved. Type it first.");
  Entry choice = entry("c", EntryKind::kChoice);
  choice.choices = {"steel", "plastic"};
  EXPECT_EQ(read(choice, "wood"),
            "This is not one of the choices. Nothing was saved. Choose one of the list.");
  EXPECT_EQ(read(question(true), "perhaps"), "Nothing was saved. Answer yes or no.");
  EXPECT_EQ(read(question({}), ""), "Nothing was saved. Answer yes or no.");
  EXPECT_EQ(read(entry("d", EntryKind::kDateTime), "noon"),
            "This is not a date and time. Nothing was saved. Choose date and time again.");
  EXPECT_EQ(read(acknowledge(), "yes"), "Nothing was saved. Tap Done to acknowledge.");
  EXPECT_EQ(read(entry("p", EntryKind::kPhoto), std::string(63, 'a')),
            "The picture has no valid digest. Nothing was saved. Take the picture again.");
  EXPECT_EQ(read(computed("f", "1"), "1"),
            "This value is computed from other entries. Nothing was saved. Correct those instead.");
}

TEST(ValuesInWords, WhatIsOneIsKeptWithItsVerdict) {  // A5
  EXPECT_EQ(read(decimal("x", "", 2), "1.005"), "1.00 none");
  EXPECT_EQ(read(entry("t", EntryKind::kText), "two\nlines"), "two\nlines none");
  Entry choice = entry("c", EntryKind::kChoice);
  choice.choices = {"steel", "plastic"};
  EXPECT_EQ(read(choice, "plastic"), "plastic none");
  EXPECT_EQ(read(question({}), "yes"), "yes none");
  EXPECT_EQ(read(question({}), "no"), "no none");
  EXPECT_EQ(read(question(true), "yes"), "yes ok");
  EXPECT_EQ(read(question(true), "no"), "no unexpected yes");
  EXPECT_EQ(read(question(false), "no"), "no ok");
  EXPECT_EQ(read(question(false), "yes"), "yes unexpected no");
  EXPECT_EQ(read(acknowledge(), "done"), "done none");
  EXPECT_EQ(read(entry("p", EntryKind::kPhoto), std::string(64, 'a')),
            std::string(64, 'a') + " none");
  const char* when = "2026-11-22T14:05:33.120+01:00";
  EXPECT_EQ(read(entry("d", EntryKind::kDateTime), when),
            to_text(instant_from_text(when).value()) + " none");
}

// One limit alone is enough for a verdict, on its side only.
TEST(ValuesInWords, ALimitIsNamedAsPeopleSayIt) {  // A5
  const auto with = [](std::optional<Decimal> Limits::* limit, const char* raw) {
    Entry of = decimal("x", "g");
    of.limits.*limit = dec("5.0");
    return read(of, raw);
  };
  EXPECT_EQ(with(&Limits::alert_low, "4.9"), "4.9 alert at least 5.0 g");
  EXPECT_EQ(with(&Limits::alert_low, "5"), "5.0 ok");
  EXPECT_EQ(with(&Limits::alert_high, "5.1"), "5.1 alert at most 5.0 g");
  EXPECT_EQ(with(&Limits::alert_high, "5"), "5.0 ok");
  EXPECT_EQ(with(&Limits::action_low, "4.9"), "4.9 action at least 5.0 g");
  EXPECT_EQ(with(&Limits::action_high, "5.1"), "5.1 action at most 5.0 g");
  EXPECT_EQ(with(&Limits::hard_low, "4.9"), "4.9 implausible at least 5.0 g");
  EXPECT_EQ(with(&Limits::hard_high, "5.1"), "5.1 implausible at most 5.0 g");
  EXPECT_EQ(with(&Limits::hard_high, "5"), "5.0 ok");
  EXPECT_EQ(with(&Limits::target, "9"), "9.0 none");  // a target judges nothing
  Entry pure = decimal("x");
  pure.limits.alert_low = dec("1.0");
  pure.limits.alert_high = dec("2.0");
  EXPECT_EQ(read(pure, "2.1"), "2.1 alert 1.0 to 2.0");
}

TEST(ValuesInWords, ABadOneNeedsAReactionAnAlertDoesNot) {  // B15
  EXPECT_TRUE(needs_reaction(verdict::kAction));
  EXPECT_TRUE(needs_reaction(verdict::kImplausible));
  EXPECT_TRUE(needs_reaction(verdict::kUnexpected));
  EXPECT_FALSE(needs_reaction(verdict::kAlert));
  EXPECT_FALSE(needs_reaction(verdict::kOk));
  EXPECT_FALSE(needs_reaction(verdict::kNone));
  EXPECT_FALSE(needs_reaction(""));
}

}  // namespace
}  // namespace batchwright::workflows::test

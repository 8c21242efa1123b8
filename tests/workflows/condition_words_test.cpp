// Conditions in words: what is understood, and that nothing else is.
#include "workflows/internal/condition_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workflows/internal/fold.h"

namespace batchwright::workflows {
namespace {

using Meaning = ConditionWords::Meaning;
using Names = std::vector<std::vector<std::string>>;

TEST(ConditionWords, NothingIsEmpty) {
  for (const char* text : {"", " ", "\n\t "})
    EXPECT_EQ(read_condition_words(text).meaning, Meaning::kEmpty);
}

TEST(ConditionWords, TrueIsTrueInAnyCase) {
  for (const char* text : {"TRUE", "True", "true", " true "})
    EXPECT_EQ(read_condition_words(text).meaning, Meaning::kTrue);
}

struct Case {
  const char* text;
  Names names;
};

class UnderstoodTest : public testing::TestWithParam<Case> {};

TEST_P(UnderstoodTest, GivesTheNamesThatMustBeComplete) {
  const ConditionWords words = read_condition_words(GetParam().text);
  EXPECT_EQ(words.meaning, Meaning::kCompleted) << GetParam().text;
  EXPECT_EQ(words.names, GetParam().names) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    ConditionWords, UnderstoodTest,
    testing::Values(
        Case{"Mix Complete", {{"Mix"}}}, Case{"Mix Complete = True", {{"Mix"}}},
        Case{"Mix Completed=TRUE", {{"Mix"}}}, Case{"Mix is Completed", {{"Mix"}}},
        Case{"Step Mix is Completed", {{"Step Mix", "Mix"}}},
        Case{"Slurry Utility Complete and Partial WIP Complete and Mark/Label WIP Complete = True",
             {{"Slurry Utility"}, {"Partial WIP"}, {"Mark/Label WIP"}}},
        Case{"Mark and Label WIP Complete and Mix Complete", {{"Mark and Label WIP"}, {"Mix"}}},
        Case{"Step 001:2026-04-26_HC20_V3.0_MixingOfLiquids:StirringDuration is Completed",
             {{"Step 001:2026-04-26_HC20_V3.0_MixingOfLiquids:StirringDuration",
               "001:2026-04-26_HC20_V3.0_MixingOfLiquids:StirringDuration"}}},
        Case{"Check Complete Set Complete", {{"Check Complete Set"}}},
        Case{"A Complete = True and B Complete = True", {{"A"}, {"B"}}}));

TEST(ConditionWords, EverythingElseIsNotUnderstood) {
  for (const char* text :
       {"Mix", "Complete", "is Completed and", "Mix Complete = False",
        "Mix Complete or Stir Complete or", "Mix Complete and", "Mix Complete and Stir", "FALSE",
        "pH > 7", "and and", "Mix Complete = ", "= True"}) {
    const ConditionWords words = read_condition_words(text);
    EXPECT_EQ(words.meaning, Meaning::kNotUnderstood) << text;
  }
}

TEST(Fold, CaseAndSpacesDontCount) {
  EXPECT_EQ(fold("Mark / Label  WIP"), fold("mark/label\nwip"));
  EXPECT_NE(fold("Mix A1"), fold("Mix A2"));
}

TEST(Fold, OneLineKeepsWordsApart) {
  EXPECT_EQ(one_line("  a \n\t b  "), "a b");
}

}  // namespace
}  // namespace batchwright::workflows

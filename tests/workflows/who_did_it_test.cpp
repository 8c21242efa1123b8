// Every line that a command makes says who, in which role, for whom, in which language and about
// which run and step. Requirements C7, B10.
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

TEST(WhoDidIt, EveryLineSaysWhoInWhichRoleAndLanguageAboutWhat) {
  RunDriver run(linear({step("a", {temperature()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  Context context = run.context(kInes);
  context.role = "supervisor";
  context.lang = "de";
  const auto drafts = decide(run.state, RecordEntry{"a#1", "temperature", "27"}, context);
  ASSERT_TRUE(drafts);
  ASSERT_EQ(drafts->size(), 2U);  // the value and its exception
  for (const record::Draft& draft : *drafts) {
    EXPECT_EQ(draft.subject, (record::Subject{"run", "run-1"})) << draft.type;
    EXPECT_EQ(draft.step, "a#1") << draft.type;
    EXPECT_EQ(draft.actor, "ines") << draft.type;
    EXPECT_EQ(draft.role, "supervisor") << draft.type;
    EXPECT_EQ(draft.performed_by, "ines") << draft.type;
    EXPECT_EQ(draft.lang, "de") << draft.type;
  }
}

TEST(WhoDidIt, WhatSomebodyTypesForAnotherNamesBoth) {
  RunDriver run(linear({step("a", {temperature()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  Context context = run.context(kInes);
  context.performed_by = "jan";
  const auto drafts = decide(run.state, RecordEntry{"a#1", "temperature", "25"}, context);
  ASSERT_TRUE(drafts);
  EXPECT_EQ(drafts->front().actor, "ines");
  EXPECT_EQ(drafts->front().performed_by, "jan");
}

}  // namespace
}  // namespace batchwright::workflows::test

// Results that come after the step: owner, due date, consequence; every one that ever came stays.
// Requirement B13.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::IsEmpty;

const Person kLab{"lab", {"laboratory"}};
constexpr const char* kPlace = "a#1:s1";

std::shared_ptr<const Mbr> recipe(LateResult::Consequence consequence) {
  Entry bioburden = decimal("s1", "", 0);
  bioburden.limits.action_high = dec("10");
  bioburden.late =
      LateResult{.owner = "laboratory",
                 .due_s = 3600,
                 .consequence = consequence,
                 .blocks = consequence == LateResult::Consequence::kBlocksStep ? std::string("b")
                                                                               : std::string()};
  return linear({step("a", {acknowledge(), bioburden}), step("b")});
}

RunDriver after_a(LateResult::Consequence consequence) {
  RunDriver run(recipe(consequence));
  run.start();
  run.work("a#1");
  return run;
}

TEST(LateResults, TheStepCompletesWithoutItAndTheRecordSaysWhatIsAwaited) {
  RunDriver run = after_a(LateResult::Consequence::kBlocksRecord);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kComplete);
  const PendingResult& pending = run.state.pending.at(kPlace);
  EXPECT_EQ(pending.owner, "laboratory");
  EXPECT_EQ(pending.consequence, "blocks_record");
  EXPECT_EQ(pending.due_unix_ms, run.now.unix_ms + 3'600'000);
  EXPECT_FALSE(pending.received);
}

TEST(LateResults, OnlyItsOwnerBringsItAndNobodyTypesItAtTheStep) {
  RunDriver run(recipe(LateResult::Consequence::kInforms));
  run.start();
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "s1", "3"}), "entry.late");
  EXPECT_EQ(run.rule_of_refusal(RecordResult{"a#1", "s1", "3", ""}, kLab), "result.not_awaited");
  run.must(RecordEntry{"a#1", "done", "done"});
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.rule_of_refusal(RecordResult{"a#1", "s1", "3", ""}, kMary), "result.role");
  EXPECT_EQ(run.rule_of_refusal(RecordResult{"a#1", "s1", "three", ""}, kLab), "entry.format");
  run.must(RecordResult{"a#1", "s1", "3", ""}, kLab);
  EXPECT_TRUE(run.state.pending.at(kPlace).received);
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST(LateResults, OneThatBlocksAStepBlocksExactlyThatStep) {
  RunDriver run = after_a(LateResult::Consequence::kBlocksStep);
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.result");
  run.must(RecordResult{"a#1", "s1", "3", ""}, kLab);
  run.work("b#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(LateResults, TheRecordIsNotAcceptedWhileOneThatBlocksItIsAwaited) {
  RunDriver run = after_a(LateResult::Consequence::kBlocksRecord);
  run.work("b#1");
  const auto accept = [&] { return run.review("production", "accepted", kSven); };
  EXPECT_EQ(run.rule_of_refusal(accept(), kSven), "review.result");
  run.must(RecordResult{"a#1", "s1", "3", ""}, kLab);
  run.must(accept(), kSven);
}

TEST(LateResults, ARetestStandsBesideABadOneUntilQualityInvalidatesThat) {
  RunDriver run = after_a(LateResult::Consequence::kBlocksRecord);
  run.work("b#1");
  run.must(RecordResult{"a#1", "s1", "11", ""}, kLab);
  EXPECT_EQ(run.exceptions().back().exception_class, "out_of_specification");
  EXPECT_EQ(run.rule_of_refusal(RecordResult{"a#1", "s1", "4", ""}, kLab), "result.retest");
  run.must(RecordResult{"a#1", "s1", "4", "second plate"}, kLab);
  const auto accept = [&] { return run.review("production", "accepted", kSven); };
  EXPECT_EQ(run.rule_of_refusal(accept(), kSven), "review.result");

  const std::string bad = run.step("a#1").entries.at("s1").values[0].line_hash;
  const InvalidateValue invalidate{"a#1", "s1", "plate contaminated, see OOS-7", bad};
  EXPECT_EQ(run.rule_of_refusal(invalidate, kLab), "invalidate.role");
  run.must(invalidate, kPetra);
  run.must(accept(), kSven);
  const auto& values = run.step("a#1").entries.at("s1").values;
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(values[0].value, "11");
  EXPECT_EQ(values[0].invalidated, "plate contaminated, see OOS-7");
  EXPECT_EQ(values[1].reason, "second plate");
}

TEST(LateResults, OfAStepThatIsNotThereIsRefused) {
  RunDriver run = after_a(LateResult::Consequence::kInforms);
  EXPECT_EQ(run.rule_of_refusal(RecordResult{"nowhere#1", "s1", "3", ""}, kLab), "step.unknown");
  EXPECT_EQ(run.rule_of_refusal(RecordResult{"a#9", "s1", "3", ""}, kLab), "step.not_its_turn");
}

TEST(LateResults, OneIsNeverOvertyped) {
  RunDriver run = after_a(LateResult::Consequence::kInforms);
  run.must(RecordResult{"a#1", "s1", "3", ""}, kLab);
  EXPECT_EQ(run.rule_of_refusal(CorrectEntry{"a#1", "s1", "2", "typo"}, kLab), "correct.captured");
}

}  // namespace
}  // namespace batchwright::workflows::test

// Who approves, rejects and withdraws a change to one running batch. Requirement A9.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/redline_driver.h"
#include "workflows/internal/redline.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(Redlines, OneThatIsRejectedBlocksNothingAndIsNeverApproved) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = half_approved(run, replace("b"));
  run.work("a#1");
  ASSERT_EQ(run.rule_of_refusal(BeginStep{"b#1"}), "gate.redline");
  const RejectRedline reject{id, "not needed"};
  EXPECT_EQ(run.rule_of_refusal(reject, kJan), "redline.role");
  EXPECT_EQ(run.rule_of_refusal(reject, kBoth), "redline.role");  // acts as operator
  EXPECT_EQ(run.rule_of_refusal(RejectRedline{id, ""}, kSven), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(RejectRedline{"none", "why"}, kSven), "redline.nothing");
  run.must(reject, kSven);
  EXPECT_EQ(run.rule_of_refusal(reject, kSven), "redline.nothing");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{id, "agreed"}, kPetra), "redline.nothing");
  EXPECT_TRUE(run.state.redlines.at(id).rejected);
  EXPECT_EQ(run.state.redlines.at(id).rejection, "not needed");
  run.work("b#1");
  EXPECT_EQ(run.step("b#1").redline, "");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
  expect_replayed(run);
}

TEST(Redlines, WhoProposedItWithdrawsItAndQualityRejectsIt) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string first = propose(run, replace("b"));
  run.must(RejectRedline{first, "typed wrongly"}, kMary);
  EXPECT_TRUE(run.state.redlines.at(first).rejected);
  const std::string second = propose(run, replace("b"));
  run.must(RejectRedline{second, "no"}, kPetra);
  EXPECT_TRUE(run.state.redlines.at(second).rejected);
}

TEST(Redlines, WhatIsInForceCanNotBeRejected) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = in_force(run, replace("b"));
  for (const Person& who : {kMary, kSven, kPetra}) {
    EXPECT_EQ(run.rule_of_refusal(RejectRedline{id, "regret"}, who), "redline.nothing");
  }
  EXPECT_THAT(message_of_refusal(run, RejectRedline{id, "regret"}, kSven), HasSubstr("in force"));
}

// The state text shows it: two machines that differ in it differ in their hash.
TEST(Redlines, TheStateTextSaysThatOneWasRejectedAndWhy) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  run.must(RejectRedline{id, "not needed"}, kSven);
  RunState other = run.state;
  other.redlines.at(id).rejected = false;
  EXPECT_NE(state_text(other), state_text(run.state));
  other = run.state;
  other.redlines.at(id).rejection = "else";
  EXPECT_NE(state_text(other), state_text(run.state));
}

TEST(Redlines, QualityCountsOnlyWhenThePersonActsAsQuality) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  run.must(ApproveRedline{id, "agreed"}, kBoth);
  EXPECT_FALSE(run.state.redlines.at(id).quality);
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{id, "agreed"}, kJan), "redline.quality");
  EXPECT_THAT(message_of_refusal(run, ApproveRedline{id, "agreed"}, kJan),
              HasSubstr("you act as operator"));
  EXPECT_FALSE(run.state.redlines.at(id).in_force);
  run.must(ApproveRedline{id, "agreed"}, kPetra);
  EXPECT_TRUE(run.state.redlines.at(id).in_force);
}

TEST(Redlines, QualityMayComeFirstAndASecondPersonCompletesIt) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  run.must(ApproveRedline{id, "agreed"}, kPetra);
  EXPECT_FALSE(run.state.redlines.at(id).in_force);
  run.must(ApproveRedline{id, "agreed"}, kJan);
  EXPECT_TRUE(run.state.redlines.at(id).in_force);
}

TEST(Redlines, ARoleThatThePersonDoesNotHoldCountsForNothing) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  Context context = run.context(kJan);
  context.role = "quality";
  const auto done = decide(run.state, ApproveRedline{id, "agreed"}, context);
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().rule, "redline.role");
  EXPECT_EQ(run.rule_of_refusal(ApproveRedline{id, "agreed"}, {"guest", {"visitor"}}),
            "redline.role");
}

TEST(Redlines, OfARejectionAndAnApprovalTheFirstCounts) {  // A9
  for (const bool rejected_first : {true, false}) {
    TwoPanels panels(linear({step("a"), step("b")}));
    const std::string id = half_approved(panels.north, replace("b"));
    panels.exchange();
    panels.later();
    if (rejected_first) panels.south.must(RejectRedline{id, "no"}, kSven);
    if (!rejected_first) panels.north.must(ApproveRedline{id, "agreed"}, kPetra);
    panels.later();
    if (rejected_first) panels.north.must(ApproveRedline{id, "agreed"}, kPetra);
    if (!rejected_first) panels.south.must(RejectRedline{id, "no"}, kSven);
    panels.exchange();
    EXPECT_EQ(panels.north.state.redlines.at(id).rejected, rejected_first);
    EXPECT_EQ(panels.north.state.redlines.at(id).in_force, !rejected_first);
    EXPECT_THAT(panels.north.state.conflicts, SizeIs(1));
  }
}

// Recorded by a program that is not ours: nobody who may not reject takes a change away.
TEST(Redlines, ARecordedRejectionByAnOperatorIsAConflict) {  // A9
  RunDriver run = started(linear({step("a"), step("b")}));
  const std::string id = propose(run, replace("b"));
  record::Draft draft = encode_event(RedlineRejected{id, "why"});
  draft.subject = {"run", run.state.run};
  draft.actor = "jan";
  draft.role = "operator";
  run.append({draft});
  EXPECT_FALSE(run.state.redlines.at(id).rejected);
  EXPECT_THAT(run.state.conflicts, SizeIs(1));
}

}  // namespace
}  // namespace batchwright::workflows::test

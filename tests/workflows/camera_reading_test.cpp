// A value that a camera read is in the record exactly as a passing check read it, or as typed by
// people with an exception. Requirements E3, E5, B6.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/camera_recipe.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CameraReadings : public testing::Test {
 protected:
  CameraReadings() : run(begun(reading_entries(), {}, {plan("PH", 1, false)})) {}

  RunDriver run;
};

TEST_F(CameraReadings, TheReadingOfThePassFillsTheEntry) {
  run.must(display("pass", "7.21"));
  run.must(captured("7.21"));
  EXPECT_EQ(run.value("a#1", "ph")->value, "7.21");
  EXPECT_EQ(run.value("a#1", "ph")->source, "camera:CAM-A");
  run.must(CompleteStep{"a#1"});
  EXPECT_THAT(run.exceptions(), IsEmpty());
}

TEST_F(CameraReadings, AnyOtherTextIsNotWhatTheCameraRead) {
  EXPECT_EQ(run.rule_of_refusal(captured("7.21")), "check.reading");
  run.must(display("pass", "7.21"));
  EXPECT_EQ(run.rule_of_refusal(captured("7.22")), "check.reading");
  EXPECT_EQ(run.rule_of_refusal(captured("7.210")), "check.reading");
  RecordEntry other = captured("7.21");
  other.source = "camera:CAM-B";
  EXPECT_EQ(run.rule_of_refusal(other), "check.reading");
  other.source = "instrument:PH-1";
  EXPECT_EQ(run.rule_of_refusal(other), "check.reading");
  run.must(captured("7.21"));
}

TEST_F(CameraReadings, AFailedOrUndecidedLookReadNothing) {
  run.must(display("undecided", "7.21"));
  EXPECT_EQ(run.rule_of_refusal(captured("7.21")), "check.reading");
  run.must(display("fail", "7.21"));
  EXPECT_EQ(run.rule_of_refusal(captured("7.21")), "check.reading");
}

TEST_F(CameraReadings, ATypedValueIsAnExceptionAsWithEveryDevice) {
  run.must(display("pass", "7.21"));
  run.must(RecordEntry{"a#1", "ph", "7.21"});
  EXPECT_THAT(classes_of(run), ElementsAre("manual_entry"));
}

TEST_F(CameraReadings, AfterADecisionByPeopleTypingNeedsNoFurtherException) {
  run.must(display("undecided", ""));
  run.must(kDecideOk);
  run.must(RecordEntry{"a#1", "ph", "7.21"});
  EXPECT_THAT(classes_of(run), ElementsAre("camera_check_by_people"));
}

TEST_F(CameraReadings, TypedBeforeTheDecisionItIsAnException) {
  run.must(display("undecided", ""));
  run.must(RecordEntry{"a#1", "ph", "7.21"});
  EXPECT_THAT(classes_of(run), ElementsAre("manual_entry"));
}

TEST_F(CameraReadings, MeasuredAgainByThePlanNeedsANewLook) {
  run.must(display("pass", "7.62"));
  run.must(captured("7.62"));
  EXPECT_THAT(classes_of(run), ElementsAre("action_limit"));
  EXPECT_EQ(run.rule_of_refusal(captured("7.62")), "check.reading");
  EXPECT_EQ(needs(run.state, {"a", 1}, run.now).checks.at(0).act, CheckNeed::Act::kCheck);
  run.must(display("pass", "7.30"));
  run.must(captured("7.30"));
  EXPECT_EQ(run.value("a#1", "ph")->value, "7.30");
  EXPECT_EQ(run.rule_of_refusal(display("pass", "7.20")), "check.passed");
}

TEST_F(CameraReadings, WithoutMeasurementsLeftNothingIsLookedAtAgain) {
  run.must(display("pass", "7.21"));
  run.must(captured("7.21"));
  EXPECT_EQ(run.rule_of_refusal(display("pass", "7.25")), "check.passed");
}

TEST_F(CameraReadings, WhatAnInvalidatedCheckReadFallsWithIt) {
  run.must(display("pass", "7.21"));
  run.must(captured("7.21"));
  run.must(InvalidateValue{"a#1", "look", "the wrong meter was in view", ""});
  EXPECT_EQ(run.value("a#1", "look"), nullptr);
  EXPECT_EQ(run.value("a#1", "ph"), nullptr);
  EXPECT_THAT(classes_of(run), ElementsAre("value_invalidated", "value_invalidated"));
  run.must(display("pass", "7.19"));
  run.must(captured("7.19"));
  EXPECT_EQ(run.value("a#1", "ph")->value, "7.19");
}

TEST_F(CameraReadings, AnInvalidatedReadingIsNotTakenAgainFromTheSameLook) {
  run.must(display("pass", "7.21"));
  run.must(captured("7.21"));
  run.must(InvalidateValue{"a#1", "ph", "the display had not settled", ""});
  EXPECT_EQ(run.rule_of_refusal(captured("7.21")), "check.reading");
  run.must(display("pass", "7.24"));
  run.must(captured("7.24"));
  run.must(CompleteStep{"a#1"});
}

}  // namespace
}  // namespace batchwright::workflows::test

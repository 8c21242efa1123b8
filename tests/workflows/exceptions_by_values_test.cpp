// What a recorded value opens: the class, the value and limit, and the sentence in the record.
// Requirements A5, A6, B15, D1, D2.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

RunDriver at_a(std::vector<Entry> entries, std::vector<ReactionPlan> plans = {}) {
  RunDriver run(linear({step("a", std::move(entries)), step("b")}, std::move(plans)));
  run.start();
  run.must(BeginStep{"a#1"});
  return run;
}

TEST(ExceptionsByValues, SayValueUnitAndLimitInASentence) {  // D1
  RunDriver run = at_a({temperature("R1"), decimal("x")}, {plan("R1", 2, false)});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  run.must(RecordEntry{"a#1", "temperature", "25.6"});
  EXPECT_THAT(told(run.exceptions()),
              ElementsAre("action_limit at a#1:temperature, 27.0 (24.0 to 26.0 °C) R1: Title of "
                          "temperature: 27.0 °C is outside the action limits (24.0 to 26.0 °C).",
                          "alert_limit at a#1:temperature, 25.6 (24.5 to 25.5 °C): Title of "
                          "temperature: 25.6 °C is outside the alert limits (24.5 to 25.5 °C)."));
}

TEST(ExceptionsByValues, NameOneSidedLimitsAndPureNumbers) {
  Entry low = decimal("low");
  low.limits.action_low = dec("2.0");
  Entry high = decimal("high", "g");
  high.limits.hard_high = dec("9.0");
  RunDriver run = at_a({low, high});
  run.must(RecordEntry{"a#1", "low", "1.9"});
  run.must(RecordEntry{"a#1", "high", "9.1"});
  EXPECT_THAT(told(run.exceptions()),
              ElementsAre("action_limit at a#1:low, 1.9 (at least 2.0): Title of low: 1.9 is "
                          "outside the action limits (at least 2.0).",
                          "implausible_value at a#1:high, 9.1 (at most 9.0 g): Title of high: 9.1 "
                          "g is outside what is plausible (at most 9.0 g)."));
}

TEST(ExceptionsByValues, NameTheExpectedAnswer) {
  Entry clean = entry("clean", EntryKind::kYesNo);
  clean.expected = true;
  clean.reaction_plan = "R0";
  Entry leak = entry("leak", EntryKind::kYesNo);
  leak.expected = false;
  RunDriver run = at_a({clean, leak}, {plan("R0", 0, false)});
  run.must(RecordEntry{"a#1", "clean", "no"});
  run.must(RecordEntry{"a#1", "leak", "yes"});
  EXPECT_THAT(told(run.exceptions()),
              ElementsAre("unexpected_answer at a#1:clean, no (yes) R0: Title of clean: no is not "
                          "the expected answer (yes).",
                          "unexpected_answer at a#1:leak, yes (no): Title of leak: yes is not the "
                          "expected answer (no)."));
}

// D2: the author's class for a bad value, never for one that is only at the alert limit; a critical
// parameter at its action limit has a class of its own.
TEST(ExceptionsByValues, HaveTheAuthorsClassOrThatOfTheParameter) {
  const auto class_of = [](const char* criticality, const char* exception_class,
                           const char* value) {
    Entry of = temperature();
    of.criticality = criticality;
    of.exception_class = exception_class;
    RunDriver run = at_a({of});
    run.must(RecordEntry{"a#1", "temperature", value});
    return run.exceptions().at(0).exception_class;
  };
  EXPECT_EQ(class_of("", "charge_out_of_limits", "27"), "charge_out_of_limits");
  EXPECT_EQ(class_of("", "charge_out_of_limits", "120"), "charge_out_of_limits");
  EXPECT_EQ(class_of("", "charge_out_of_limits", "25.6"), "alert_limit");
  EXPECT_EQ(class_of("CPP", "charge_out_of_limits", "27"), "charge_out_of_limits");
  EXPECT_EQ(class_of("CPP", "", "27"), "cpp_out_of_limits");
  EXPECT_EQ(class_of("CPP", "", "25.6"), "alert_limit");
  EXPECT_EQ(class_of("CPP", "", "120"), "implausible_value");
  EXPECT_EQ(class_of("IPC", "", "27"), "action_limit");
}

TEST(ExceptionsByValues, ATypedValueInsteadOfACapturedOneIsTold) {  // D2
  Entry net = decimal("net", "g");
  net.captured_by = "scale";
  RunDriver run = at_a({net, decimal("x")});
  run.must(RecordEntry{"a#1", "x", "1", "", "scale:BS-04"});
  run.must(RecordEntry{"a#1", "net", "1"});
  EXPECT_THAT(told(run.exceptions()),
              ElementsAre("manual_entry at a#1:net: Title of net was typed; the scale gave no "
                          "value."));

  RunDriver captured = at_a({net});
  captured.must(RecordEntry{"a#1", "net", "1", "", "scale:BS-04"});
  EXPECT_THAT(captured.exceptions(), IsEmpty());
}

// B15: the plan's time is over when exactly that many seconds have passed.
TEST(ExceptionsByValues, OneMeasuredAgainTooEarlyIsTold) {
  ReactionPlan wait = plan("R2", 2, false);
  wait.remeasure_after_s = 60;
  const auto after = [&](std::int64_t ms) {
    RunDriver run = at_a({temperature("R2")}, {wait});
    run.must(RecordEntry{"a#1", "temperature", "27"});
    run.now.unix_ms += ms;
    run.must(RecordEntry{"a#1", "temperature", "25"});
    auto all = told(run.exceptions());
    all.erase(all.begin());
    return all;
  };
  EXPECT_THAT(after(60'000), IsEmpty());
  EXPECT_THAT(after(59'999),
              ElementsAre("measured_early at a#1:temperature, 59 s (at least 60 s): Title of "
                          "temperature was measured again after 59 s; plan R2 asks for 60 s."));
  wait.remeasure_after_s = 1;
  EXPECT_THAT(after(999), ElementsAre("measured_early at a#1:temperature, 0 s (at least 1 s): "
                                      "Title of temperature was measured again after 0 s; plan R2 "
                                      "asks for 1 s."));
  wait.remeasure_after_s = 0;
  EXPECT_THAT(after(0), IsEmpty());
}

TEST(ExceptionsByValues, LimitsThatAreNotKnownYetAreTold) {  // A5
  Entry net = decimal("net", "g");
  net.limit_formulas = {{&Limits::action_high, expr("{a:x} * 2")}};
  RunDriver run = at_a({net, decimal("x", "g")});
  run.must(RecordEntry{"a#1", "net", "5"});
  EXPECT_THAT(told(run.exceptions()),
              ElementsAre("formula_error at a#1:net: The limits of this value can't be computed "
                          "yet."));
  EXPECT_EQ(run.value("a#1", "net")->verdict, "none");
}

}  // namespace
}  // namespace batchwright::workflows::test

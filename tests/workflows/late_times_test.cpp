// What is too late: the exception comes at the first millisecond after the limit, once, and says by
// how much. Requirements B7, B13, B14, B15; 21 CFR 211.111.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"
#include "workflows/internal/step_rules.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::IsEmpty;
using Kind = ProceduralCommand;

const Person kLab{"lab", {"laboratory"}};

struct Late {
  std::string exception_class, step, entry, value, limit, message;
  bool operator==(const Late&) const = default;
};

void PrintTo(const Late& late, std::ostream* out) {
  *out << late.exception_class << " | " << late.step << " | " << late.entry << " | " << late.value
       << " | " << late.limit << " | " << late.message;
}

// Time passes; what that opened.
std::vector<Late> after(RunDriver& run, std::int64_t ms) {
  const std::size_t before = run.exceptions().size();
  run.now.unix_ms += ms;
  run.must(Tick{});
  std::vector<Late> opened;
  for (const ExceptionState& known : run.exceptions()) {
    opened.push_back(
        {known.exception_class, known.step, known.entry, known.value, known.limit, known.message});
  }
  opened.erase(opened.begin(), opened.begin() + static_cast<std::ptrdiff_t>(before));
  return opened;
}

RunDriver begun(int maximum_s, bool runs_in_hold = true) {
  Element slow = step("a", {decimal("x")}, {performed()});
  slow.step->maximum_s = maximum_s;
  slow.step->runs_in_hold = runs_in_hold;
  RunDriver run(linear({slow, step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  return run;
}

TEST(LateTimes, AStepThatTakesTooLongIsReportedOnce) {
  RunDriver run = begun(600);
  EXPECT_THAT(after(run, 600'000), IsEmpty());
  const Late late{"time_exceeded", "a#1",           "",
                  "600 s",         "at most 600 s", "The step took longer than 600 s."};
  EXPECT_EQ(after(run, 1), std::vector{late});
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
}

TEST(LateTimes, AStepWithoutAMaximumOrNotBegunIsNeverLate) {
  RunDriver none = begun(0);
  EXPECT_THAT(after(none, 1'000'000'000), IsEmpty());
  Element slow = step("a");
  slow.step->maximum_s = 1;
  RunDriver waiting(linear({slow}));
  waiting.start();
  EXPECT_THAT(after(waiting, 1'000'000'000), IsEmpty());
}

// Its time was over when it was completed; only the signature is made again.
TEST(LateTimes, AStepThatIsOpenAgainIsNotLate) {
  RunDriver run = begun(600);
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  ASSERT_TRUE(run.step("a#1").reopened);
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
}

TEST(LateTimes, AStepThatStandsStillInAHoldIsLateByTheRestAlone) {
  RunDriver run = begun(600, false);
  run.now.unix_ms += 100'000;
  run.must(Control{"", Kind::kHold, "alarm"});
  EXPECT_THAT(after(run, 5'000'000), IsEmpty());
  run.must(Control{"", Kind::kRestart, "over"}, kInes);
  EXPECT_EQ(run.step("a#1").held_ms, 5'000'000);
  EXPECT_THAT(after(run, 500'000), IsEmpty());
  const auto late = after(run, 1);
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].value, "600 s");
}

TEST(LateTimes, AStepBegunAfterAHoldHasNotBeenHeld) {
  RunDriver run(linear({step("a")}));
  run.start();
  run.must(Control{"", Kind::kHold, "alarm"});
  run.now.unix_ms += 5000;
  run.must(Control{"", Kind::kRestart, "over"}, kInes);
  EXPECT_EQ(run.step("a#1").held_ms, 0);
}

// What one panel saw earlier by its clock takes nothing off.
TEST(LateTimes, AClockThatWentBackGivesNoNegativeTimes) {
  Element slow = step("a");
  slow.step->minimum_s = 10;
  slow.step->runs_in_hold = false;
  RunDriver run(linear({slow}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "done", "done"});
  run.must(Control{"", Kind::kHold, "alarm"});
  run.now.unix_ms -= 5000;
  run.must(Control{"", Kind::kRestart, "over"}, kInes);
  EXPECT_EQ(run.step("a#1").held_ms, 0);
  const auto refused = decide(run.state, CompleteStep{"a#1"}, run.context(kMary));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "The step needs 10 s more. Wait, then complete it.");
}

TEST(LateTimes, NoTimeHasPassedBeforeAStepBeganOrByAClockThatWentBack) {
  const StepContent content;
  StepState step;
  EXPECT_EQ(elapsed_ms(content, step, {}, Instant{5000, 0}), 0);
  step.started_time = "as recorded";
  step.started_unix_ms = 1000;
  EXPECT_EQ(elapsed_ms(content, step, {}, Instant{5000, 0}), 4000);
  EXPECT_EQ(elapsed_ms(content, step, {}, Instant{999, 0}), 0);
}

// What a hold that goes on took so far counts like the ones before it.
TEST(LateTimes, AStepThatStandsStillLosesAllItsHolds) {
  StepContent content;
  content.runs_in_hold = false;
  StepState step;
  step.started_time = "as recorded";
  step.started_unix_ms = 1000;
  step.held_ms = 500;
  HoldState hold;
  EXPECT_EQ(elapsed_ms(content, step, hold, Instant{5000, 0}), 3500);
  hold.since_unix_ms = 3000;
  EXPECT_EQ(elapsed_ms(content, step, hold, Instant{5000, 0}), 1500);
  content.runs_in_hold = true;
  EXPECT_EQ(elapsed_ms(content, step, hold, Instant{5000, 0}), 4000);
}

RunDriver with_limit(int maximum_s, const std::string& plan_id = "") {
  auto mbr = std::make_shared<Mbr>(*linear({step("a"), step("b")}, {plan("HOLD", 0, true)}));
  mbr->time_limits = {{.id = "open",
                       .title = {{"en", "Open time"}},
                       .from = "a",
                       .to = "b",
                       .minimum_s = 0,
                       .maximum_s = maximum_s,
                       .reaction_plan = plan_id}};
  RunDriver run(mbr);
  run.start();
  return run;
}

TEST(LateTimes, ATimeBetweenStepsIsReportedOncePerCompletion) {
  RunDriver run = with_limit(60);
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());  // "a" was not complete
  run.work("a#1");
  EXPECT_THAT(after(run, 60'000), IsEmpty());
  Late late{"wip_expired",
            "",
            "",
            "60 s",
            "open#1: at most 60 s",
            "Open time: more than 60 s have passed."};
  EXPECT_EQ(after(run, 1), std::vector{late});
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
  run.work("a#2");
  late.limit = "open#2: at most 60 s";
  late.value = "61 s";
  EXPECT_EQ(after(run, 61'999), std::vector{late});
}

TEST(LateTimes, AnUncertainClockCountsTheLongestTimeThatCanHavePassed) {
  RunDriver run = with_limit(60);
  run.clock_uncertainty_ms = 500;  // too little to be reported itself
  run.work("a#1");
  EXPECT_THAT(after(run, 59'500), IsEmpty());
  EXPECT_EQ(after(run, 1).size(), 1U);
}

TEST(LateTimes, ATimeBetweenStepsEndsWhenTheSecondBegins) {
  RunDriver run = with_limit(60);
  run.work("a#1");
  run.now.unix_ms += 60'000;
  run.must(BeginStep{"b#1"});
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
}

TEST(LateTimes, ATimeBetweenStepsWithoutAMaximumHasNone) {
  RunDriver run = with_limit(0);
  run.work("a#1");
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
}

TEST(LateTimes, ATimeBetweenStepsBringsItsReactionPlan) {
  RunDriver run = with_limit(60, "HOLD");
  run.work("a#1");
  after(run, 60'001);
  EXPECT_EQ(run.exceptions().back().plan, "HOLD");
  EXPECT_EQ(run.exceptions().back().severity, "minor");  // the plan's
}

TEST(LateTimes, AHoldThatTakesTooLongIsReportedOnceAndTheNextOneAgain) {
  auto mbr = std::make_shared<Mbr>(*linear({step("a")}));
  mbr->planned_hold_max_s = 100;
  RunDriver run(mbr);
  run.start();
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
  const Late late{
      "hold_time_exceeded", "", "", "100 s", "at most 100 s", "The hold took longer than 100 s."};
  for (int hold = 0; hold < 2; ++hold) {
    run.must(Control{"", Kind::kHold, "storage", true});
    EXPECT_THAT(after(run, 100'000), IsEmpty());
    EXPECT_EQ(after(run, 1), std::vector{late});
    EXPECT_THAT(after(run, 1'000'000), IsEmpty());
    run.must(Control{"", Kind::kRestart, "back"}, kInes);
    EXPECT_THAT(after(run, 1'000'000), IsEmpty());
  }
}

TEST(LateTimes, AHoldForAnAlarmHasNoMaximum) {
  auto mbr = std::make_shared<Mbr>(*linear({step("a")}));
  mbr->planned_hold_max_s = 100;
  RunDriver run(mbr);
  run.start();
  run.must(Control{"", Kind::kHold, "alarm"});
  EXPECT_THAT(after(run, 1'000'000'000), IsEmpty());
}

RunDriver awaiting() {
  Entry germs = decimal("germs", "", 0);
  germs.limits.action_high = dec("10");
  germs.late = LateResult{.owner = "laboratory", .due_s = 3600, .blocks = {}};
  RunDriver run(linear({step("a", {germs}), step("b")}));
  run.start();
  run.work("a#1", std::map<std::string, std::string>{});
  return run;
}

TEST(LateTimes, AnOverdueResultNamesWhoOwesItAndIsReportedOnce) {
  RunDriver run = awaiting();
  const std::string due = run.state.pending.at("a#1:germs").due;
  EXPECT_THAT(after(run, 3'600'000), IsEmpty());
  const Late late{"result_overdue",
                  "a#1",
                  "germs",
                  "",
                  due,
                  fmt::format("A result of laboratory was due at {}.", due)};
  EXPECT_EQ(after(run, 1), std::vector{late});
  EXPECT_TRUE(run.state.pending.at("a#1:germs").overdue_reported);
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
}

TEST(LateTimes, AResultThatCameIsNotOverdueAndOneStillOwedIsAfterTheRun) {
  RunDriver run = awaiting();
  RunDriver other = awaiting();
  run.must(RecordResult{"a#1", "germs", "3", ""}, kLab);
  EXPECT_THAT(after(run, 9'000'000), IsEmpty());
  other.work("b#1");
  ASSERT_EQ(other.state.status, RunStatus::kComplete);
  EXPECT_EQ(after(other, 3'600'001).size(), 1U);
}

TEST(LateTimes, AResultThatWasInvalidatedIsOwedAgain) {
  RunDriver run = awaiting();
  run.must(RecordResult{"a#1", "germs", "11", ""}, kLab);
  EXPECT_FALSE(run.state.pending.at("a#1:germs").overdue_reported);
  run.must(InvalidateValue{"a#1", "germs", "swapped samples", ""}, kPetra);
  const auto late = after(run, 3'600'001);
  ASSERT_EQ(late.size(), 1U);
  EXPECT_EQ(late[0].exception_class, "result_overdue");
}

TEST(LateTimes, NothingElseIsLateInARunThatIsOverOrWasNeverStarted) {
  RunDriver run = with_limit(60);
  run.clock_uncertainty_ms = 0;
  run.work("a#1");
  run.must(Control{"", Kind::kAbort, "spill"}, kInes);
  EXPECT_THAT(after(run, 1'000'000), IsEmpty());
  run.clock_uncertainty_ms = 5000;
  EXPECT_THAT(after(run, 1), IsEmpty());
  RunDriver idle(linear({step("a")}));
  idle.clock_uncertainty_ms = 5000;
  EXPECT_THAT(after(idle, 1'000'000), IsEmpty());
}

TEST(LateTimes, AClockThatIsOffByASecondIsReportedOnce) {
  RunDriver run(linear({step("a")}));
  run.start();
  run.clock_uncertainty_ms = 999;
  EXPECT_THAT(after(run, 1), IsEmpty());
  run.clock_uncertainty_ms = 1000;
  const Late late{"clock_untrusted",
                  "",
                  "",
                  "1 s",
                  "",
                  "The clock of the panel may be wrong; times count the worst case."};
  EXPECT_EQ(after(run, 1), std::vector{late});
  run.clock_uncertainty_ms = 9000;
  EXPECT_THAT(after(run, 1), IsEmpty());
}

RunDriver escalating(ReactionPlan again) {
  RunDriver run(linear({step("a", {temperature("R")})}, {std::move(again)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.3"});
  return run;
}

TEST(LateTimes, AValueThatStaysBadIsEscalatedAfterThePlansTime) {  // B15
  ReactionPlan again = plan("R", 2, false);
  again.escalate_after_s = 60;
  again.escalate_severity = "critical";
  RunDriver run = escalating(again);
  after(run, 60'000);
  EXPECT_FALSE(run.exceptions()[0].escalated);
  after(run, 1);
  EXPECT_TRUE(run.exceptions()[0].escalated);
  EXPECT_EQ(run.exceptions()[0].severity, "critical");
  after(run, 1'000'000);
  const auto lines = run.bodies("exception_escalated");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].at("severity"), "critical");
}

TEST(LateTimes, AnEscalationThatCallsNobodyLeavesWhoReleases) {
  ReactionPlan stops = plan("R", 0, true);
  stops.escalate_after_s = 60;
  stops.escalate_severity = "critical";
  RunDriver run = escalating(stops);
  after(run, 60'001);
  EXPECT_TRUE(run.exceptions()[0].escalated);
  EXPECT_EQ(run.exceptions()[0].release, "supervisor");
}

TEST(LateTimes, APlanWithoutATimeNeverEscalates) {
  RunDriver run = escalating(plan("R", 2, false));
  after(run, 1'000'000'000);
  EXPECT_FALSE(run.exceptions()[0].escalated);
}

// B3: the record of two panels says what can't both have happened; people learn of it once.
TEST(LateTimes, ConflictsOfTheRecordAreReportedTogetherAndOnlyNewOnesAgain) {
  RunDriver run(linear({step("a")}));
  run.start();
  const auto bring_conflicts = [&](int count) {
    record::StoredLine strange = run.lines.front();
    static_cast<record::Draft&>(strange.line) = encode_event(StepCompleted{});
    strange.line.subject = {"run", run.state.run};
    strange.line.step = "a#1";
    for (int i = 0; i < count; ++i) apply(run.state, strange);
  };
  EXPECT_THAT(after(run, 1), IsEmpty());
  bring_conflicts(2);
  Late late{"conflict", "",
            "",         "2",
            "",         "Panels recorded what can't both have happened. Look at both and decide."};
  EXPECT_EQ(after(run, 1), std::vector{late});
  EXPECT_THAT(after(run, 1), IsEmpty());
  bring_conflicts(1);
  late.value = "1";
  EXPECT_EQ(after(run, 1), std::vector{late});
}

}  // namespace
}  // namespace batchwright::workflows::test

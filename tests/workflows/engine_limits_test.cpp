// Limits, reaction plans and the exceptions they open. Requirements A5, B15, C11, D1, D5.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"
#include "workflows/entry_value.h"

namespace batchwright::workflows::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Boundary {
  const char* typed;
  const char* reported;
  const char* verdict;
};

// Each limit at one unit in the last place outside, on it, and one inside; and values that only
// rounding moves.
class Boundaries : public testing::TestWithParam<Boundary> {};

TEST_P(Boundaries, AreComparedInclusivelyOnTheReportedValue) {  // A5
  const auto value = read_entry_value(temperature(), GetParam().typed);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->value, GetParam().reported);
  EXPECT_EQ(value->verdict, GetParam().verdict) << GetParam().typed;
}

INSTANTIATE_TEST_SUITE_P(
    Limits, Boundaries,
    testing::Values(Boundary{"-0.1", "-0.1", "implausible"}, Boundary{"0.0", "0.0", "action"},
                    Boundary{"0.1", "0.1", "action"}, Boundary{"23.9", "23.9", "action"},
                    Boundary{"24.0", "24.0", "alert"}, Boundary{"24.1", "24.1", "alert"},
                    Boundary{"24.4", "24.4", "alert"}, Boundary{"24.5", "24.5", "ok"},
                    Boundary{"24.6", "24.6", "ok"}, Boundary{"25.4", "25.4", "ok"},
                    Boundary{"25.5", "25.5", "ok"}, Boundary{"25.6", "25.6", "alert"},
                    Boundary{"25.9", "25.9", "alert"}, Boundary{"26.0", "26.0", "alert"},
                    Boundary{"26.1", "26.1", "action"}, Boundary{"99.9", "99.9", "action"},
                    Boundary{"100.0", "100.0", "action"}, Boundary{"100.1", "100.1", "implausible"},
                    Boundary{"26.04", "26.0", "alert"}, Boundary{"26.05", "26.0", "alert"},
                    Boundary{"26.051", "26.1", "action"}, Boundary{"25", "25.0", "ok"}));

TEST(EntryValue, OnlyWhatIsNoValueOfItsKindIsRefused) {
  const auto refused = [](const Entry& of, const std::string& raw) {
    return !read_entry_value(of, raw).has_value();
  };
  for (const char* raw : {"", "abc", "1e3", "NaN", "1,5", " 1", "1 kg", "--1"}) {
    EXPECT_TRUE(refused(decimal("x"), raw)) << raw;
  }
  EXPECT_TRUE(refused(decimal("x", "", 2), std::string(34, '9')));  // 36 digits as reported
  EXPECT_FALSE(refused(decimal("x", "", 0), std::string(34, '9')));
  Entry choice = entry("c", EntryKind::kChoice);
  choice.choices = {"steel", "plastic"};
  EXPECT_FALSE(refused(choice, "steel"));
  EXPECT_TRUE(refused(choice, "Steel"));
  EXPECT_TRUE(refused(entry("y", EntryKind::kYesNo), "maybe"));
  EXPECT_FALSE(refused(entry("d", EntryKind::kDateTime), "2026-11-22T14:05:33.120+01:00"));
  EXPECT_TRUE(refused(entry("d", EntryKind::kDateTime), "yesterday"));
  EXPECT_TRUE(refused(acknowledge(), "yes"));
  EXPECT_TRUE(refused(entry("p", EntryKind::kPhoto), "picture.png"));
  EXPECT_FALSE(refused(entry("p", EntryKind::kPhoto), std::string(64, 'a')));
  EXPECT_TRUE(refused(entry("t", EntryKind::kText), ""));
  EXPECT_TRUE(refused(entry("t", EntryKind::kText), std::string(2001, 'x')));
  EXPECT_TRUE(refused(entry("t", EntryKind::kText), "turn\xE2\x80\xAEround"));
  EXPECT_TRUE(refused(computed("f", "1"), "1"));
}

TEST(EntryValue, DeclaredRoundingIsApplied) {
  Entry of = decimal("x", "", 1);
  EXPECT_EQ(read_entry_value(of, "0.25")->value, "0.2");
  of.rounding = Rounding::kHalfUp;
  EXPECT_EQ(read_entry_value(of, "0.25")->value, "0.3");
  of.rounding = Rounding::kDown;
  EXPECT_EQ(read_entry_value(of, "0.29")->value, "0.2");
}

// Each trigger opens exactly one exception of its class and severity, linked to step, entry, value
// and instance. D1.
struct Trigger {
  const char* value;
  const char* plan;
  const char* exception_class;
  const char* severity;
  const char* limit;
};

class Triggers : public testing::TestWithParam<Trigger> {};

TEST_P(Triggers, OpenExactlyOneException) {
  ReactionPlan major = plan("M", 0, false);
  major.severity = "critical";
  RunDriver run(linear({step("a", {temperature(GetParam().plan)})}, {plan("R2", 2, false), major}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", GetParam().value});
  ASSERT_EQ(run.exceptions().size(), 1U);
  const ExceptionState exception = run.exceptions().front();
  EXPECT_EQ(exception.exception_class, GetParam().exception_class);
  EXPECT_EQ(exception.severity, GetParam().severity);
  EXPECT_EQ(exception.limit, GetParam().limit);
  EXPECT_EQ(exception.step, "a#1");
  EXPECT_EQ(exception.entry, "temperature");
  EXPECT_EQ(exception.value, GetParam().value);
  EXPECT_EQ(exception.number, "MIX2-0001");
  EXPECT_EQ(exception.actor, "mary");
  EXPECT_EQ(exception.plan,
            std::string(GetParam().exception_class) == "alert_limit" ? "" : GetParam().plan);
}

INSTANTIATE_TEST_SUITE_P(
    Engine, Triggers,
    testing::Values(Trigger{"24.2", "R2", "alert_limit", "minor", "24.5 to 25.5 °C"},
                    Trigger{"25.8", "", "alert_limit", "minor", "24.5 to 25.5 °C"},
                    Trigger{"23.0", "R2", "action_limit", "minor", "24.0 to 26.0 °C"},
                    Trigger{"27.3", "M", "action_limit", "critical", "24.0 to 26.0 °C"},
                    Trigger{"27.3", "", "action_limit", "major", "24.0 to 26.0 °C"},
                    Trigger{"273.0", "", "implausible_value", "major", "0.0 to 100.0 °C"},
                    Trigger{"-1.0", "R2", "implausible_value", "minor", "0.0 to 100.0 °C"}));

TEST(EngineLimits, AnUnexpectedAnswerOpensOneExceptionAndAnExpectedOneNone) {  // D1
  Entry clean = entry("clean", EntryKind::kYesNo);
  clean.expected = true;
  const auto mbr = linear({step("a", {clean})});
  for (const std::string answer : {"yes", "no"}) {
    RunDriver run(mbr);
    run.start();
    run.must(BeginStep{"a#1"});
    run.must(RecordEntry{"a#1", "clean", answer});
    EXPECT_EQ(run.exceptions().size(), answer == "no" ? 1U : 0U);
    EXPECT_EQ(run.value("a#1", "clean")->verdict, answer == "no" ? "unexpected" : "ok");
  }
}

TEST(EngineLimits, RawAndReportedValueAreBothStored) {  // A5
  RunDriver run(linear({step("a", {temperature()})}));
  run.start();
  run.work("a#1", {{"temperature", "25.449"}});
  const auto body = run.bodies("entry_recorded").at(0);
  EXPECT_EQ(body["raw"], "25.449");
  EXPECT_EQ(body["value"], "25.4");
  EXPECT_EQ(body["unit"], "°C");
  EXPECT_EQ(body["verdict"], "ok");
}

TEST(EngineLimits, TheFirstBadValueStaysWithItsExceptionWhenAGoodOneFollows) {  // C11
  RunDriver run(linear({step("a", {temperature("R2")})}, {plan("R2", 2, false)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.3"});
  run.must(RecordEntry{"a#1", "temperature", "25.3"});
  const auto& values = run.step("a#1").entries.at("temperature").values;
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(values[0].value, "27.3");
  EXPECT_TRUE(values[0].superseded);
  EXPECT_FALSE(values[1].superseded);
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].value, "27.3");
  const auto bodies = run.bodies("entry_recorded");
  EXPECT_EQ(bodies[0]["attempt"], "1");
  EXPECT_EQ(bodies[1]["attempt"], "2");
  run.must(CompleteStep{"a#1"});
}

TEST(EngineLimits, WithoutAPlanASecondValueIsACorrectionAndNeverARemeasurement) {
  RunDriver run(linear({step("a", {temperature()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27.3"});
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "temperature", "25.0"}), "entry.recorded");
}

TEST(EngineLimits, AGoodValueCantBeMeasuredAgainEvenWithAPlan) {
  RunDriver run(linear({step("a", {temperature("R2")})}, {plan("R2", 2, false)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "25.8"});  // alert only
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "temperature", "25.0"}), "entry.recorded");
}

TEST(EngineLimits,
     WhenRemeasurementsAreUsedUpTheStepIsHeldUntilTheCalledPersonReleasesIt) {  // B15, D5
  RunDriver run(linear({step("a", {temperature("R2")})}, {plan("R2", 2, false)}));
  run.start();
  run.must(BeginStep{"a#1"});
  for (const char* value : {"27.3", "27.1", "26.9"}) {
    EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
    run.must(RecordEntry{"a#1", "temperature", value}, kInes);
  }
  EXPECT_EQ(run.exceptions().size(), 3U);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  EXPECT_THAT(run.open(), ElementsAre("a#1"));
  EXPECT_TRUE(needs(run.state, {"a", 1}, run.now).held);
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "temperature", "25.0"}), "step.held");
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.held");

  const std::string held_by = run.step("a#1").held_by;
  EXPECT_EQ(held_by, run.exceptions().back().id);
  const auto release = [&](const Person& who, const char* role, const std::string& reason) {
    return run.release("a#1", held_by, reason, who, role);
  };
  EXPECT_EQ(run.rule_of_refusal(release(kJan, "operator", "mended"), kJan), "release.role");
  // She recorded the value.
  EXPECT_EQ(run.rule_of_refusal(release(kInes, "supervisor", "mended"), kInes),
            "release.same_person");
  EXPECT_EQ(run.rule_of_refusal(release(kSven, "supervisor", ""), kSven), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(
                run.release("a#1", run.exceptions()[0].id, "x", kSven, "supervisor"), kSven),
            "release.nothing");
  ReleaseStep unsigned_release = release(kSven, "supervisor", "mended");
  unsigned_release.signature_hex = std::string(128, '0');
  EXPECT_EQ(run.rule_of_refusal(unsigned_release, kSven), "sign.signature");
  EXPECT_EQ(run.rule_of_refusal(release(kSven, "operator", "mended"), kSven), "sign.role");
  run.must(release(kSven, "supervisor", "mended"), kSven);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_TRUE(run.exceptions().back().released);
  EXPECT_EQ(run.rule_of_refusal(RecordEntry{"a#1", "temperature", "25.0"}), "entry.remeasured");
  run.must(CompleteStep{"a#1"});
}

TEST(EngineLimits, APlanThatHoldsHoldsAtTheFirstBadValue) {  // B15
  RunDriver run(linear({step("a", {temperature("R5")})}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "30"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  run.must(run.release("a#1", run.step("a#1").held_by, "agreed", kInes, "supervisor"), kInes);
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(EngineLimits, PassingTheMaximumTimeOpensOneExceptionWithoutAnybodyActing) {  // D1, B7
  Element slow = step("a");
  slow.step->maximum_s = 60;
  slow.step->minimum_s = 30;
  RunDriver run(linear({slow}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "done", "done"});
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.minimum_time");
  EXPECT_EQ(needs(run.state, {"a", 1}, run.now).minimum_left_ms, 30'000);
  run.now.unix_ms += 60'000;
  EXPECT_EQ(run.execute(Tick{}, {"", {}}).value(), 0U);
  run.now.unix_ms += 1;
  run.must(Tick{}, {"", {}});
  run.must(Tick{}, {"", {}});
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "time_exceeded");
  EXPECT_EQ(run.exceptions()[0].severity, "minor");
  EXPECT_EQ(run.exceptions()[0].step, "a#1");
  run.must(CompleteStep{"a#1"});
}

TEST(EngineLimits, ExceptionsAreNumberedAfterThoseTheDeviceOpenedBefore) {
  RunDriver run(linear({step("a", {temperature()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  Context context = run.context(kMary);
  context.exceptions_before = 12'344;
  const auto drafts = decide(run.state, RecordEntry{"a#1", "temperature", "27"}, context);
  ASSERT_TRUE(drafts);
  EXPECT_EQ(drafts->back().body["number"], "MIX2-12345");
  EXPECT_EQ(drafts->back().body["id"].get<std::string>().size(), 36U);
}

TEST(EngineLimits, AReportedDeviationAndACommentAreKept) {  // D4
  RunDriver run(linear({step("a")}));
  run.start();
  run.must(ReportDeviation{"a#1", "A drop fell beside the vessel."}, kJan);
  const ExceptionState exception = run.exceptions().at(0);
  EXPECT_EQ(exception.exception_class, "manual_deviation");
  EXPECT_EQ(exception.message, "A drop fell beside the vessel.");
  run.must(CommentException{exception.id, "Wiped."});
  EXPECT_THAT(run.exceptions()[0].comments, ElementsAre("Wiped."));
  EXPECT_EQ(run.rule_of_refusal(CommentException{"no-such", "x"}), "exception.unknown");
  EXPECT_EQ(run.rule_of_refusal(ReportDeviation{"", "  "}), "reason.missing");
  EXPECT_EQ(run.rule_of_refusal(ReportDeviation{"zz#1", "x"}), "step.unknown");
  EXPECT_EQ(run.rule_of_refusal(ReportDeviation{"", std::string(2001, 'x')}), "text.invalid");
}

}  // namespace
}  // namespace batchwright::workflows::test

// Which refusals stay in the record: what somebody was not allowed to do, named with command, rule
// and place; never what was only mistyped. Requirements B1, B6.
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using Kind = ProceduralCommand;

// The refusal's line, "command rule place", or what there is instead.
std::string recorded(const RunDriver& run, const Command& command, const Person& who = kMary) {
  const auto refused = decide(run.state, command, run.context(who));
  if (refused) return "not refused";
  for (const record::Draft& draft : refused.error().to_record) {
    if (draft.type != "command_refused") continue;
    EXPECT_EQ(draft.actor, who.id);
    EXPECT_EQ(draft.body.at("message"), refused.error().message);
    return draft.body.at("command").get<std::string>() + " " +
           draft.body.at("rule").get<std::string>() + " " +
           draft.body.at("place").get<std::string>();
  }
  return "not recorded";
}

Element held_by_plan() {
  return step("a", {temperature("R5"), decimal("x")}, {performed(), verified()});
}

TEST(RecordedRefusals, NameCommandRuleAndPlace) {  // B1
  Element slow = step("slow");
  slow.step->minimum_s = 60;
  Element guarded = step("guarded");
  guarded.step->gates = {{.id = "door",
                          .kind = Gate::Kind::kRole,
                          .subject = "nobody",
                          .condition = {},
                          .remedy = {{"en", "Open it."}}}};
  Element procedure = group("test", Level::kProcedure);
  ChartBuilder chart(procedure);
  const Piece a = chart.element(held_by_plan()), b = chart.element(slow);
  chart.finish(chart.parallel({a, b, chart.element(guarded)}));
  RunDriver run(finished(procedure, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "25"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.must(BeginStep{"slow#1"});
  run.must(RecordEntry{"slow#1", "done", "done"});
  const auto sign = [&](const char* meaning, const Person& who) {
    return run.sign_command(run.statement("a#1", meaning, who));
  };
  EXPECT_EQ(recorded(run, sign("verified", kMary)), "sign_step sign.order a#1");
  EXPECT_EQ(recorded(run, sign("performed", kSven), kSven), "sign_step sign.role a#1");
  EXPECT_EQ(recorded(run, sign("performed", kMary), kJan), "sign_step sign.signer a#1");
  EXPECT_EQ(recorded(run, CompleteStep{"slow#1"}), "complete_step step.minimum_time slow#1");
  EXPECT_EQ(recorded(run, BeginStep{"guarded#1"}), "begin_step gate.door guarded#1");
  EXPECT_EQ(recorded(run, BeginStep{"a#2"}), "begin_step step.not_its_turn a#2");
  EXPECT_EQ(recorded(run, OverrideGate{"guarded#1", "window", "why"}, kSven),
            "override_gate override.nothing guarded#1");
  EXPECT_EQ(recorded(run, ForceStep{"a#1", "why"}), "force_step override.role ");
  EXPECT_EQ(recorded(run, ReleaseStep{"a#1", "none", "why", "", "", ""}, kSven),
            "release_step release.nothing a#1");
  EXPECT_EQ(recorded(run, RepeatStep{"a#1", "why"}), "repeat_step repeat.role ");
  EXPECT_EQ(recorded(run, run.review("production", "accepted", kSven), kSven),
            "review_run run.state ");
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(recorded(run, sign("verified", kMary)), "sign_step sign.same_person a#1");
  run.must(CorrectEntry{"a#1", "temperature", "27", "misread"});
  EXPECT_EQ(recorded(run, RecordEntry{"a#1", "x", "2"}), "record_entry step.held a#1");
  run.must(Control{"", Kind::kHold, "alarm"});
  EXPECT_EQ(recorded(run, BeginStep{"guarded#1"}), "begin_step run.state ");
  EXPECT_EQ(recorded(run, Control{"", Kind::kRestart, "over"}), "control restart.role ");
}

TEST(RecordedRefusals, AreNoneForWhatWasMistypedForgottenOrUnknown) {  // B1
  RunDriver run(linear({step("a", {decimal("x"), decimal("y")}, {performed()}), step("b")}));
  EXPECT_EQ(recorded(run, BeginStep{"a#1"}), "not recorded");  // the run was not started
  run.start();
  run.must(BeginStep{"a#1"});
  const char* const kNot = "not recorded";
  EXPECT_EQ(recorded(run, RecordEntry{"a#1", "x", "one"}), kNot);
  EXPECT_EQ(recorded(run, RecordEntry{"a#1", "z", "1"}), kNot);
  EXPECT_EQ(recorded(run, CompleteStep{"a#1"}), kNot);  // something is missing
  EXPECT_EQ(recorded(run, BeginStep{"c#1"}), kNot);
  EXPECT_EQ(recorded(run, BeginStep{"a#1"}), kNot);
  EXPECT_EQ(recorded(run, ReportDeviation{"a#1", ""}), kNot);
  EXPECT_EQ(recorded(run, SignStep{"a#1", "performed", "not json", "", ""}), kNot);
  EXPECT_EQ(recorded(run, BeginStep{"b#1"}, {"", {}}), kNot);  // nobody is signed in
}

// B6: one person, one rule, one place: once a minute, whatever else is refused meanwhile.
TEST(RecordedRefusals, AreOneAMinuteForTheSamePersonRuleAndPlace) {
  RunDriver run(linear({step("a"), step("b"), step("c")}));
  run.start();
  const auto tap = [&](const char* step, const Person& who) {
    const auto refused = decide(run.state, BeginStep{step}, run.context(who));
    if (refused) return std::size_t{99};
    run.append(refused.error().to_record);
    return refused.error().to_record.size();
  };
  EXPECT_EQ(tap("b#1", kMary), 1U);
  EXPECT_EQ(tap("c#1", kMary), 1U);  // another place
  EXPECT_EQ(tap("b#1", kJan), 1U);   // another person
  run.now.unix_ms += 59'999;
  EXPECT_EQ(tap("b#1", kMary), 0U);
  run.now.unix_ms += 1;
  EXPECT_EQ(tap("b#1", kMary), 1U);
}

TEST(RecordedRefusals, AreFiftyAMinute) {  // B6
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  const auto tap = [&](int number) {
    const Person who{"person " + std::to_string(number), {}};
    const auto refused = decide(run.state, BeginStep{"b#1"}, run.context(who));
    run.append(refused.error().to_record);
    return refused.error().to_record.size();
  };
  for (int i = 1; i <= 50; ++i) EXPECT_EQ(tap(i), 1U) << i;
  EXPECT_EQ(tap(51), 0U);
  run.now.unix_ms += 59'999;
  EXPECT_EQ(tap(52), 0U);
  run.now.unix_ms += 1;
  EXPECT_EQ(tap(53), 1U);
}

}  // namespace
}  // namespace batchwright::workflows::test

// What is no value, or not the time for one: every refusal names its rule, the place of the entry
// and what to do instead. Requirements A5, B8, B13, B15.
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

constexpr const char* kSigned =
    "step.signed @ a#1: The step was signed or completed. Nothing was saved. To change a value, "
    "correct it with a reason.";

Entry optional(Entry of) {
  of.required = false;
  return of;
}

RunDriver at_a(std::vector<Entry> entries, std::vector<SignatureRule> signatures = {},
               std::vector<ReactionPlan> plans = {}) {
  RunDriver run(
      linear({step("a", std::move(entries), std::move(signatures)), step("b")}, std::move(plans)));
  run.start();
  run.must(BeginStep{"a#1"});
  return run;
}

TEST(RefusedValues, AreNoValuesOfTheirEntry) {  // A5
  Entry late = optional(decimal("count"));
  late.late = LateResult{.owner = "laboratory", .blocks = {}};
  RunDriver run = at_a({decimal("mass", "g"), computed("twice", "{a:mass} * 2"), late});
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "weight", "1"}),
            "entry.unknown @ a#1:weight: The step has no such entry. Nothing was saved.");
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "mass", "one"}),
            "entry.format @ a#1:mass: This is not a number. Nothing was saved. Type digits, with . "
            "before decimals.");
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "mass", "one", "kg"}),
            "entry.format @ a#1:mass: This is not a number. Nothing was saved.");
  EXPECT_TRUE(
      refusal(run, RecordEntry{"a#1", "mass", "1", "mL"}).starts_with("entry.unit @ a#1:mass: "));
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "twice", "2"}),
            "entry.computed @ a#1:twice: This value is computed from other entries. Nothing was "
            "saved. Correct those instead.");
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "count", "2"}),
            "entry.late @ a#1:count: This result comes later, from the person who owns it.");
}

TEST(RefusedValues, ComeASecondTimeWithoutAPlan) {  // B8
  RunDriver run = at_a({temperature()});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "temperature", "25"}),
            "entry.recorded @ a#1:temperature: The value 27.0 is already saved. To change it, "
            "correct it with a reason.");
}

TEST(RefusedValues, ComeMoreOftenThanThePlanAllows) {  // B15
  RunDriver run = at_a({temperature("R1")}, {}, {plan("R1", 1, false)});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  run.must(RecordEntry{"a#1", "temperature", "28"});
  EXPECT_TRUE(refusal(run, RecordEntry{"a#1", "temperature", "25"})
                  .starts_with("step.held @ a#1: "));  // the plan is used up and holds the step
  const std::string held_by = run.step("a#1").held_by;
  run.must(run.release("a#1", held_by, "looked at", kSven, "supervisor"), kSven);
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "temperature", "25"}),
            "entry.remeasured @ a#1:temperature: It was measured again 1 times, as often as plan "
            "R1 allows. Nothing was saved. A wrongly typed value is corrected with a reason.");
}

TEST(RefusedValues, ComeASecondTimeUnderAPlanWithoutMeasuringAgain) {  // B15
  RunDriver run = at_a({temperature("R0")}, {}, {plan("R0", 0, false)});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "temperature", "25"}),
            "entry.recorded @ a#1:temperature: The value 27.0 is already saved. To change it, "
            "correct it with a reason.");
}

TEST(RefusedValues, ComeAfterTheSignature) {  // C3
  Entry note = optional(entry("note", EntryKind::kText));
  note.may_be_not_applicable = true;
  RunDriver run = at_a({decimal("x"), note}, {performed()});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  EXPECT_EQ(refusal(run, RecordEntry{"a#1", "note", "late"}), kSigned);
  EXPECT_EQ(refusal(run, MarkNotApplicable{"a#1", "note", "none"}), kSigned);
}

TEST(RefusedCorrections, SayWhatToDoInstead) {  // B8
  RunDriver run = at_a({decimal("x"), decimal("net", "g")});
  EXPECT_EQ(refusal(run, CorrectEntry{"a#1", "y", "2", "why"}),
            "entry.unknown @ a#1:y: The step has no such entry. Nothing was saved.");
  EXPECT_EQ(refusal(run, CorrectEntry{"a#1", "x", "2", "why"}),
            "correct.nothing @ a#1:x: There is no value to correct yet. Enter it first.");
  run.must(RecordEntry{"a#1", "x", "1"});
  EXPECT_EQ(refusal(run, CorrectEntry{"a#1", "x", "1", "why"}),
            "correct.same @ a#1:x: The new value is the old one. Nothing was changed.");
  EXPECT_EQ(refusal(run, CorrectEntry{"a#1", "x", "2", " "}),
            "reason.missing @ a#1:x: A reason is missing. Say in a few words why.");
  run.must(RecordEntry{"a#1", "net", "611.4", "g", "scale:BS-04"});
  EXPECT_EQ(refusal(run, CorrectEntry{"a#1", "net", "611.5", "typo"}),
            "correct.captured @ a#1:net: A captured value or a laboratory's result is never "
            "overtyped. Invalidate it with a reason, then measure again.");
}

TEST(RefusedInvalidations, AreOfWhatIsNotInForceOrWasTyped) {  // B8
  RunDriver run = at_a({decimal("x"), decimal("net", "g"), decimal("tare", "g")});
  constexpr const char* kNothing = "There is no such value in force. Nothing was changed.";
  const auto invalidate = [&](const char* entry, const std::string& line, const char* reason) {
    return refusal(run, InvalidateValue{"a#1", entry, reason, line});
  };
  EXPECT_EQ(invalidate("y", "", "why"), fmt::format("invalidate.nothing @ a#1:y: {}", kNothing));
  EXPECT_EQ(invalidate("net", "", "why"),
            fmt::format("invalidate.nothing @ a#1:net: {}", kNothing));
  EXPECT_EQ(invalidate("net", std::string(64, 'a'), "why"),
            fmt::format("invalidate.nothing @ a#1:net: {}", kNothing));
  run.must(RecordEntry{"a#1", "x", "1"});
  EXPECT_EQ(invalidate("x", "", "why"),
            "invalidate.typed @ a#1:x: Only captured values and results are invalidated. Correct "
            "what was typed, with a reason.");
  run.must(RecordEntry{"a#1", "net", "611.4", "g", "scale:BS-04"});
  EXPECT_EQ(invalidate("net", "", ""),
            "reason.missing @ a#1:net: A reason is missing. Say in a few words why.");
  EXPECT_EQ(invalidate("net", std::string(64, 'a'), "why"),
            fmt::format("invalidate.nothing @ a#1:net: {}", kNothing));
  const std::string line = run.value("a#1", "net")->line_hash;
  EXPECT_EQ(invalidate("net", line, "not level"), "");  // no late result: any person may
  EXPECT_EQ(invalidate("net", line, "twice"),
            fmt::format("invalidate.nothing @ a#1:net: {}", kNothing));
  EXPECT_EQ(invalidate("net", "", "twice"),
            fmt::format("invalidate.nothing @ a#1:net: {}", kNothing));
}

TEST(RefusedNotApplicable, IsWhereTheProcedureWantsAValueOrHasOne) {
  Entry may = optional(decimal("x"));
  may.may_be_not_applicable = true;
  RunDriver run = at_a({may, decimal("y")});
  constexpr const char* kNotHere =
      "The procedure doesn't allow N/A here. Nothing was saved. Enter the value, or report a "
      "deviation.";
  EXPECT_EQ(refusal(run, MarkNotApplicable{"a#1", "y", "why"}),
            fmt::format("entry.applies @ a#1:y: {}", kNotHere));
  EXPECT_EQ(refusal(run, MarkNotApplicable{"a#1", "z", "why"}),
            fmt::format("entry.applies @ a#1:z: {}", kNotHere));
  EXPECT_EQ(refusal(run, MarkNotApplicable{"a#1", "x", ""}),
            "reason.missing @ a#1:x: A reason is missing. Say in a few words why.");
  EXPECT_EQ(refusal(run, MarkNotApplicable{"b#1", "done", "why"}),
            "step.not_its_turn @ b#1: It is not the turn of this step: an earlier step is not "
            "complete. Finish the open steps first.");
  run.must(RecordEntry{"a#1", "x", "1"});
  EXPECT_EQ(refusal(run, MarkNotApplicable{"a#1", "x", "why"}),
            "entry.recorded @ a#1:x: There is a value already. Correct it with a reason.");
}

TEST(RefusedResults, AreNotAwaitedNotOursOrWithoutAReason) {  // B13
  const Person lab{"lab", {"laboratory"}};
  Entry late = decimal("count", "", 0);
  late.late = LateResult{.owner = "laboratory", .due_s = 60, .blocks = {}};
  RunDriver run = at_a({decimal("x"), late});
  const auto bring = [&](const char* entry, const char* raw, const char* why, const Person& who) {
    return refusal(run, RecordResult{"a#1", entry, raw, why}, who);
  };
  constexpr const char* kNotAwaited = "No such result is awaited. Nothing was saved.";
  EXPECT_EQ(bring("count", "3", "", lab),
            fmt::format("result.not_awaited @ a#1:count: {}", kNotAwaited));
  run.must(RecordEntry{"a#1", "x", "1"});
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(bring("x", "3", "", lab), fmt::format("result.not_awaited @ a#1:x: {}", kNotAwaited));
  EXPECT_EQ(bring("y", "3", "", lab), fmt::format("result.not_awaited @ a#1:y: {}", kNotAwaited));
  EXPECT_EQ(bring("count", "3", "", kMary),
            "result.role @ : Only laboratory may bring this result. Nothing was saved. Call such a "
            "person.");
  EXPECT_EQ(bring("count", "three", "", lab),
            "entry.format @ a#1:count: This is not a number. Nothing was saved. Type digits, with "
            ". before decimals.");
  run.must(RecordResult{"a#1", "count", "3", ""}, lab);
  EXPECT_EQ(bring("count", "4", "", lab),
            "result.retest @ a#1:count: There is a result already. A retest needs a reason.");
  run.must(RecordResult{"a#1", "count", "4", "second plate"}, lab);
  const auto recorded = run.bodies("entry_recorded");
  EXPECT_EQ(recorded[1].dump(),
            R"({"entry":"count","kind":"decimal","raw":"3","value":"3","unit":"","verdict":"none",)"
            R"("attempt":"1","source":"result","reason":""})");
  EXPECT_EQ(recorded[2].dump(),
            R"({"entry":"count","kind":"decimal","raw":"4","value":"4","unit":"","verdict":"none",)"
            R"("attempt":"2","source":"result","reason":"second plate"})");
}

}  // namespace
}  // namespace batchwright::workflows::test

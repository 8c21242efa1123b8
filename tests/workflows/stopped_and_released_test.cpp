// What commands to the batch and its operations leave in the record, and how what an exception
// stopped goes on. Requirements B14, B15, D4, D5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"
#include "workflows/releasing.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ProceduralCommand;

// Operation o with a and b, then z.
RunDriver with_operation(std::vector<ReactionPlan> plans = {}) {
  Element operation = group("o", Level::kOperation);
  run_in_sequence(operation, {step("a", {temperature("R7")}), step("b")});
  Element procedure = group("p", Level::kProcedure);
  run_in_sequence(procedure, {operation, step("z")});
  RunDriver run(finished(procedure, std::move(plans)));
  run.start();
  return run;
}

TEST(Control, LeavesAnExceptionForTheReviewerForEachHoldAndStop) {  // D4
  const auto after = [](const Control& command) {
    RunDriver run = with_operation();
    run.must(BeginStep{"o/a#1"});
    run.must(command, kInes);
    return told(run.exceptions());
  };
  EXPECT_THAT(after({"", Kind::kHold, "spill"}), ElementsAre("run_held: The run was put on hold."));
  EXPECT_THAT(after({"", Kind::kHold, "lunch", true}), IsEmpty());
  EXPECT_THAT(after({"", Kind::kPause, "lunch"}), IsEmpty());
  EXPECT_THAT(after({"", Kind::kStop, "spill"}), ElementsAre("run_aborted: The run was stopped."));
  EXPECT_THAT(after({"", Kind::kAbort, "spill"}), ElementsAre("run_aborted: The run was aborted."));
  EXPECT_THAT(after({"o", Kind::kHold, "spill"}),
              ElementsAre("element_held, o: The operation was put on hold."));
  EXPECT_THAT(after({"o", Kind::kStop, "spill"}),
              ElementsAre("element_stopped, o: The operation was stopped."));
  EXPECT_THAT(after({"o", Kind::kAbort, "spill"}),
              ElementsAre("element_stopped, o: The operation was aborted."));
}

TEST(Control, DeclaresAHoldOfTheBatchPlannedWithItsMaximumOrNot) {  // B14
  const auto declared = [](const Control& command) {
    auto mbr = std::make_shared<Mbr>(*linear({step("a"), step("b")}));
    mbr->planned_hold_max_s = 60;
    RunDriver run(mbr);
    run.start();
    run.must(command, kInes);
    std::vector<std::string> bodies;
    for (const Json& body : run.bodies("hold_declared")) bodies.push_back(body.dump());
    return bodies;
  };
  EXPECT_THAT(declared({"", Kind::kHold, "lunch", true}),
              ElementsAre(R"({"kind":"planned","maximum_s":"60","exception":""})"));
  EXPECT_THAT(declared({"", Kind::kHold, "spill", false}),
              ElementsAre(R"({"kind":"exception","maximum_s":"0","exception":""})"));
  EXPECT_THAT(declared({"", Kind::kPause, "lunch"}), IsEmpty());
}

// B15: the plan stops the operation around the step; whoever the plan calls lets it go on by
// signing, and nobody restarts it.
TEST(Release, LetsAnOperationGoOnThatItsPlanStopped) {  // D5
  ReactionPlan stops = plan("R7", 0, true);
  stops.hold_level = HoldLevel::kOperation;
  RunDriver run = with_operation({stops});
  run.must(BeginStep{"o/a#1"});
  run.must(RecordEntry{"o/a#1", "temperature", "27"});
  const std::string id = run.exceptions().back().id;
  EXPECT_EQ(run.state.elements.at("o"), "held");
  EXPECT_EQ(refusal(run, Control{"o", Kind::kRestart, "ok"}, kSven),
            "restart.blocked @ o/a#1: Exception MIX2-0001 holds it. It goes on when supervisor "
            "releases that by signing.");
  EXPECT_EQ(refusal(run, run.release("o/a#1", id, "", kSven, "supervisor"), kSven),
            "reason.missing @ o/a#1: A reason is missing. Say in a few words why.");
  run.must(run.release("o/a#1", id, "cooled", kSven, "supervisor"), kSven);
  EXPECT_EQ(run.state.elements.at("o"), "running");
  EXPECT_EQ(run.bodies("element_state_changed").back().at("command"), "done");
  run.must(CompleteStep{"o/a#1"});
  run.must(Control{"o", Kind::kHold, "leak"});
  run.must(Control{"o", Kind::kRestart, "tight"}, kSven);  // what a person held has no exception
}

TEST(Release, LetsTheBatchGoOnWithTheLastExceptionThatBlockedIt) {  // D5
  Entry bubble = temperature();
  bubble.exception_class = "filter_integrity";
  Entry second = bubble;
  second.id = "second";
  second.title = {{"en", "Second"}};
  RunDriver run(linear({step("a", {bubble, second}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "second", "25"});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  const std::string first_id = run.exceptions().back().id;
  run.must(CorrectEntry{"a#1", "second", "28", "misread"});
  const std::string second_id = run.exceptions().back().id;
  EXPECT_EQ(refusal(run, Control{"", Kind::kRestart, "ok"}, kSven),
            "restart.blocked @ a#1: Exception MIX2-0002 holds it. It goes on when quality releases "
            "that by signing.");
  EXPECT_EQ(refusal(run, run.release("a#1", first_id, "ok", kSven, "supervisor"), kSven),
            "release.role @ a#1: Only this role may release the step: quality. Call that person.");
  run.must(run.release("a#1", first_id, "refiltered", kPetra, "quality"), kPetra);
  EXPECT_EQ(run.state.status, RunStatus::kHeld);
  run.must(run.release("a#1", second_id, "refiltered", kPetra, "quality"), kPetra);
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
}

// D5: by the exception that names roles, else by the plan, else by supervisor or quality.
TEST(Release, IsByTheRolesOfTheExceptionOrItsPlan) {
  Mbr mbr;
  ReactionPlan calls = plan("R1", 0, false), nobody = plan("R2", 0, false);
  calls.calls_role = "engineer";
  nobody.calls_role.clear();
  mbr.reaction_plans = {calls, nobody};
  ExceptionState exception;
  EXPECT_THAT(releasing_roles(mbr, exception), ElementsAre("supervisor", "quality"));
  exception.plan = "R2";
  EXPECT_THAT(releasing_roles(mbr, exception), ElementsAre("supervisor", "quality"));
  exception.plan = "R1";
  EXPECT_THAT(releasing_roles(mbr, exception), ElementsAre("engineer"));
  exception.release = "quality";
  EXPECT_THAT(releasing_roles(mbr, exception), ElementsAre("quality"));
  exception.release = "supervisor, quality, engineer";
  EXPECT_THAT(releasing_roles(mbr, exception), ElementsAre("supervisor", "quality", "engineer"));
}

TEST(Release, IsNeededForWhatStopsAndWasNotReleased) {  // D5
  ExceptionState exception;
  EXPECT_FALSE(blocks_batch(exception));
  EXPECT_FALSE(blocks_step(exception));
  exception.blocks = "batch";
  EXPECT_TRUE(blocks_batch(exception));
  EXPECT_FALSE(blocks_step(exception));
  exception.blocks = "step";
  EXPECT_TRUE(blocks_step(exception));
  EXPECT_FALSE(blocks_batch(exception));
  exception.released = true;
  EXPECT_FALSE(blocks_step(exception));
  exception.blocks = "batch";
  EXPECT_FALSE(blocks_batch(exception));
}

// A6: only a result that can't be computed is let go on without; never a value that a person owes.
TEST(Release, ExcusesOnlyAComputedEntryWithAnError) {
  const auto mbr = linear({step("a", {decimal("x"), computed("ratio", "1 / {a:x}")})});
  ExceptionState exception;
  exception.exception_class = "formula_error";
  exception.step = "a#1";
  exception.entry = "ratio";
  EXPECT_TRUE(may_be_excused(*mbr, exception));
  const auto excused_with = [&](auto change) {
    ExceptionState other = exception;
    change(other);
    return may_be_excused(*mbr, other);
  };
  EXPECT_FALSE(excused_with([](auto& e) { e.exception_class = "action_limit"; }));
  EXPECT_FALSE(excused_with([](auto& e) { e.entry = "x"; }));
  EXPECT_FALSE(excused_with([](auto& e) { e.entry = "y"; }));
  EXPECT_FALSE(excused_with([](auto& e) { e.step = "b#1"; }));
  EXPECT_FALSE(excused_with([](auto& e) { e.step = ""; }));
}

}  // namespace
}  // namespace batchwright::workflows::test

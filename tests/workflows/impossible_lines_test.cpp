// Lines about values, people and the life of a run that can't follow from what is known: each is
// kept and named and changes nothing else (recorded_lines_test.cpp has those about steps and
// tokens). Requirements B3, B10.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "record/signature.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

std::shared_ptr<const Mbr> recipe() {
  Entry germs = decimal("germs", "", 0);
  germs.late = LateResult{.owner = "laboratory", .due_s = 3600, .blocks = {}};
  auto mbr = std::make_shared<Mbr>(
      *linear({step("a", {decimal("x"), germs}), step("b", {decimal("y")}), step("c")}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  return mbr;
}

// "a" complete, "b" running with a value, "c" not reached.
class ImpossibleLines : public testing::Test {
 protected:
  ImpossibleLines() : run(recipe()) {
    run.start();
    run.work("a#1", {{"x", "1"}});
    run.must(BeginStep{"b#1"});
    run.must(RecordEntry{"b#1", "y", "2"});
  }

  record::StoredLine line_of(const Event& event, const std::string& step) {
    record::StoredLine stored = run.lines.back();
    static_cast<record::Draft&>(stored.line) = encode_event(event);
    stored.line.subject = {"run", run.state.run};
    stored.line.step = step;
    stored.line.actor = "jan";
    stored.line.device = "panel-2";
    stored.line.seq = ++seq;
    stored.hash = sha256(std::to_string(seq));
    return stored;
  }
  void must(const Event& event, const std::string& step = "") {
    const std::size_t before = run.state.conflicts.size();
    apply(run.state, line_of(event, step));
    EXPECT_EQ(run.state.conflicts.size(), before);
  }

  // Kept, named, and nothing else happened; `also` are members that may differ.
  void expect_conflict(const Event& event, const std::string& step, const std::string& why,
                       bool uses_challenge = false) {
    RunState after = run.state;
    const auto line = line_of(event, step);
    apply(after, line);
    ASSERT_EQ(after.conflicts.size(), run.state.conflicts.size() + 1) << line.line.type;
    EXPECT_EQ(after.conflicts.back(), fmt::format("panel-2 line {} {}{}{}: {}", seq, line.line.type,
                                                  step.empty() ? "" : " ", step, why));
    after.conflicts = run.state.conflicts;
    after.events = run.state.events;
    if (uses_challenge) after.challenges = run.state.challenges;
    EXPECT_EQ(state_text(after), state_text(run.state)) << line.line.type;
  }

  std::string signed_text(const std::string& meaning, const Person& who) {
    return record::to_text(run.statement("", meaning, who));
  }

  RunDriver run;
  std::uint64_t seq = 0;
};

TEST_F(ImpossibleLines, OfEntriesThatTheStepDoesNotHave) {
  const std::string none = "the step has no such entry";
  for (const char* step : {"", "c#1", "nowhere#1", "b#1"}) {
    expect_conflict(ValueInvalidated{"x", "hash", "why", {}}, step, none);
    expect_conflict(ResultPending{"x", "laboratory", "", "informs", ""}, step, none);
    expect_conflict(LimitsComputed{"x"}, step, "the step was not begun or has no such entry");
    expect_conflict(EntryNotApplicable{"x", "why"}, step,
                    "the step is not running or has no such entry");
  }
  expect_conflict(EntryNotApplicable{"x", "why"}, "a#1",
                  "the step is not running or has no such entry");
}

TEST_F(ImpossibleLines, OfAValueThatIsNotThereOrWasInvalidatedBefore) {
  const std::string why = "the value is not there or was invalidated before";
  expect_conflict(ValueInvalidated{"y", std::string(64, '0'), "why", {}}, "b#1", why);
  const ValueInvalidated out{"y", run.value("b#1", "y")->line_hash, "why", {}};
  must(out, "b#1");
  expect_conflict(out, "b#1", why);
}

TEST_F(ImpossibleLines, OfStepsThatAreOpenedAgainForcedRepeatedOrOverridden) {
  for (const char* step : {"", "b#1", "c#1", "nowhere#1"}) {
    expect_conflict(StepReopened{"a#1:x"}, step, "the step is not complete");
  }
  for (const char* step : {"", "a#1", "c#1"}) {
    expect_conflict(StepForced{"why", {}}, step, "the step is not open");
  }
  for (const char* step : {"", "a#1", "b#1", "c#1"}) {
    expect_conflict(GateOverridden{"gate", "why"}, step, "the step is not ready");
  }
  for (const char* step : {"", "c#1", "b#2", "nowhere#1"}) {
    expect_conflict(StepRepeated{"why"}, step, "it is not the newest instance");
  }
  must(StepRepeated{"why"}, "b#1");
  expect_conflict(StepRepeated{"why"}, "b#1", "it is not the newest instance");
}

TEST_F(ImpossibleLines, OfExceptionsThatNobodyOpened) {
  expect_conflict(ExceptionEscalated{"nobody", "major", "quality"}, "b#1",
                  "there is no such exception");
}

TEST_F(ImpossibleLines, OfEquipmentAndMaterialThatTheProcedureDoesNotNeed) {
  expect_conflict(EquipmentBound{"pump", "P-1", "PUMP", "", ""}, "b#1",
                  "the procedure needs no such equipment");
  expect_conflict(MaterialIdentified{"salt", "S-1", "SALT"}, "b#1",
                  "the procedure needs no such material");
}

TEST_F(ImpossibleLines, OfTransitionsThatNobodyCanChoose) {
  const std::string why = "there is no such transition";
  expect_conflict(TransitionChosen{"", "nowhere", "why"}, "", why);
  expect_conflict(TransitionChosen{"nowhere", "a", "why"}, "", why);
}

TEST_F(ImpossibleLines, OfHandoversOutOfTurn) {
  expect_conflict(TakenOver{signed_text("taken over", kJan), "", ""}, "", "nothing was handed over",
                  true);
  must(HandedOver{"stirring", {}, {}, signed_text("handed over", kMary), "", ""});
  expect_conflict(HandedOver{"again", {}, {}, signed_text("handed over", kMary), "", ""}, "",
                  "the last handover was not taken over yet", true);
  must(TakenOver{signed_text("taken over", kJan), "", ""});
  expect_conflict(TakenOver{signed_text("taken over", kJan), "", ""}, "", "nothing was handed over",
                  true);
  must(HandedOver{"again", {}, {}, signed_text("handed over", kMary), "", ""});
}

TEST_F(ImpossibleLines, OfStatementsThatCantBeReadOrWereUsedBefore) {
  const std::string why = "its statement can't be read, or its challenge was used before";
  expect_conflict(HandedOver{"note", {}, {}, "{}", "", ""}, "", why);
  const std::string once = signed_text("handed over", kMary);
  must(HandedOver{"note", {}, {}, once, "", ""});
  expect_conflict(TakenOver{once, "", ""}, "", why);
  expect_conflict(TakenOver{"", "", ""}, "", why);
}

// What was let go on goes on; that the signature was used twice is for people to look at.
TEST_F(ImpossibleLines, OfAReleaseWithASignatureThatWasUsedBeforeSaySo) {
  const std::string once = signed_text("released", kSven);
  for (const char* id : {"e1", "e2"}) {
    must(ExceptionOpened{id, "", "manual_deviation", "major", "", "", "", "", "."}, "b#1");
  }
  must(StepReleased{"e1", "seen", once, "", ""}, "b#1");
  apply(run.state, line_of(StepReleased{"e2", "seen", once, "", ""}, "b#1"));
  ASSERT_EQ(run.state.conflicts.size(), 1U);
  EXPECT_TRUE(run.state.conflicts[0].ends_with("step_released b#1: its challenge was used before"));
  EXPECT_TRUE(run.state.exceptions.at("e2").released);
}

TEST_F(ImpossibleLines, OfRecallsOfAnotherRecipeAndDecisionsAboutNone) {
  expect_conflict(RecipeRecalled{std::string(64, '0'), "label"}, "",
                  "it is about another master batch record");
  expect_conflict(RecallDecided{"go on", "why"}, "", "nothing was recalled");
  must(RecipeRecalled{run.state.mbr_hash, "label"});
  EXPECT_TRUE(run.state.recalled);
  must(RecallDecided{"go on", "why"});
  EXPECT_FALSE(run.state.recalled);
}

TEST_F(ImpossibleLines, OfRedlinesWithoutNameOrChangeOrOfTheOnesWhoProposed) {
  const std::string taken = "its id is missing or taken";
  expect_conflict(RedlineProposed{"", "{}", "why"}, "", taken);
  must(RedlineProposed{"r1", "{}", "why"});
  EXPECT_EQ(run.state.redlines.at("r1").id, "r1");
  EXPECT_EQ(run.state.redlines.at("r1").proposer, "jan");
  EXPECT_EQ(run.state.redlines.at("r1").reason, "why");
  EXPECT_EQ(run.state.redlines.at("r1").change, "{}");
  expect_conflict(RedlineProposed{"r1", "{}", "why"}, "", taken);
  const std::string nothing = "there is nothing that this person may approve";
  expect_conflict(RedlineApproved{"r2", "why"}, "", nothing);
  expect_conflict(RedlineApproved{"r1", "why"}, "", nothing);
}

// A change that is none comes to nothing when the last approval comes, and the recipe stays.
TEST_F(ImpossibleLines, OfAnApprovedChangeThatCantBeMade) {
  must(RedlineProposed{"r1", "{}", "why"});
  const auto approve = [&](const char* actor, const char* role) {
    auto line = line_of(RedlineApproved{"r1", "agreed"}, "");
    line.line.actor = actor;
    line.line.role = role;
    apply(run.state, line);
  };
  const auto before = run.state.mbr;
  approve("mary", "operator");
  EXPECT_TRUE(run.state.conflicts.empty());
  approve("petra", "quality");
  ASSERT_EQ(run.state.conflicts.size(), 1U);
  EXPECT_TRUE(run.state.conflicts[0].contains("redline_approved: "));
  EXPECT_FALSE(run.state.redlines.at("r1").in_force);
  EXPECT_EQ(run.state.mbr, before);
}

TEST_F(ImpossibleLines, OfReviewsOutOfTurn) {
  const std::string why = "it was not the turn of this review";
  const RunReviewed production{"production", "accepted", "", "", "", ""};
  const RunReviewed quality{"quality", "accepted", "", "", "", ""};
  expect_conflict(quality, "", why);
  must(production);
  expect_conflict(production, "", why);
  must(quality);
  expect_conflict(quality, "", why);
  expect_conflict(RunReviewed{"", "accepted", "", "", "", ""}, "", why);
}

// In merged order only: both panels thought that theirs was the first value.
TEST_F(ImpossibleLines, OfAValueOfTheSameAttemptKeepBothAndSaySo) {
  const EntryRecorded same{"y", "decimal", "3", "3.0", "", "none", "1"};
  apply(run.state, line_of(same, "b#1"));
  ASSERT_EQ(run.state.conflicts.size(), 1U);
  EXPECT_TRUE(run.state.conflicts[0].ends_with(
      " entry_recorded b#1: the value was also recorded on another panel"));
  EXPECT_EQ(run.step("b#1").entries.at("y").values.size(), 2U);
  EXPECT_EQ(run.value("b#1", "y")->value, "3.0");
  EXPECT_EQ(run.step("b#1").remeasured.at("y"), 1);
  must(EntryRecorded{"y", "decimal", "4", "4.0", "", "none", "3"}, "b#1");
}

TEST_F(ImpossibleLines, OfLateResultsAnyAttemptIsGoodAndStandsBesideTheOthers) {
  const EntryRecorded result{"germs", "decimal", "3", "3", "", "ok", "1", "result"};
  must(result, "a#1");
  must(result, "a#1");
  EXPECT_EQ(run.step("a#1").entries.at("germs").values.size(), 2U);
  EXPECT_FALSE(run.step("a#1").entries.at("germs").values[0].superseded);
  EXPECT_TRUE(run.step("a#1").remeasured.empty());
}

}  // namespace
}  // namespace batchwright::workflows::test

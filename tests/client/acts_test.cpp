// What people do to a batch besides entering values: refusals that stay, signed releases, handover,
// ways that a person chooses, results that come later.
#include <gtest/gtest.h>

#include <algorithm>

#include "client/signing.h"
#include "tests/client/panel_fixture.h"
#include "tests/client/sync_refusing_store.h"

namespace batchwright::client::test {
namespace {

using workflows::RunStatus;

constexpr const char* kProcedure = R"({
 "format": "batchwright/mbr/1", "id": "TEST-1", "version": "1", "title": "Acts", "product": "buffer",
 "batch_size": {"value": "10", "unit": "L"},
 "reaction_plans": [
  {"id": "R5", "what": "Stop the mixer.", "calls_role": "supervisor", "holds": true, "severity": "major"},
  {"id": "R9", "what": "Stop everything.", "calls_role": "quality", "holds": true,
   "hold_level": "batch", "severity": "critical"}],
 "materials": [{"id": "salt", "item": "0952", "title": "Salt"}],
 "procedure": {"id": "procedure", "title": "Make", "children": [
  {"id": "op", "title": "Compound", "level": "operation", "children": [
   {"id": "mix", "title": "Mix",
    "gates": [{"id": "trained", "kind": "training", "subject": "SOP-1",
               "remedy": "Ask the trainer."}],
    "entries": [{"id": "t", "title": "Temperature", "kind": "decimal", "unit": "°C", "places": 1,
                 "action": ["24.0", "26.0"], "reaction_plan": "R5"},
                {"id": "hose", "title": "Hose number", "kind": "text",
                 "may_be_not_applicable": true}]},
   {"id": "check", "title": "Check",
    "entries": [{"id": "c", "title": "Clarity", "kind": "decimal", "places": 0,
                 "action": ["1", "2"], "reaction_plan": "R9"}]},
   {"id": "sample", "title": "Sample",
    "entries": [{"id": "lot", "title": "Salt", "kind": "text", "identifies": "salt",
                 "required": false},
                {"id": "taken", "title": "Sample is taken", "kind": "acknowledge"},
                {"id": "endotoxin", "title": "Endotoxin", "kind": "decimal", "places": 1,
                 "late": {"owner": "quality", "due_s": 3600}}]},
   {"one_of": [
     {"chosen_by": "supervisor", "children": [
       {"id": "again", "title": "Filter again",
        "entries": [{"id": "a", "title": "Done", "kind": "acknowledge"}]}]},
     {"chosen_by": "supervisor", "children": [
       {"id": "fill", "title": "Fill",
        "entries": [{"id": "f", "title": "Done", "kind": "acknowledge"}]}]}]}
  ]}]}})";

constexpr const char* kMaryIsTrained = R"({"format": "batchwright/site-facts/1",
  "lots": [{"id": "N-1", "item": "0952", "expires": "2024-03-31T00:00:00.000+00:00"}],
  "trainings": [{"person": "mary", "training": "SOP-1"}]})";

std::vector<std::string> lines_of_type(const Panel& panel, const std::string& type) {
  auto lines = panel.store->load_lines(1, 10'000);
  EXPECT_TRUE(lines);
  std::erase_if(*lines, [&](const std::string& line) {
    return line.find("\"type\":\"" + type + "\"") == std::string::npos;
  });
  return *lines;
}

struct Acts : Panel {
  explicit Acts(const std::string& facts = kMaryIsTrained) : Panel(kProcedure, facts) {
    sign_in("mary");
    open_batch();
  }
  void go_to_check() {
    value("t", "25.0");
    value("hose", "H-1");
    desk->handle(ui::CompleteStep{current_step()});
  }
  void go_to_ways() {
    go_to_check();
    value("c", "1");
    desk->handle(ui::CompleteStep{current_step()});
    value("taken", "done");
    desk->handle(ui::CompleteStep{current_step()});
  }
  void release(const std::string& reason) {
    ASSERT_TRUE(step().hold);
    desk->handle(ui::ReleaseHold{current_step(), step().hold->exception, reason});
  }
  void switch_to(const std::string& person) {
    desk->handle(ui::SwitchUser{});
    sign_in(person);
  }
};

TEST(Refusals, OfAGateStayInTheRecordAndOfAMistypedNumberDoNot) {  // Requirement B6
  Acts panel(R"({"format": "batchwright/site-facts/1"})");
  const auto before = panel.lines();
  panel.desk->handle(ui::BeginStep{panel.current_step()});
  const auto notice = panel.desk->view().notice;
  EXPECT_NE(notice.find("you hold no training"), std::string::npos) << notice;
  EXPECT_NE(notice.find("Ask the trainer."), std::string::npos) << notice;
  const auto refusals = lines_of_type(panel, "command_refused");
  ASSERT_EQ(refusals.size(), 1u);
  EXPECT_NE(refusals.front().find("gate.trained"), std::string::npos);
  EXPECT_EQ(panel.lines(), before + 2);  // it and its commit line
  EXPECT_EQ(panel.run().refusals.count, 1u);

  Acts other;
  other.desk->handle(ui::BeginStep{other.current_step()});
  const auto begun = other.lines();
  other.desk->handle(ui::SubmitValue{other.current_step(), "t", "25,,0"});
  EXPECT_FALSE(other.desk->view().notice.empty());
  EXPECT_EQ(other.lines(), begun);
  EXPECT_EQ(other.run().refusals.count, 0u);
}

TEST(Refusals, ThatCanNotBeKeptAreToldAllTheSame) {  // Requirement B6
  Acts panel(R"({"format": "batchwright/site-facts/1"})");
  auto refusing = std::make_unique<sync::fakes::RefusingStore>(std::move(panel.store));
  auto& store = *refusing;
  panel.store = std::move(refusing);
  panel.restart();
  panel.sign_in("mary");
  panel.open_batch();
  store.fail_appends_with = Error{ErrorCode::kFull, "The disk is full.", ""};
  panel.desk->handle(ui::BeginStep{panel.current_step()});
  EXPECT_NE(panel.desk->view().notice.find("you hold no training"), std::string::npos);
  EXPECT_EQ(panel.run().refusals.count, 0u);
}

TEST(Refusals, WithoutAnyFactsOfTheSiteAGateThatNeedsThemIsClosed) {  // Requirement B6
  Acts panel("");
  panel.desk->handle(ui::BeginStep{panel.current_step()});
  EXPECT_NE(panel.desk->view().notice.find("not known on this panel"), std::string::npos);
  panel.tell_facts(kMaryIsTrained, 1);
  ASSERT_TRUE(panel.session->reload_catalogue());
  panel.desk->handle(ui::BeginStep{panel.current_step()});
  EXPECT_TRUE(panel.desk->view().notice.empty());
  EXPECT_TRUE(panel.step().begun);
}

TEST(Recalls, StopTheBatchAtItsNextStepUntilQualityDecides) {  // Requirement B9
  Acts panel;
  panel.go_to_check();
  panel.tell_state("recalled");
  ASSERT_TRUE(panel.session->reload_catalogue());
  ASSERT_TRUE(panel.session->reload_catalogue());
  panel.restart();
  panel.sign_in("mary");
  panel.open_batch();
  EXPECT_EQ(lines_of_type(panel, "recipe_recalled").size(), 1u);
  EXPECT_FALSE(panel.step().next.enabled);
  EXPECT_EQ(panel.step().next.reason, "Recalled: quality decides");
  ASSERT_TRUE(panel.step().hold);
  EXPECT_FALSE(panel.step().hold->may_release);
  panel.switch_to("petra");
  EXPECT_TRUE(panel.step().hold->may_release);
  panel.release("only the label was wrong");
  EXPECT_FALSE(panel.step().hold);
  EXPECT_TRUE(panel.step().next.enabled);
  ASSERT_TRUE(panel.session->reload_catalogue());
  EXPECT_FALSE(panel.run().recalled) << "decided once";
}

TEST(Recalls, LetNoFurtherBatchStart) {  // Requirement B9
  Panel panel(kProcedure);
  panel.tell_state("recalled");
  ASSERT_TRUE(panel.session->reload_catalogue());
  panel.sign_in("mary");
  panel.desk->handle(ui::StartIssued{panel.session->startable()[0].batch.run});
  EXPECT_NE(panel.desk->view().notice.find("was recalled"), std::string::npos);
  EXPECT_TRUE(panel.session->runs().empty());
}

TEST(SignedRelease, LetsAHeldStepGoOnAndStandsInTheRecord) {  // Requirement D5
  Acts panel;
  panel.value("t", "27.0");
  panel.desk->handle(ui::Observe{std::get<ui::OutOfLimitView>(*panel.desk->view().dialog).exception,
                                 "Display was steady"});
  ASSERT_TRUE(panel.step().hold);
  EXPECT_FALSE(panel.step().hold->may_release);
  panel.switch_to("ines");
  EXPECT_TRUE(panel.step().hold->may_release);
  panel.release("cooled down");
  const auto page = std::get<ui::SignView>(*panel.desk->view().dialog);
  EXPECT_EQ(page.meaning, "released");
  EXPECT_EQ(page.signer, "ines");
  EXPECT_NE(page.rows.front().value.find("MIX2-0001"), std::string::npos);
  EXPECT_EQ(page.rows[1].value, "cooled down");
  ASSERT_TRUE(panel.step().hold) << "opening the page releases nothing";
  panel.confirm("ines");
  EXPECT_FALSE(panel.step().hold);
  const auto released = lines_of_type(panel, "step_released");
  ASSERT_EQ(released.size(), 1u);
  EXPECT_NE(released.front().find("\"role\":\"supervisor\""), std::string::npos);
  EXPECT_NE(released.front().find("\"sig\":\""), std::string::npos);
}

TEST(SignedRelease, OfAnotherPersonAtTheSamePanelNeedsNoSwitch) {  // Requirement D5
  Acts panel;
  panel.value("t", "27.0");
  panel.desk->handle(
      ui::Observe{std::get<ui::OutOfLimitView>(*panel.desk->view().dialog).exception, ""});
  panel.release("cooled down");
  panel.confirm("ines");
  EXPECT_FALSE(panel.step().hold);
  EXPECT_EQ(panel.desk->view().bar.user, "Mary Okafor");
}

TEST(SignedRelease, OfAWholeBatchIsTheRoleThatItsPlanNames) {  // Requirement D5
  Acts panel;
  panel.go_to_check();
  panel.value("c", "9");
  panel.desk->handle(
      ui::Observe{std::get<ui::OutOfLimitView>(*panel.desk->view().dialog).exception, ""});
  EXPECT_EQ(panel.run().status, RunStatus::kHeld);
  ASSERT_TRUE(panel.step().hold);
  EXPECT_EQ(panel.step().hold->role, "Quality");
  panel.switch_to("ines");
  EXPECT_FALSE(panel.step().hold->may_release) << "a supervisor can't";
  panel.switch_to("petra");
  panel.release("decided");
  panel.confirm("petra");
  EXPECT_EQ(panel.run().status, RunStatus::kRunning);
  EXPECT_FALSE(panel.step().hold);
}

TEST(SignedRelease, WithTheKeyOfSomebodyElseReleasesNothing) {  // Requirement C3
  Acts panel;
  panel.value("t", "27.0");
  const auto before = panel.lines();
  const auto& exception = panel.run().exceptions.begin()->second;
  const auto& ines = *panel.session->directory().find("ines");
  auto statement = panel.session->statement_to_sign(panel.run().run, {"op/mix", 1}, "released",
                                                    "words", ines, "supervisor");
  ASSERT_TRUE(statement);
  const Actor by{"ines", "supervisor", {"supervisor"}, "ines"};
  auto refused = panel.session->execute(
      panel.run().run, sign_release(*statement, exception.id, "why", panel.keys.at("jan")), by);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().place, "sign.key.unknown");
  EXPECT_EQ(panel.lines(), before);
}

TEST(Handover, IsSignedByBothAndListsWhatIsOpen) {  // Requirement B14
  Acts panel;
  EXPECT_TRUE(panel.desk->view().shift.may_hand_over);
  EXPECT_FALSE(panel.desk->view().shift.may_take_over);
  panel.desk->handle(ui::HandOver{"all quiet"});
  EXPECT_EQ(std::get<ui::SignView>(*panel.desk->view().dialog).meaning, "handed over");
  panel.confirm("mary");
  EXPECT_FALSE(panel.desk->view().shift.may_hand_over);
  EXPECT_FALSE(panel.desk->view().shift.may_take_over) << "somebody else takes over";
  panel.switch_to("jan");
  EXPECT_TRUE(panel.desk->view().shift.may_take_over);
  panel.desk->handle(ui::TakeOver{});
  const auto page = std::get<ui::SignView>(*panel.desk->view().dialog);
  EXPECT_EQ(page.rows[0].value, "Mary Okafor");
  EXPECT_EQ(page.rows[1].value, "all quiet");
  panel.confirm("jan");
  ASSERT_EQ(panel.run().handovers.size(), 1u);
  EXPECT_EQ(panel.run().handovers.back().to, "jan");
  EXPECT_EQ(lines_of_type(panel, "handed_over").size(), 1u);
  EXPECT_NE(lines_of_type(panel, "handed_over").front().find("op/mix#1"), std::string::npos);
}

TEST(NotApplicable, IsSaidWithAReasonOnlyWhereTheProcedureAllowsIt) {  // Requirement A6
  Acts panel;
  panel.value("t", "25.0");
  auto entries = panel.step().entries;
  EXPECT_FALSE(entries[0].may_skip);
  EXPECT_TRUE(entries[1].may_skip);
  panel.desk->handle(ui::MarkNotApplicable{panel.current_step(), "hose", "no hose here"});
  entries = panel.step().entries;
  EXPECT_EQ(entries[1].value, "N/A");
  EXPECT_EQ(entries[1].note, "Does not apply: no hose here");
  EXPECT_TRUE(panel.step().next.enabled);
}

TEST(LateResult, IsNotAskedAndStandsOnTheOverviewUntilItComes) {  // Requirement B13
  Acts panel;
  panel.go_to_check();
  panel.value("c", "1");
  panel.desk->handle(ui::CompleteStep{panel.current_step()});
  panel.value("taken", "done");
  EXPECT_EQ(panel.step().entries[2].input, ui::EntryView::Input::kNone);
  EXPECT_TRUE(panel.step().focus_entry.empty());
  EXPECT_TRUE(panel.step().next.enabled);
  panel.desk->handle(ui::CompleteStep{panel.current_step()});
  panel.desk->handle(ui::ShowMap{});
  const auto notes = std::get<ui::MapView>(panel.desk->view().screen).notes;
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_TRUE(notes[0].starts_with("Endotoxin: result awaited from Quality, due 20")) << notes[0];
}

TEST(CheckIn, OfAnExpiredLotSaysWhyAtOnce) {  // Requirement B6
  Acts panel;
  panel.go_to_check();
  panel.value("c", "1");
  panel.desk->handle(ui::CompleteStep{panel.current_step()});
  panel.value("lot", "N-1");
  ASSERT_TRUE(panel.desk->view().dialog);
  const auto dialog = std::get<ui::OutOfLimitView>(*panel.desk->view().dialog);
  EXPECT_EQ(dialog.value, "lot N-1 has expired");
  EXPECT_TRUE(panel.run().materials.empty());
}

TEST(Ways, WaitForTheRoleThatChoosesAndTakeTheOneChosen) {  // Requirement B9
  Acts panel;
  panel.go_to_ways();
  auto ways = std::get<ui::WaysView>(panel.desk->view().screen);
  ASSERT_EQ(ways.ways.size(), 2u);
  EXPECT_EQ(ways.ways[1].words, "Fill");
  EXPECT_FALSE(ways.may_choose);
  panel.switch_to("ines");
  panel.desk->handle(ui::OpenRun{panel.run().run});
  ways = std::get<ui::WaysView>(panel.desk->view().screen);
  EXPECT_TRUE(ways.may_choose);
  panel.desk->handle(
      ui::ChooseWay{ways.ways[1].chart, ways.ways[1].transition, ways.role, "clear enough"});
  EXPECT_EQ(panel.current_step(), "op/fill#1");
}

TEST(Ticks, ReachARunThatIsCompleteWithAResultPending) {  // Requirement B13
  Acts panel;
  panel.go_to_ways();
  panel.switch_to("ines");
  panel.desk->handle(ui::OpenRun{panel.run().run});
  const auto ways = std::get<ui::WaysView>(panel.desk->view().screen);
  panel.desk->handle(
      ui::ChooseWay{ways.ways[1].chart, ways.ways[1].transition, ways.role, "clear"});
  panel.value("f", "done");
  panel.desk->handle(ui::CompleteStep{panel.current_step()});
  ASSERT_EQ(panel.run().status, RunStatus::kComplete);
  EXPECT_EQ(std::get<ui::CompletedView>(panel.desk->view().screen).waiting_for, "1 result");
  panel.clock.advance_ms(3'700'000);
  panel.desk->tick();
  const auto overdue = std::ranges::count_if(panel.run().exceptions, [](const auto& item) {
    return item.second.exception_class == "result_overdue";
  });
  EXPECT_EQ(overdue, 1);
}

TEST(Time, ThatWentBackBetweenTwoStartsIsStatedAsUncertain) {  // Requirement B7
  Acts panel;
  panel.value("t", "25.0");
  EXPECT_EQ(panel.session->clock().uncertainty_ms(), 0);
  panel.clock.advance_ms(-3'600'000);
  panel.restart();
  EXPECT_EQ(panel.session->clock().uncertainty_ms(), 3'600'000);
  panel.clock.advance_ms(3'600'000);
  panel.restart();
  EXPECT_EQ(panel.session->clock().uncertainty_ms(), 0);
}

TEST(Pausing, LetsRunningStepsEndAndSaysWhyNothingBegins) {  // Requirement B2
  Acts panel;
  panel.value("t", "25.0");
  const Actor ines{"ines", "supervisor", {"supervisor"}, "ines"};
  ASSERT_TRUE(panel.session->execute(
      panel.run().run,
      workflows::Control{
          .element = "", .command = workflows::ProceduralCommand::kPause, .reason = "break"},
      ines));
  EXPECT_EQ(panel.run().status, RunStatus::kPausing);
  panel.value("hose", "H-1");
  EXPECT_TRUE(panel.step().next.enabled) << "the running step may end";
  panel.desk->handle(ui::CompleteStep{panel.current_step()});
  EXPECT_EQ(panel.run().status, RunStatus::kPaused);
  ASSERT_TRUE(panel.step().hold) << "no dead end: what stops the batch stays in sight";
  EXPECT_EQ(panel.step().hold->words, "The whole batch is paused.");
  EXPECT_FALSE(panel.step().hold->may_release);
  panel.switch_to("ines");
  panel.release("break is over");
  EXPECT_EQ(panel.run().status, RunStatus::kRunning);
  EXPECT_EQ(panel.current_step(), "op/check#1");
}

}  // namespace
}  // namespace batchwright::client::test

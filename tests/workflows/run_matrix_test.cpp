// What may be asked of a run in which of its states: every cell of the table, executed with every
// command. Requirement B1.
#include "workflows/run_matrix.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using State = ProceduralState;
using Kind = ProceduralCommand;

RunDriver run_in(RunStatus status) {
  RunDriver run(linear({step("a", {decimal("x")}), step("b")}));
  const auto control = [&](Kind kind) { run.must(Control{"", kind, "spill"}, kInes); };
  if (status == State::kIdle) return run;
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  switch (status) {
    case State::kPausing: control(Kind::kPause); break;
    case State::kPaused:
      control(Kind::kPause);
      run.must(CompleteStep{"a#1"});
      break;
    case State::kHeld: control(Kind::kHold); break;
    case State::kStopping: control(Kind::kStop); break;
    case State::kStopped:
      control(Kind::kStop);
      run.must(CompleteStep{"a#1"});
      break;
    case State::kAborted: control(Kind::kAbort); break;
    case State::kComplete:
      run.must(CompleteStep{"a#1"});
      run.work("b#1");
      break;
    default: break;
  }
  return run;
}

// One of every kind, in the order of Command. Most are refused for other reasons than the state.
std::vector<Command> one_of_each() {
  return {StartRun{"run-1", "B-1", "batch", to_hex(sha256("issue"))},
          BeginStep{"a#1"},
          RecordEntry{"a#1", "x", "2"},
          CorrectEntry{"a#1", "x", "2", "typed wrongly"},
          InvalidateValue{"a#1", "x", "broken", ""},
          MarkNotApplicable{"a#1", "x", "why"},
          RecordResult{"a#1", "x", "1", ""},
          CommentException{"none", "heard it"},
          ReportDeviation{"", "noise"},
          AnnotateStep{"a#1", "noise"},
          ReportFailure{"", "communication_failure", "cable"},
          SignStep{"a#1", "performed", "{}", "", ""},
          CompleteStep{"a#1"},
          ReleaseStep{"a#1", "none", "why", "", "", ""},
          ForceStep{"a#1", "why"},
          OverrideGate{"a#1", "none", "why"},
          RepeatStep{"a#1", "why"},
          RecoverStep{"a#1", "as left"},
          ChooseTransition{"", "none", "why"},
          Control{"", Kind::kHold, "spill"},
          SwapEquipment{"none", "X", "why"},
          HandOver{"note", "{}", "", ""},
          TakeOver{"{}", "", ""},
          RelateRun{"consumes", "run-2", ""},
          RecallRecipe{"why"},
          DecideRecall{true, "why"},
          ProposeRedline{"{}", "why"},
          ApproveRedline{"none", "why"},
          RejectRedline{"none", "why"},
          ReviewRun{"production", "accepted", "why", "{}", "", ""},
          RecordCheck{"a#1", "x", "pass", "", ""},
          PutRight{"a#1", "x", "why"},
          DecideCheck{"a#1", "x", "ok", "why"},
          RecordChallenge{"a#1", "x", "label", "", ""},
          ConfirmCheckWorked{"a#1", "x"},
          Tick{}};
}

TEST(RunMatrix, EveryCommandIsAllowedOrRefusedByTheTableInEveryState) {
  const std::vector<Command> commands = one_of_each();
  ASSERT_EQ(commands.size(), std::variant_size_v<Command>);
  for (std::size_t row = 0; row < kProceduralStateCount; ++row) {
    const auto status = static_cast<RunStatus>(row);
    for (std::size_t kind = 0; kind < commands.size(); ++kind) {
      ASSERT_EQ(commands[kind].index(), kind);
      RunDriver run = run_in(status);
      if (run.state.status != status) continue;  // holding, restarting, aborting never rest
      if (std::holds_alternative<Control>(commands[kind])) continue;  // procedural_state_test.cpp
      SCOPED_TRACE(std::string(to_string(status)) + ", command " + std::to_string(kind));
      const bool allowed = matrix::kMay[row][static_cast<std::size_t>(group_of(commands[kind]))];
      EXPECT_EQ(run.rule_of_refusal(commands[kind], kInes) != "run.state", allowed);
    }
  }
}

TEST(RunMatrix, MakeSafeNeedsNoPersonButEverythingElseDoes) {
  const Person nobody{"", {}};
  RunDriver run = run_in(State::kRunning);
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}, nobody), "person.missing");
  EXPECT_EQ(run.rule_of_refusal(Control{"", Kind::kAbort, "spill"}, nobody), "person.missing");
  EXPECT_EQ(run.rule_of_refusal(Tick{}, nobody), "");
  run.must(Control{"", Kind::kHold, ""}, nobody);
  EXPECT_EQ(run.state.status, State::kHeld);
  const Control restart{"", Kind::kRestart, "cleaned"};
  EXPECT_EQ(run.rule_of_refusal(restart, nobody), "person.missing");
  EXPECT_EQ(run.rule_of_refusal(restart, kMary), "restart.role");
  run.must(restart, kInes);
  EXPECT_EQ(run.rule_of_refusal(Control{"", Kind::kHold, ""}), "reason.missing");
}

TEST(RunMatrix, AbortStopsEveryStepAndGroupAndTokenAtOnce) {
  RunDriver run = run_in(State::kAborted);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kAborted);
  EXPECT_EQ(run.state.elements.at(""), "aborted");
  EXPECT_TRUE(run.state.tokens.empty());
  EXPECT_TRUE(run.open().empty());
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "run_aborted");
  EXPECT_EQ(run.exceptions()[0].severity, "critical");
}

TEST(RunMatrix, ADraftOrAnIncompleteIssueNeverStarts) {
  auto mbr = std::make_shared<Mbr>(*linear({step("a")}));
  const StartRun start{"run-1", "B-1", "batch", to_hex(sha256("issue"))};
  StartRun wrong = start;
  wrong.kind = "party";
  EXPECT_EQ(RunDriver(mbr).rule_of_refusal(wrong), "run.kind");
  wrong = start;
  wrong.run = "run-2";
  EXPECT_EQ(RunDriver(mbr).rule_of_refusal(wrong), "run.other");
  wrong = start;
  wrong.number = "";
  EXPECT_EQ(RunDriver(mbr).rule_of_refusal(wrong), "run.number");
  wrong = start;
  wrong.issue_sha256 = "abc";
  EXPECT_EQ(RunDriver(mbr).rule_of_refusal(wrong), "run.issue");
  mbr->draft = true;
  EXPECT_EQ(RunDriver(mbr).rule_of_refusal(start), "run.draft");
  EXPECT_EQ(RunDriver(nullptr).rule_of_refusal(start), "run.no_recipe");
}

}  // namespace
}  // namespace batchwright::workflows::test

// Every (state of the run, command) pair is one transition or one refusal. Requirement B1.
#include "workflows/run_matrix.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

// Two steps: the first has a bad value, and a signature that a later correction takes away.
std::shared_ptr<const Mbr> recipe() {
  Entry held = entry("held", EntryKind::kYesNo);
  held.expected = true;
  held.required = false;
  held.reaction_plan = "HOLD";
  return linear({step("a", {decimal("x"), held}, {performed()}), step("b")},
                {plan("HOLD", 0, true)});
}

RunDriver run_in(RunStatus status) {
  RunDriver run(recipe());
  if (status == RunStatus::kIdle) return run;
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  if (status == RunStatus::kRunning) return run;
  if (status == RunStatus::kHeld) run.must(HoldRun{"spill"});
  if (status == RunStatus::kAborted) run.must(AbortRun{"spill"});
  if (status == RunStatus::kComplete) {
    run.sign("a#1", "performed", kMary);
    run.must(CompleteStep{"a#1"});
    run.work("b#1");
  }
  return run;
}

// A command of each kind that nothing but the state of the run could forbid, after `prepare` did
// what it needs.
Command command_for(std::size_t kind, RunDriver& run) {
  const bool complete = run.state.status == RunStatus::kComplete;
  const bool works = complete || run.state.status == RunStatus::kRunning;
  const auto reopen = [&] {
    if (complete) run.must(CorrectEntry{"a#1", "x", "2", "typed wrongly"});
  };
  const auto hold = [&] {
    if (works && !complete) run.must(RecordEntry{"a#1", "held", "no"});
    const auto exceptions = run.exceptions();
    return exceptions.empty() ? std::string() : exceptions.back().id;
  };
  switch (kind) {
    case 0: return StartRun{"run-1", "B-1", "batch", to_hex(sha256("issue"))};
    case 1:
      if (run.state.status == RunStatus::kRunning) {
        run.sign("a#1", "performed", kMary);
        run.must(CompleteStep{"a#1"});
      }
      return BeginStep{"b#1"};
    case 2:
      return complete ? Command(RecordEntry{"b#1", "done", "done"})
                      : Command(RecordEntry{"a#1", "held", "yes"});
    case 3: return CorrectEntry{"a#1", "x", "2", "typed wrongly"};
    case 4:
      if (run.state.status != RunStatus::kIdle) run.must(ReportDeviation{"", "noise"});
      return CommentException{run.exceptions().empty() ? "" : run.exceptions().front().id,
                              "heard it"};
    case 5: return ReportDeviation{"", "noise"};
    case 6: reopen(); return run.sign_command(run.statement("a#1", "performed", kMary));
    case 7:
      reopen();
      if (works) run.sign("a#1", "performed", kMary);
      return CompleteStep{"a#1"};
    case 8: return ReleaseStep{"a#1", hold(), "looked at it"};
    case 9: return RecoverStep{"a#1", "as left"};
    case 10: return HoldRun{"spill"};
    case 11: return ResumeRun{"cleaned"};
    case 12: return AbortRun{"spill"};
    default: return Tick{};
  }
}

RunStatus expected_status(Outcome outcome, RunStatus now) {
  switch (outcome) {
    case Outcome::kRunning: return RunStatus::kRunning;
    case Outcome::kHeld: return RunStatus::kHeld;
    case Outcome::kAborted: return RunStatus::kAborted;
    default: return now;
  }
}

TEST(RunMatrix, EveryStateAndCommandIsOneTransitionOrOneRefusal) {
  for (std::size_t row = 0; row < kRunStatusCount; ++row) {
    for (std::size_t kind = 0; kind < kCommandCount; ++kind) {
      const auto status = static_cast<RunStatus>(row);
      SCOPED_TRACE(std::string(to_string(status)) + ", command " + std::to_string(kind));
      RunDriver run = run_in(status);
      ASSERT_EQ(run.state.status, status);
      // Signing needs a step to speak about; before the run started there is none.
      if (status == RunStatus::kIdle && kind == 6) {
        EXPECT_EQ(run.rule_of_refusal(SignStep{}), "run.state");
        continue;
      }
      const Command command = command_for(kind, run);
      ASSERT_EQ(command.index(), kind);
      const Outcome outcome = run_outcome(status, command);
      const std::string rule =
          run.rule_of_refusal(command, kind == 8 || kind == 11 ? kInes : kMary);
      EXPECT_EQ(run.state.status, expected_status(outcome, status));
      if (outcome == Outcome::kRefused) {
        EXPECT_EQ(rule, "run.state");
      } else {
        EXPECT_NE(rule, "run.state");
        // What the run's state allows happens, unless the step itself has nothing to release any
        // more.
        const bool nothing_held = kind == 8 && status != RunStatus::kRunning;
        const bool all_done = kind == 2 && status == RunStatus::kComplete;
        EXPECT_EQ(rule.empty(), !nothing_held && !all_done) << rule;
      }
    }
  }
}

TEST(RunMatrix, MakeSafeNeedsNoPersonButEverythingElseDoes) {
  const Person nobody{"", {}};
  RunDriver run = run_in(RunStatus::kRunning);
  EXPECT_EQ(run.rule_of_refusal(BeginStep{"b#1"}, nobody), "person.missing");
  EXPECT_EQ(run.rule_of_refusal(AbortRun{"spill"}, nobody), "person.missing");
  EXPECT_EQ(run.rule_of_refusal(Tick{}, nobody), "");
  run.must(HoldRun{}, nobody);
  EXPECT_EQ(run.state.status, RunStatus::kHeld);
  EXPECT_EQ(run.rule_of_refusal(ResumeRun{"cleaned"}, nobody), "person.missing");
  EXPECT_EQ(run.rule_of_refusal(ResumeRun{"cleaned"}, kMary), "resume.role");
  run.must(ResumeRun{"cleaned"}, kInes);
  EXPECT_EQ(run.rule_of_refusal(HoldRun{}), "reason.missing");
}

TEST(RunMatrix, AbortStopsEveryStepAndGroupAndTokenAtOnce) {
  RunDriver run = run_in(RunStatus::kAborted);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kAborted);
  EXPECT_EQ(run.state.elements.at(""), "aborted");
  EXPECT_TRUE(run.state.tokens.empty());
  EXPECT_TRUE(run.open().empty());
  ASSERT_EQ(run.exceptions().size(), 1U);
  EXPECT_EQ(run.exceptions()[0].exception_class, "run_aborted");
  EXPECT_EQ(run.exceptions()[0].severity, "critical");
}

TEST(RunMatrix, ADraftOrAnIncompleteIssueNeverStarts) {
  auto mbr = std::make_shared<Mbr>(*recipe());
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

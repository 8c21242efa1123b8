// Commands around the steps that are not for this person, this time or this thing: each refusal
// states its rule, its place and what to do. Requirements A1, B2, B8, B9, B11, B14, D3, D4.
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

using Kind = ProceduralCommand;

RunDriver started(std::vector<Element> steps) {
  RunDriver run(linear(std::move(steps)));
  run.start();
  return run;
}

TEST(RefusedStart, SaysWhatIsMissing) {  // A1
  const StartRun good{"run-1", "B-1", "batch", std::string(64, 'a')};
  const auto start = [&](auto change, bool draft = false) {
    auto mbr = std::make_shared<Mbr>(*linear({step("a")}));
    mbr->draft = draft;
    RunDriver run(mbr);
    StartRun command = good;
    change(command);
    return refusal(run, command, kInes);
  };
  EXPECT_EQ(start([](StartRun& s) { s.run = "run-2"; }),
            "run.other @ : The issue is for another run. Nothing was saved. Choose the right one.");
  EXPECT_EQ(start([](StartRun&) {}, true),
            "run.draft @ : The master batch record is a draft. Nothing was started. Only an "
            "approved one can run.");
  constexpr const char* kNumber =
      "run.number @ : The batch number is missing or not readable. Nothing was started.";
  EXPECT_EQ(start([](StartRun& s) { s.number.clear(); }), kNumber);
  EXPECT_EQ(start([](StartRun& s) { s.number = "B\x01"; }), kNumber);
  EXPECT_EQ(start([](StartRun& s) { s.kind = "party"; }),
            "run.kind @ : This kind of run is not known. Nothing was started.");
  EXPECT_EQ(start([](StartRun& s) { s.issue_sha256.pop_back(); }),
            "run.issue @ : The batch was not issued: the hash of its issue is missing. Nothing was "
            "started.");
  for (const char* kind : {"batch", "cleaning", "set-up", "daily check", "rework"}) {
    EXPECT_EQ(start([&](StartRun& s) { s.kind = kind; }), "") << kind;
  }
}

TEST(RefusedControl, SaysWhatTheElementIsDoing) {  // B14
  RunDriver run = started({step("a"), step("b")});
  EXPECT_EQ(refusal(run, Control{"cellar", Kind::kHold, "why"}),
            "control.element @ cellar: There is no such operation in this procedure. Nothing was "
            "changed.");
  EXPECT_EQ(refusal(run, Control{"", Kind::kResume, "why"}, kSven),
            "run.state @ : This is running: resume is not possible now. Nothing was changed.");
  EXPECT_EQ(refusal(run, Control{"", Kind::kDone, "why"}, kSven),
            "run.state @ : This is running: done is not possible now. Nothing was changed.");
  EXPECT_EQ(refusal(run, Control{"", Kind::kStart, "why"}, kSven),
            "run.state @ : This is running: start is not possible now. Nothing was changed.");
  EXPECT_EQ(refusal(run, Control{"", Kind::kReset, "why"}, kSven),
            "control.reset @ : What was executed is part of the record and can't be reset. Repeat "
            "the step, or start another run.");
  EXPECT_EQ(refusal(run, Control{"", Kind::kStop, "why"}),
            "stop.role @ : Only supervisor or quality may stop the batch or a part of it. Nothing "
            "was saved. Call such a person.");
  EXPECT_EQ(refusal(run, Control{"", Kind::kAbort, " "}, kSven),
            "reason.missing @ : A reason is missing. Say in a few words why.");
}

// Nobody needs to type for a hold without a name; who is signed in says why.
TEST(RefusedControl, AsksWhoIsSignedInForAReasonToHold) {
  RunDriver run = started({step("a")});
  const Person nobody{"", {}};
  EXPECT_EQ(refusal(run, Control{"", Kind::kHold, ""}),
            "reason.missing @ : A reason is missing. Say in a few words why.");
  EXPECT_EQ(refusal(run, Control{"", Kind::kHold, "\x01"}, nobody).substr(0, 16),
            "text.invalid @ :");
  EXPECT_EQ(refusal(run, Control{"", Kind::kPause, "lunch"}), "");
}

TEST(RefusedOverrides, SayWhoMayAndWhen) {  // D3
  Element guarded = step("a");
  guarded.step->gates = {{.id = "door",
                          .kind = Gate::Kind::kRole,
                          .subject = "nobody",
                          .condition = {},
                          .remedy = {{"en", "Open it."}}}};
  RunDriver run = started({guarded, step("b")});
  EXPECT_EQ(refusal(run, OverrideGate{"a#1", "window", "why"}, kSven),
            "override.nothing @ a#1: There is no such gate before this step.");
  EXPECT_EQ(refusal(run, OverrideGate{"a#1", "door", "why"}, kMary),
            "override.role @ : Only supervisor or quality may override a gate. Nothing was saved. "
            "Call such a person.");
  EXPECT_EQ(
      refusal(run, ForceStep{"a#1", "why"}, kMary),
      "override.role @ : Only supervisor or quality may force a step. Nothing was saved. Call "
      "such a person.");
  EXPECT_EQ(refusal(run, OverrideGate{"a#1", "door", ""}, kSven),
            "reason.missing @ a#1: A reason is missing. Say in a few words why.");
  EXPECT_EQ(refusal(run, ForceStep{"a#1", ""}, kSven),
            "reason.missing @ a#1: A reason is missing. Say in a few words why.");
  run.must(OverrideGate{"a#1", "door", "seen"}, kSven);
  run.must(BeginStep{"a#1"}, kInes);
  EXPECT_EQ(refusal(run, OverrideGate{"a#1", "door", "why"}, kSven),
            "override.nothing @ a#1: There is no such gate before this step.");
  constexpr const char* kOwn =
      "override.same_person @ a#1: Whoever worked at the step can't override it. Nothing was "
      "saved. Call another qualified person.";
  EXPECT_EQ(refusal(run, ForceStep{"a#1", "why"}, kInes), kOwn);  // began it
  run.must(RecordEntry{"a#1", "done", "done"}, {"bo", {"supervisor"}});
  EXPECT_EQ(refusal(run, ForceStep{"a#1", "why"}, {"bo", {"supervisor"}}), kOwn);  // recorded
  run.must(ForceStep{"a#1", "why"}, kSven);
  EXPECT_EQ(refusal(run, ForceStep{"a#1", "why"}, kSven),
            "step.complete @ a#1: The step is over. There is nothing to force.");
  EXPECT_EQ(refusal(run, ForceStep{"c#1", "why"}, kSven),
            "step.unknown @ c#1: There is no such step in this procedure. Choose it on the list.");
  EXPECT_EQ(refusal(run, OverrideGate{"c#1", "door", "why"}, kSven),
            "step.unknown @ c#1: There is no such step in this procedure. Choose it on the list.");
}

TEST(RefusedOverrides, OfAHeldStepOrOneThatIsVoid) {  // D3
  Element first = step("a", {temperature("R5")});
  RunDriver run(linear({first, step("b")}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "temperature", "27"});
  EXPECT_EQ(refusal(run, ForceStep{"a#1", "why"}, kSven),
            "step.held @ a#1: An exception holds the step. Release that first.");
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(refusal(run, ForceStep{"a#1", "why"}, kSven),
            "step.complete @ a#1: The step is over. There is nothing to force.");
}

TEST(RefusedRepetitions, AreOfWhatWasNotDoneOrIsNotTheNewest) {  // B8
  constexpr const char* kNewest = "Only the newest execution of a step can be repeated.";
  RunDriver run = started({step("a"), step("b")});
  EXPECT_EQ(refusal(run, RepeatStep{"a#1", "why"}, kSven),
            fmt::format("repeat.nothing @ a#1: {}", kNewest));  // not begun
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(refusal(run, RepeatStep{"a#1", "why"}),
            "repeat.role @ : Only supervisor or quality may repeat a step. Nothing was saved. Call "
            "such a person.");
  EXPECT_EQ(refusal(run, RepeatStep{"a#1", ""}, kSven),
            "reason.missing @ a#1: A reason is missing. Say in a few words why.");
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  EXPECT_EQ(refusal(run, RepeatStep{"a#1", "why"}, kSven),
            fmt::format("repeat.nothing @ a#1: {}", kNewest));  // void
  run.work("a#2");
  EXPECT_EQ(refusal(run, RepeatStep{"a#1", "why"}, kSven),
            fmt::format("repeat.nothing @ a#1: {}", kNewest));
}

TEST(RefusedRelations, NeedAKindABatchAndForReworkQuality) {  // B11
  RunDriver run = started({step("a")});
  EXPECT_EQ(refusal(run, RelateRun{"cousin", "B-1", ""}),
            "relate.kind @ cousin: This relation between batches is not known. Nothing was saved.");
  EXPECT_EQ(refusal(run, RelateRun{"consumes", "", ""}),
            "relate.run @ : The other batch is missing. Nothing was saved.");
  EXPECT_EQ(refusal(run, RelateRun{"consumes", "B\x01", ""}),
            "relate.run @ : The other batch is missing. Nothing was saved.");
  EXPECT_EQ(refusal(run, RelateRun{"rework-of", "B-1", "why"}),
            "relate.role @ : Only quality may approve rework. Nothing was saved. Call such a "
            "person.");
  EXPECT_EQ(refusal(run, RelateRun{"rework-of", "B-1", ""}, kPetra),
            "reason.missing @ : A reason is missing. Say in a few words why.");
  for (const char* kind : {"consumes", "split", "merge", "sub-lot", "campaign position"}) {
    EXPECT_EQ(refusal(run, RelateRun{kind, "B-1", ""}), "") << kind;
  }
  EXPECT_EQ(run.bodies("run_related")[0].dump(),
            R"({"relation":"consumes","run":"B-1","detail":""})");
}

TEST(RefusedRecalls, AreKnownOverOrNotForThisPerson) {  // A1
  RunDriver run = started({step("a"), step("b")});
  EXPECT_EQ(refusal(run, DecideRecall{true, "why"}, kPetra),
            "recall.nothing @ : The master batch record was not recalled.");
  EXPECT_EQ(refusal(run, RecallRecipe{""}),
            "reason.missing @ : A reason is missing. Say in a few words why.");
  run.must(RecallRecipe{"label text is wrong"});
  EXPECT_EQ(told(run.exceptions().back()),
            "recipe_recalled: The master batch record of this run was recalled.");
  EXPECT_EQ(run.bodies("recipe_recalled")[0].at("mbr_hash"), run.state.mbr_hash);
  constexpr const char* kKnown = "recall.known @ : The run knows of the recall, or it is over.";
  EXPECT_EQ(refusal(run, RecallRecipe{"again"}), kKnown);
  EXPECT_EQ(refusal(run, DecideRecall{true, "why"}, kSven),
            "recall.role @ : Only quality may decide about a recall. Nothing was saved. Call such "
            "a person.");
  EXPECT_EQ(refusal(run, DecideRecall{true, ""}, kPetra),
            "reason.missing @ : A reason is missing. Say in a few words why.");
  run.must(DecideRecall{true, "no label yet"}, kPetra);
  EXPECT_EQ(run.state.status, RunStatus::kRunning);
  EXPECT_EQ(run.bodies("recall_decided")[0].dump(),
            R"({"decision":"go on","reason":"no label yet"})");
  run.work("a#1");
  run.work("b#1");
  EXPECT_EQ(refusal(run, RecallRecipe{"late"}), kKnown);
}

TEST(RefusedHandovers, AreNotWaitedForOrOfTheSamePerson) {  // B14
  RunDriver run = started({step("a")});
  EXPECT_EQ(refusal(run, run.take_over(kJan), kJan),
            "shift.nothing @ : Nothing was handed over. There is nothing to take over.");
  EXPECT_EQ(refusal(run, run.hand_over(" ", kMary)),
            "reason.missing @ : A reason is missing. Say in a few words why.");
  run.must(run.hand_over("stirring", kMary));
  EXPECT_EQ(refusal(run, run.hand_over("again", kJan), kJan),
            "shift.waiting @ : The batch was handed over already; somebody has to take it over "
            "first.");
  EXPECT_EQ(refusal(run, run.take_over(kMary)),
            "shift.same_person @ : Another person takes over. Nothing was saved. Call that "
            "person.");
  run.must(run.take_over(kJan), kJan);
  EXPECT_EQ(refusal(run, run.take_over(kInes), kInes),
            "shift.nothing @ : Nothing was handed over. There is nothing to take over.");
  run.must(run.hand_over("and on", kJan), kJan);
}

TEST(RefusedFacts, NameNoExceptionClassOrStep) {  // D2, D4
  RunDriver run = started({step("a"), step("b")});
  constexpr const char* kNoStep =
      "step.unknown @ c#1: There is no such step in this procedure. Choose it on the list.";
  EXPECT_EQ(refusal(run, ReportDeviation{"c#1", "noise"}), kNoStep);
  EXPECT_EQ(refusal(run, AnnotateStep{"c#1", "noise"}), kNoStep);
  EXPECT_EQ(refusal(run, AnnotateStep{"", "noise"}).substr(0, 12), "step.unknown");
  EXPECT_EQ(refusal(run, ReportFailure{"c#1", "instrument_failure", "probe"}), kNoStep);
  EXPECT_EQ(refusal(run, ReportFailure{"a#1", "conflict", "probe"}),
            "failure.class @ a#1: Only failures of devices are reported so.");
  EXPECT_EQ(refusal(run, CommentException{"none", "why"}),
            "exception.unknown @ none: There is no such exception. Choose one of the list.");
  constexpr const char* kReason =
      "reason.missing @ a#1: A reason is missing. Say in a few words why.";
  EXPECT_EQ(refusal(run, ReportDeviation{"a#1", " "}), kReason);
  EXPECT_EQ(refusal(run, AnnotateStep{"a#1", " "}), kReason);
  EXPECT_EQ(refusal(run, ReportFailure{"a#1", "instrument_failure", " "}), kReason);
  run.must(ReportDeviation{"a#1", "noise"});
  const std::string id = run.exceptions().back().id;
  EXPECT_EQ(refusal(run, CommentException{id, " "}), kReason);
  run.must(CommentException{id, "from the pump"});
  EXPECT_EQ(run.lines[run.lines.size() - 2].line.step, "a#1");
  run.must(ReportDeviation{"", "smell"});
  run.must(ReportFailure{"", "communication_failure", "cable"});
  EXPECT_EQ(told(run.exceptions().back()), "communication_failure: cable");
}

}  // namespace
}  // namespace batchwright::workflows::test

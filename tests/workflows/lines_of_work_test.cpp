// What a recorded line leaves behind in the state: every line of a step is one that its next
// signature covers; equipment, materials and exceptions are as the last line says. Requirements B8,
// B10, C3, D5.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::IsEmpty;
using Kind = ProceduralCommand;

std::shared_ptr<const Mbr> recipe(Recovery recovery = Recovery::kResume) {
  Entry code = decimal("code");
  code.may_be_not_applicable = true;
  Entry ratio = computed("ratio", "1 / {a:x}");
  Entry look = entry("look", EntryKind::kCameraCheck);
  look.camera_check = CameraCheck{};
  look.required = false;
  Entry set = entry("set", EntryKind::kCameraChallenge);
  set.camera_challenge = CameraChallenge{{"label"}, CameraChallenge::When::kEnd};
  set.required = false;
  Element first = step("a", {decimal("x"), code, ratio, look, set});
  first.step->recovery = recovery;
  auto mbr = std::make_shared<Mbr>(*linear({first, step("b")}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  return mbr;
}

RunDriver begun(Recovery recovery = Recovery::kResume) {
  RunDriver run(recipe(recovery));
  run.start();
  run.must(BeginStep{"a#1"});
  return run;
}

// Applies a line that another panel wrote; its hash.
std::string bring(RunDriver& run, const Event& event, const std::string& step = "a#1") {
  record::StoredLine stored = run.lines.back();
  static_cast<record::Draft&>(stored.line) = encode_event(event);
  stored.line.subject = {"run", run.state.run};
  stored.line.step = step;
  stored.line.actor = "jan";
  stored.line.role = "operator";
  stored.hash = sha256("line " + std::to_string(run.state.events));
  const std::size_t conflicts = run.state.conflicts.size();
  apply(run.state, stored);
  EXPECT_EQ(run.state.conflicts.size(), conflicts) << stored.line.type;
  return to_hex(stored.hash);
}

TEST(LinesOfWork, EachIsCoveredByTheNextSignatureOfItsStep) {
  RunDriver run = begun();
  const ExceptionOpened opened{"id-1", "MIX2-0001", "manual_deviation", "major", "", "", "",
                               "",     "."};
  const std::string x = "12";
  const std::vector<Event> events = {
      EntryRecorded{"x", "decimal", x, x, "", "none", "1"},
      LimitsComputed{"x", {{"action_high", "13"}}, {}, {}, ""},
      EntryComputed{"ratio", "1 / {a:x}", {}, "", "", "", "", "division by zero"},
      EntryComputed{"ratio", "1 / {a:x}", {}, "0.1", "0.1", "", "none", ""},
      EntryNotApplicable{"code", "none today"},
      ResultPending{"code", "laboratory", "", "informs", ""},
      EquipmentBound{"mixer", "MX-03", "MX200", "", ""},
      MaterialIdentified{"tris", "T-1", "TRIS"},
      SubjectStateChanged{"room", "114", "dirty"},
      opened,
      ExceptionCommented{"id-1", "steady"},
      StepReleased{"id-1", "looked"},
      StepRecovered{"resume", "as left", "0"},
      CameraChecked{"look", "label", "3", "aa", "CAM-A", "fail", "1", "", "", {}, "", {}, {}},
      CheckPutRight{"look", "turned it"},
      CameraChecked{"look", "label", "3", "aa", "CAM-A", "pass", "2", "", "", {}, "", {}, {}},
      CameraStoodIn{"look", "verified", "operator", "equipment_performs", {}, "CAM-A aa", "jan"},
      CameraChecked{"look", "label", "3", "aa", "CAM-A", "undecided", "3", "", "", {}, "", {}, {}},
      CheckDecided{"look", "label", "ok", "by eye", "undecided"},
      CameraChallenged{
          "set", "end", "label", "3", "aa", "CAM-A", "1", "1", "1", "1", "passed", "", {}},
      StepForced{"why", {}},
      StepRepeated{"why"}};
  for (const Event& event : events) {
    const std::size_t before = run.step("a#1").lines.size();
    const std::string hash = bring(run, event);
    EXPECT_EQ(run.step("a#1").lines.size(), before + 1) << encode_event(event).type;
    EXPECT_EQ(run.step("a#1").lines.back(), hash) << encode_event(event).type;
  }
}

TEST(LinesOfWork, AnEntryThatIsRecordedAppliesAgain) {
  RunDriver run = begun();
  run.must(MarkNotApplicable{"a#1", "code", "none today"});
  EXPECT_TRUE(run.step("a#1").not_applicable.contains("code"));
  run.must(RecordEntry{"a#1", "code", "5"});
  EXPECT_FALSE(run.step("a#1").not_applicable.contains("code"));
}

TEST(LinesOfWork, AComputedEntryIsExcusedUntilItIsComputedAgain) {
  RunDriver run = begun();
  run.must(RecordEntry{"a#1", "x", "0"});
  run.must(MarkNotApplicable{"a#1", "code", "none today"});
  EXPECT_EQ(run.rule_of_refusal(CompleteStep{"a#1"}), "step.entry.missing");
  const std::string error = run.exceptions().back().id;
  run.must(run.release("a#1", error, "no ratio", kSven, "supervisor"), kSven);
  EXPECT_TRUE(run.step("a#1").excused.contains("ratio"));
  run.must(CompleteStep{"a#1"});
  run.must(CorrectEntry{"a#1", "x", "4", "misread"});
  EXPECT_THAT(run.step("a#1").excused, IsEmpty());
  EXPECT_EQ(run.value("a#1", "ratio")->value, "0.2");
}

// Excused was one result, not the entry: one that can't be computed again is missing.
TEST(LinesOfWork, AStepThatLosesItsResultIsOpenAgain) {
  RunDriver run = begun();
  run.must(RecordEntry{"a#1", "x", "4"});
  run.must(MarkNotApplicable{"a#1", "code", "none today"});
  run.must(CompleteStep{"a#1"});
  run.must(CorrectEntry{"a#1", "x", "0", "misread"});
  EXPECT_EQ(run.value("a#1", "ratio"), nullptr);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_TRUE(run.step("a#1").reopened);
}

TEST(LinesOfWork, EquipmentAndLotAreTheLastOnesAndCanBeTakenBack) {
  RunDriver run = begun();
  bring(run, EquipmentBound{"mixer", "MX-03", "MX200", "", ""});
  const EquipmentBinding& bound = run.state.equipment.at("mixer");
  EXPECT_EQ(bound.equipment, "MX-03");
  EXPECT_EQ(bound.equipment_class, "MX200");
  EXPECT_EQ(bound.actor, "jan");
  EXPECT_EQ(bound.time, run.lines.back().line.time);
  bring(run, EquipmentBound{"mixer", "MX-04", "MX200", "MX-03", "motor"});
  EXPECT_EQ(run.state.equipment.at("mixer").equipment, "MX-04");
  bring(run, EquipmentBound{"mixer", "", "", "MX-04", "misread"});
  EXPECT_THAT(run.state.equipment, IsEmpty());
  bring(run, MaterialIdentified{"tris", "T-1", "TRIS"});
  EXPECT_EQ(run.state.materials.at("tris"), "T-1");
  bring(run, MaterialIdentified{"tris", "", ""});
  EXPECT_THAT(run.state.materials, IsEmpty());
}

TEST(LinesOfWork, AnInvalidatedMeasurementCountsAsOneAndItsReasonStays) {
  RunDriver run = begun();
  run.must(RecordEntry{"a#1", "x", "4"});
  const std::string old = run.value("a#1", "x")->line_hash;
  bring(run, ValueInvalidated{"x", old, "not level", {}});
  const RecordedValue& value = run.step("a#1").entries.at("x").values[0];
  EXPECT_EQ(value.invalidated, "not level");
  EXPECT_TRUE(value.superseded);
  EXPECT_EQ(run.step("a#1").remeasured.at("x"), 1);
  EXPECT_THAT(run.step("a#1").lines, ::testing::Contains(old));
}

TEST(LinesOfWork, AnExceptionKeepsEverythingItsLineSays) {
  RunDriver run = begun();
  bring(run, ExceptionOpened{"id-1", "MIX2-0009", "manual_deviation", "critical", "x", "12", "at 9",
                             "R", "Seen.", "step", "quality"});
  const ExceptionState opened = run.exceptions().back();
  EXPECT_EQ(opened.number, "MIX2-0009");
  EXPECT_EQ(opened.severity, "critical");
  EXPECT_EQ(opened.step, "a#1");
  EXPECT_EQ(opened.entry, "x");
  EXPECT_EQ(opened.value, "12");
  EXPECT_EQ(opened.limit, "at 9");
  EXPECT_EQ(opened.plan, "R");
  EXPECT_EQ(opened.message, "Seen.");
  EXPECT_EQ(opened.actor, "jan");
  EXPECT_EQ(opened.time, run.lines.back().line.time);
  EXPECT_EQ(opened.unix_ms, run.now.unix_ms);
  EXPECT_EQ(opened.blocks, "step");
  EXPECT_EQ(opened.release, "quality");
  EXPECT_EQ(run.step("a#1").held_by, "id-1");
  bring(run, ExceptionEscalated{"id-1", "minor", ""});
  EXPECT_EQ(run.exceptions().back().release, "quality");
  EXPECT_EQ(run.exceptions().back().severity, "minor");
  EXPECT_TRUE(run.exceptions().back().escalated);
}

TEST(LinesOfWork, OnlyTheExceptionThatHoldsAStepLetsItGoOn) {
  RunDriver run = begun();
  run.must(ReportFailure{"a#1", "automation_change", "phase"});
  run.must(ReportDeviation{"a#1", "noise"});
  const auto known = run.exceptions();
  ASSERT_EQ(run.step("a#1").held_by, known[0].id);
  bring(run, StepReleased{known[1].id, "seen"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kHeld);
  EXPECT_EQ(run.step("a#1").held_by, known[0].id);
  bring(run, StepReleased{known[0].id, "seen"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kRunning);
  EXPECT_EQ(run.step("a#1").held_by, "");
}

// The exception of an interruption holds only where the procedure asks for a supervisor.
TEST(LinesOfWork, AnInterruptionHoldsAStepWhoseProcedureAsksForASupervisor) {
  for (const auto recovery : {Recovery::kResume, Recovery::kRepeat, Recovery::kAskSupervisor}) {
    RunDriver run = begun(recovery);
    bring(run, ExceptionOpened{"id-1", "", "interruption", "minor", "", "", "", "", "."});
    const bool asks = recovery == Recovery::kAskSupervisor;
    EXPECT_EQ(run.step("a#1").held_by, asks ? "id-1" : "");
    EXPECT_EQ(run.step("a#1").status, asks ? StepStatus::kHeld : StepStatus::kRunning);
  }
}

// An exception about a step that isn't begun or is over stops nothing that runs.
TEST(LinesOfWork, AnExceptionHoldsOnlyAStepThatIsWorkedOn) {
  RunDriver run(recipe());
  run.start();
  const ExceptionOpened opened{"id-1", "",       "automation_change", "major", "", "", "", "", ".",
                               "step", "quality"};
  bring(run, opened);
  EXPECT_EQ(run.step("a#1").status, StepStatus::kReady);
  EXPECT_EQ(run.step("a#1").held_by, "");
}

TEST(LinesOfWork, AForcedStepThatWasNeverBegunBeginsWhenItIsForced) {
  RunDriver run(recipe());
  run.start();
  run.now.unix_ms += 5000;
  run.must(ForceStep{"a#1", "no water"}, kSven);
  EXPECT_EQ(run.step("a#1").started_time, to_text(run.now));
  EXPECT_EQ(run.step("a#1").started_unix_ms, run.now.unix_ms);
  RunDriver later = begun();
  const std::string begin = later.step("a#1").started_time;
  later.now.unix_ms += 5000;
  later.must(ForceStep{"a#1", "no water"}, kSven);
  EXPECT_EQ(later.step("a#1").started_time, begin);
}

// A correction in a forced or void step takes nobody back to it.
TEST(LinesOfWork, AForcedStepIsNotOpenedAgainByWhatItMissed) {
  RunDriver run = begun();
  run.must(RecordEntry{"a#1", "x", "4"});
  run.must(ForceStep{"a#1", "no code"}, kSven);
  run.must(CorrectEntry{"a#1", "x", "5", "misread"});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kComplete);
}

TEST(LinesOfWork, AVoidStepIsNotOpenedAgain) {
  RunDriver run = begun();
  run.must(RecordEntry{"a#1", "x", "4"});
  run.must(RecordEntry{"a#1", "code", "4"});
  run.must(CompleteStep{"a#1"});
  run.must(RepeatStep{"a#1", "spilled"}, kSven);
  bring(run, ValueInvalidated{"x", run.value("a#1", "x")->line_hash, "not level", {}});
  EXPECT_EQ(run.step("a#1").status, StepStatus::kComplete);
}

}  // namespace
}  // namespace batchwright::workflows::test

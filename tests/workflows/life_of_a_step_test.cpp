// A step's begin, end and recovery: what is refused in which words, to the millisecond, and what
// completes with it. Requirements B2, B7, B12, B13, B14, C4.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/told.h"

namespace batchwright::workflows::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = ProceduralCommand;

std::vector<std::string> texts(const std::vector<Json>& bodies) {
  std::vector<std::string> all;
  for (const Json& body : bodies) all.push_back(body.dump());
  return all;
}

TEST(LifeOfAStep, BeginsOnceInABatchThatRuns) {  // B2
  RunDriver run(linear({step("a"), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(refusal(run, BeginStep{"a#1"}, kJan),
            "step.begun @ a#1: The step was already begun by mary. Go on with it.");
  run.must(RecordEntry{"a#1", "done", "done"});
  run.must(CompleteStep{"a#1"});
  EXPECT_EQ(refusal(run, BeginStep{"a#1"}),
            "step.complete @ a#1: The step is already complete. To change a value, correct it with "
            "a reason.");
}

TEST(LifeOfAStep, BeginsInAnOperationThatRuns) {  // B14
  Element operation = group("o", Level::kOperation);
  run_in_sequence(operation, {step("a"), step("b")});
  Element procedure = group("p", Level::kProcedure);
  run_in_sequence(procedure, {operation, step("z")});
  RunDriver run(finished(procedure));
  run.start();
  run.must(Control{"o", Kind::kHold, "leak"});
  EXPECT_EQ(told(run.exceptions().back()), "element_held, o: The operation was put on hold.");
  EXPECT_THAT(run.bodies("hold_declared"), IsEmpty());  // the batch goes on
  EXPECT_EQ(refusal(run, BeginStep{"o/a#1"}),
            "step.element_state @ o/a#1: The operation of this step, or the batch, is not running. "
            "The step was not begun. Call the supervisor.");
  EXPECT_EQ(refusal(run, ForceStep{"o/a#1", "why"}, kSven),
            "step.element_state @ o/a#1: The operation of this step is not running.");
  run.must(Control{"o", Kind::kRestart, "tight"}, kSven);
  run.work("o/a#1");
  run.work("o/b#1");
  run.must(RepeatStep{"o/a#1", "sample lost"}, kSven);  // begins although the operation is complete
  run.work("o/a#2");
  run.work("z#1");
  EXPECT_EQ(run.state.status, RunStatus::kComplete);
}

TEST(LifeOfAStep, EndsWhenNothingIsMissingAndSaysWhatIs) {  // B2, C4
  RunDriver run(linear({step("a", {decimal("x"), decimal("y")}, {performed(), verified()})}));
  run.start();
  run.must(BeginStep{"a#1"});
  EXPECT_EQ(refusal(run, CompleteStep{"a#1"}),
            "step.entry.missing @ a#1:x: Still missing: Title of x, Title of y. Enter it, then "
            "complete the step.");
  run.must(RecordEntry{"a#1", "x", "1"});
  EXPECT_EQ(refusal(run, CompleteStep{"a#1"}),
            "step.entry.missing @ a#1:y: Still missing: Title of y. Enter it, then complete the "
            "step.");
  run.must(RecordEntry{"a#1", "y", "1"});
  EXPECT_EQ(refusal(run, CompleteStep{"a#1"}),
            "step.signature.missing @ a#1: Still to be signed: performed (operator), verified "
            "(operator, another person). Sign, then complete the step.");
}

// B7: a second that has begun to pass is still to be waited for.
TEST(LifeOfAStep, SaysHowManySecondsOfItsMinimumAreLeft) {
  Element stir = step("a");
  stir.step->minimum_s = 600;
  RunDriver run(linear({stir}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "done", "done"});
  const auto after = [&](std::int64_t ms) {
    RunDriver later = run;
    later.now.unix_ms += ms;
    return refusal(later, CompleteStep{"a#1"});
  };
  const auto left = [](int seconds) {
    return fmt::format("step.minimum_time @ a#1: The step needs {} s more. Wait, then complete it.",
                       seconds);
  };
  EXPECT_EQ(after(0), left(600));
  EXPECT_EQ(after(1), left(600));
  EXPECT_EQ(after(1'000), left(599));
  EXPECT_EQ(after(598'999), left(2));
  EXPECT_EQ(after(599'000), left(1));
  EXPECT_EQ(after(599'999), left(1));
  EXPECT_EQ(after(600'000), "");
  Element quick = step("a");
  quick.step->minimum_s = 1;
  RunDriver one(linear({quick}));
  one.start();
  one.must(BeginStep{"a#1"});
  one.must(RecordEntry{"a#1", "done", "done"});
  EXPECT_EQ(refusal(one, CompleteStep{"a#1"}), left(1));
}

// B12: the logbooks learn what a completed step left behind; a room is named by itself, equipment
// by what was checked in for it.
TEST(LifeOfAStep, LeavesRoomAndEquipmentAsItsEffectsSay) {
  Entry mixer = entry("mixer", EntryKind::kText);
  mixer.identifies = "mixer";
  mixer.required = false;
  Element wash = step("a", {mixer, decimal("x")}, {performed()});
  wash.step->effects = {{"mixer", "dirty"}, {"114", "dirty"}};
  auto mbr = std::make_shared<Mbr>(*linear({wash, step("b")}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  SiteFacts site;
  site.equipment["MX-03"] = {"MX200", "clean", 0, 0, ""};
  const auto washed = [&](bool checked_in) {
    RunDriver run(mbr);
    run.site = &site;
    run.start();
    run.must(BeginStep{"a#1"});
    if (checked_in) run.must(RecordEntry{"a#1", "mixer", "MX-03"});
    run.must(RecordEntry{"a#1", "x", "1"});
    run.sign("a#1", "performed", kMary);
    run.must(CompleteStep{"a#1"});
    return run;
  };
  RunDriver run = washed(true);
  const auto both = ElementsAre(R"({"kind":"equipment","id":"MX-03","state":"dirty"})",
                                R"({"kind":"room","id":"114","state":"dirty"})");
  EXPECT_THAT(texts(run.bodies("subject_state_changed")), both);
  EXPECT_THAT(texts(washed(false).bodies("subject_state_changed")),
              ElementsAre(R"({"kind":"room","id":"114","state":"dirty"})"));
  // Signed again after a correction, it did nothing a second time.
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  EXPECT_THAT(texts(run.bodies("subject_state_changed")), both);
}

TEST(LifeOfAStep, AwaitsItsLateResultsOnceFromItsFirstCompletion) {  // B13
  Entry count = decimal("count", "", 0);
  count.late = LateResult{.owner = "laboratory",
                          .due_s = 90,
                          .consequence = LateResult::Consequence::kInforms,
                          .blocks = {}};
  RunDriver run(linear({step("a", {decimal("x"), count}, {performed()}), step("b")}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.must(RecordEntry{"a#1", "x", "1"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  Instant due = run.now;
  due.unix_ms += 90'000;
  run.now.unix_ms += 10'000;
  run.must(CorrectEntry{"a#1", "x", "2", "misread"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  EXPECT_THAT(texts(run.bodies("result_pending")),
              ElementsAre(fmt::format(R"({{"entry":"count","owner":"laboratory","due":"{}",)"
                                      R"("consequence":"informs","blocks":""}})",
                                      to_text(due))));
}

RunDriver interrupted(Recovery recovery, std::int64_t gap_ms) {
  Element first = step("a", {temperature("R5")}, {performed()});
  first.step->recovery = recovery;
  RunDriver run(linear({first, step("b")}, {plan("R5", 0, true)}));
  run.start();
  run.must(BeginStep{"a#1"});
  run.now.unix_ms += gap_ms;
  return run;
}

TEST(Recovery, TellsTheGapInSecondsThatAreOver) {  // B14
  for (const auto& [gap_ms, text] : std::vector<std::pair<std::int64_t, const char*>>{
           {1'001'000, "1001 s"}, {999, "0 s"}, {1'000, "1 s"}, {0, "0 s"}, {-5'000, "0 s"}}) {
    RunDriver run = interrupted(Recovery::kResume, gap_ms);
    run.must(RecoverStep{"a#1", "stirring went on"});
    EXPECT_EQ(
        told(run.exceptions().back()),
        fmt::format("interruption at a#1, {0}: The step was interrupted; nothing was recorded "
                    "for {0}.",
                    text));
    EXPECT_EQ(run.bodies("step_recovered")[0].at("gap_ms"),
              std::to_string(std::max<std::int64_t>(0, gap_ms)));
  }
}

TEST(Recovery, IsOfAStepThatWasRunningAndSaysHowTheProcessIs) {  // B14
  RunDriver run = interrupted(Recovery::kResume, 1'000);
  EXPECT_EQ(refusal(run, RecoverStep{"a#1", " "}),
            "recover.process_state @ a#1: Say in a few words how the process is now. The step "
            "waits until then.");
  run.must(RecordEntry{"a#1", "temperature", "25"});
  run.sign("a#1", "performed", kMary);
  run.must(CompleteStep{"a#1"});
  constexpr const char* kNotRunning = "The step was not running. There is nothing to recover.";
  EXPECT_EQ(refusal(run, RecoverStep{"a#1", "as left"}),
            fmt::format("recover.not_running @ a#1: {}", kNotRunning));
  EXPECT_EQ(refusal(run, RecoverStep{"b#1", "as left"}),
            fmt::format("recover.not_running @ b#1: {}", kNotRunning));
  EXPECT_EQ(refusal(run, RecoverStep{"c#1", "as left"}).substr(0, 12), "step.unknown");
}

// A held step stays held; one that is only open for a new signature, or is itself a repetition, is
// never begun anew by a power cut.
TEST(Recovery, FollowsTheRuleOfTheRecipeAndOfTheMoment) {  // B14
  const auto rule_of = [](RunDriver& run, const char* ref) {
    run.must(RecoverStep{ref, "as left"});
    return run.bodies("step_recovered").back().at("rule").get<std::string>();
  };
  RunDriver resumed = interrupted(Recovery::kResume, 0);
  EXPECT_EQ(rule_of(resumed, "a#1"), "resume");
  RunDriver asked = interrupted(Recovery::kAskSupervisor, 0);
  EXPECT_EQ(rule_of(asked, "a#1"), "ask_supervisor");
  RunDriver again = interrupted(Recovery::kRepeat, 0);
  EXPECT_EQ(rule_of(again, "a#1"), "repeat");

  RunDriver held = interrupted(Recovery::kRepeat, 0);
  held.must(RecordEntry{"a#1", "temperature", "27"});
  EXPECT_EQ(rule_of(held, "a#1"), "stay_held");

  RunDriver opened = interrupted(Recovery::kRepeat, 0);
  opened.must(RecordEntry{"a#1", "temperature", "25"});
  opened.sign("a#1", "performed", kMary);
  opened.must(CompleteStep{"a#1"});
  RunDriver repeated = opened;
  opened.must(CorrectEntry{"a#1", "temperature", "25.1", "misread"});
  EXPECT_EQ(rule_of(opened, "a#1"), "resume");
  repeated.must(RepeatStep{"a#1", "sample lost"}, kSven);
  repeated.must(BeginStep{"a#2"});
  EXPECT_EQ(rule_of(repeated, "a#2"), "resume");
}

}  // namespace
}  // namespace batchwright::workflows::test

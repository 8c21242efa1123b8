// A gate that stops a step says why, in words a person at the panel can act on, and up to the
// millisecond when. Requirement B6, B7.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/workflows/mbr_builder.h"
#include "tests/workflows/run_driver.h"

namespace batchwright::workflows::test {
namespace {

constexpr std::int64_t kNow = 1'795'000'000'000, kHourMs = 3'600'000;
const Person kLab{"lab", {"laboratory"}};

Entry identifying(std::string id) {
  Entry made = entry(id, EntryKind::kText);
  made.identifies = std::move(id);
  made.required = false;
  return made;
}

Gate gate(Gate::Kind kind, std::string subject = {}) {
  Gate made;
  made.id = "gate";
  made.kind = kind;
  made.subject = std::move(subject);
  made.remedy = {{"en", "Do what helps."}};
  return made;
}

// "first" identifies mixer and lot, "guarded" has the gate.
std::shared_ptr<Mbr> recipe(Gate guard) {
  Entry x = decimal("x");
  x.required = false;
  Element guarded = step("guarded");
  guarded.step->gates = {std::move(guard)};
  auto mbr = std::make_shared<Mbr>(
      *linear({step("first", {identifying("mixer"), identifying("tris"), x}), guarded}));
  mbr->equipment = {{"mixer", "MX200", {{"en", "Mixer"}}}};
  mbr->materials = {{"tris", "TRIS", {{"en", "Tris"}}}};
  return mbr;
}

class GateWords : public testing::Test {
 protected:
  GateWords() {
    site.equipment["MX-03"] = {"MX200", "clean", 0, 0, ""};
    site.lots["T-1"] = {"TRIS", "released", 0};
  }

  RunDriver at_gate(const Gate& guard, bool checked_in = true) {
    RunDriver run(recipe(guard));
    run.site = &site;
    run.start();
    if (checked_in) run.work("first#1", {{"mixer", "MX-03"}, {"tris", "T-1"}, {"x", "1"}});
    if (!checked_in) run.work("first#1", std::map<std::string, std::string>{});
    return run;
  }

  // Why the gate doesn't hold for `who`, now; "" when it does.
  static std::string why(const RunDriver& run, const Person& who = kMary) {
    const auto done = decide(run.state, BeginStep{"guarded#1"}, run.context(who));
    if (done) return "";
    EXPECT_EQ(done.error().rule, "gate.gate");
    EXPECT_EQ(done.error().place, "guarded#1");
    const std::string begin = "The step can't begin: ", end = ". Do what helps.";
    const std::string& said = done.error().message;
    EXPECT_TRUE(said.starts_with(begin) && said.ends_with(end)) << said;
    return said.substr(begin.size(), said.size() - begin.size() - end.size());
  }

  SiteFacts site;
};

TEST_F(GateWords, OfARoleNameIt) {
  const RunDriver run = at_gate(gate(Gate::Kind::kRole, "supervisor"));
  EXPECT_EQ(why(run), "only a person with the role supervisor may begin it");
}

TEST_F(GateWords, OfATrainingSayWhetherItIsMissingOrOver) {
  RunDriver run = at_gate(gate(Gate::Kind::kTraining, "BUF@3"));
  EXPECT_EQ(why(run), "you hold no training on it");
  site.trainings["mary"]["OTHER"] = 0;
  EXPECT_EQ(why(run), "you don't hold the training BUF@3");
  site.trainings["mary"]["BUF@3"] = kNow;
  EXPECT_EQ(why(run), "your training BUF@3 has expired");
  site.trainings["mary"]["BUF@3"] = kNow + 1;
  EXPECT_EQ(why(run), "");
  site.trainings["mary"]["BUF@3"] = 0;  // for ever
  EXPECT_EQ(why(run), "");
  run.site = nullptr;
  EXPECT_EQ(why(run), "the trainings of people are not known on this panel");
}

TEST_F(GateWords, OfEquipmentSayWhatIsWrongWithIt) {
  RunDriver run = at_gate(gate(Gate::Kind::kEquipment, "mixer"));
  EquipmentFacts& mixer = site.equipment["MX-03"];
  EXPECT_EQ(why(run), "");
  mixer.state = "dirty";
  EXPECT_EQ(why(run), "MX-03 is dirty");
  mixer = {"MX200", "clean", 0, kNow, ""};
  EXPECT_EQ(why(run), "the calibration of MX-03 is overdue");
  mixer = {"MX200", "clean", 0, kNow + 1, "run-2"};
  EXPECT_EQ(why(run), "MX-03 is used by another run");
  mixer.allocated_to = "run-1";
  EXPECT_EQ(why(run), "");
  const SiteFacts empty;
  run.site = &empty;
  EXPECT_EQ(why(run), "MX-03 is not known");
  run.site = nullptr;
  EXPECT_EQ(why(run), "the state of equipment is not known on this panel");
}

TEST_F(GateWords, OfMaterialSayWhatIsWrongWithTheLot) {
  RunDriver run = at_gate(gate(Gate::Kind::kMaterial, "tris"));
  EXPECT_EQ(why(run), "");
  site.lots["T-1"].status = "quarantine";
  EXPECT_EQ(why(run), "lot T-1 is not released (quarantine)");
  site.lots["T-1"] = {"TRIS", "released", kNow};
  EXPECT_EQ(why(run), "lot T-1 has expired");
  site.lots["T-1"].expires_unix_ms = kNow + 1;
  EXPECT_EQ(why(run), "");
  const SiteFacts empty;
  run.site = &empty;
  EXPECT_EQ(why(run), "lot T-1 is not known");
  run.site = nullptr;
  EXPECT_EQ(why(run), "the state of materials is not known on this panel");
}

TEST_F(GateWords, SayThatNothingWasCheckedInOrIdentified) {
  EXPECT_EQ(why(at_gate(gate(Gate::Kind::kEquipment, "mixer"), false)),
            "no equipment was checked in for it");
  EXPECT_EQ(why(at_gate(gate(Gate::Kind::kMaterial, "tris"), false)),
            "no usable lot was identified for it");
}

TEST_F(GateWords, OfARoomSayWhatIsWrongWithIt) {
  Gate room = gate(Gate::Kind::kRoom, "114");
  room.maximum_s = 72 * 3600;
  RunDriver run = at_gate(room);
  EXPECT_EQ(why(run), "room 114 is not known");
  site.rooms["114"] = {"dirty", kNow, ""};
  EXPECT_EQ(why(run), "room 114 is not clean");
  site.rooms["114"] = {"clean", kNow, "run-2"};
  EXPECT_EQ(why(run), "another run is active in room 114");
  site.rooms["114"] = {"clean", 0, "run-1"};
  EXPECT_EQ(why(run), "it is not known when room 114 was cleaned");
  site.rooms["114"] = {"clean", kNow - 75 * kHourMs, ""};
  EXPECT_EQ(why(run), "room 114 was cleaned 75 h ago");
  site.rooms["114"] = {"clean", kNow - 72 * kHourMs, ""};
  EXPECT_EQ(why(run), "");
  run.clock_uncertainty_ms = 1;
  EXPECT_EQ(why(run), "room 114 was cleaned 72 h ago");
  run.site = nullptr;
  EXPECT_EQ(why(run), "the state of rooms is not known on this panel");
}

TEST_F(GateWords, ARoomWithoutATimeLimitMayHaveBeenCleanedAtAnyTime) {
  Gate room = gate(Gate::Kind::kRoom, "114");
  site.rooms["114"] = {"clean", 0, ""};
  EXPECT_EQ(why(at_gate(room)), "");
  room.maximum_s = 1;  // the shortest there is
  EXPECT_EQ(why(at_gate(room)), "it is not known when room 114 was cleaned");
}

TEST_F(GateWords, OfATimeWindowSayHowLongToWaitOrHowLateItIs) {
  Gate window = gate(Gate::Kind::kTimeWindow, "first");
  window.minimum_s = 60;
  window.maximum_s = 120;
  RunDriver run = at_gate(window);
  EXPECT_EQ(why(run), "60 s must pass first");
  run.now.unix_ms += 1;  // 59.999 s are left: whole seconds, never too few
  EXPECT_EQ(why(run), "60 s must pass first");
  run.now.unix_ms += 999;
  EXPECT_EQ(why(run), "59 s must pass first");
  run.now.unix_ms += 58'999;
  EXPECT_EQ(why(run), "1 s must pass first");
  run.now.unix_ms += 1;
  EXPECT_EQ(why(run), "");
  run.now.unix_ms += 60'000;
  EXPECT_EQ(why(run), "");
  run.now.unix_ms += 1;
  EXPECT_EQ(why(run), "more than 120 s have passed");
}

TEST_F(GateWords, AWindowCanHaveAnEndAloneOrABeginningAlone) {
  Gate late = gate(Gate::Kind::kTimeWindow, "first"), early = late;
  late.maximum_s = 1;
  early.minimum_s = 1;
  RunDriver ends = at_gate(late), begins = at_gate(early);
  EXPECT_EQ(why(ends), "");
  ends.clock_uncertainty_ms = 1000;  // nothing has to pass, however little it was
  EXPECT_EQ(why(ends), "");
  ends.clock_uncertainty_ms = 0;
  EXPECT_EQ(why(begins), "1 s must pass first");
  for (RunDriver* run : {&ends, &begins}) run->now.unix_ms += 1001;
  EXPECT_EQ(why(ends), "more than 1 s have passed");
  EXPECT_EQ(why(begins), "");
}

// B7: the shortest time that can have passed counts for the beginning, the longest for the end.
TEST_F(GateWords, AnUncertainClockMakesAWindowNarrower) {
  Gate window = gate(Gate::Kind::kTimeWindow, "first");
  window.minimum_s = 60;
  window.maximum_s = 120;
  RunDriver run = at_gate(window);
  run.clock_uncertainty_ms = 500;
  run.now.unix_ms += 60'499;
  EXPECT_EQ(why(run), "1 s must pass first");
  run.now.unix_ms += 1;
  EXPECT_EQ(why(run), "");
  run.now.unix_ms += 59'001;
  EXPECT_EQ(why(run), "more than 120 s have passed");
}

TEST_F(GateWords, OfAnEarlierStepNameIt) {
  const RunDriver run = at_gate(gate(Gate::Kind::kStep, "guarded"));
  EXPECT_EQ(why(run), "guarded is not complete");
  EXPECT_EQ(why(at_gate(gate(Gate::Kind::kTimeWindow, "guarded"))), "guarded is not complete");
  EXPECT_EQ(why(at_gate(gate(Gate::Kind::kStep, "first"))), "");
}

TEST_F(GateWords, AStepThatWasOpenedAgainIsNotComplete) {
  RunDriver run(recipe(gate(Gate::Kind::kStep, "first")));
  auto mbr = std::make_shared<Mbr>(*run.mbr);
  mbr->procedure.children[0].step->signatures = {performed()};
  run = RunDriver(mbr);
  run.site = &site;
  run.start();
  run.must(BeginStep{"first#1"});
  run.must(RecordEntry{"first#1", "x", "1"});
  run.sign("first#1", "performed", kMary);
  run.must(CompleteStep{"first#1"});
  EXPECT_EQ(why(run), "");
  run.must(CorrectEntry{"first#1", "x", "2", "misread"});
  EXPECT_EQ(why(run), "first is not complete");
}

TEST_F(GateWords, OfAConditionQuoteItOrSayWhyItCantBeJudged) {
  Gate condition = gate(Gate::Kind::kCondition);
  condition.condition = expr("{first:x} = 2");
  EXPECT_EQ(why(at_gate(condition)),
            "the condition " + condition.condition->text() + " is not met");
  condition.condition = expr("{first:x} = 1");
  EXPECT_EQ(why(at_gate(condition)), "");
  EXPECT_NE(why(at_gate(condition, false)), "");  // no value yet is no pass
  condition.condition = expr("{first:x} / 0 = 1");
  EXPECT_FALSE(why(at_gate(condition)).contains("is not met"));
  EXPECT_NE(why(at_gate(condition)), "");
}

}  // namespace
}  // namespace batchwright::workflows::test

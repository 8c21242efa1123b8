// Whatever people and cameras try in whatever order: no fail is passed over, no step is complete
// without a pass or two persons, and every record folds to the state that made it. Requirements E3,
// E8, E11.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/workflows/amounts.h"
#include "tests/workflows/camera_recipe.h"

namespace batchwright::workflows::test {
namespace {

using When = CameraChallenge::When;

std::shared_ptr<const Mbr> recipe() {
  SignatureRule second = verified();
  second.camera = CameraStandIn{"look", StandInMode::kEquipmentPerforms};
  Entry look = camera_check("look");
  look.camera_check->fills = {{"lot", "lot"}};
  Entry lot = entry("lot", EntryKind::kText);
  lot.captured_by = "camera";
  Entry optional = camera_check("look");
  optional.required = false;
  optional.may_be_not_applicable = true;
  auto mbr = std::make_shared<Mbr>(
      *linear({step("start", {camera_challenge("set", When::kStart)}),
               step("a", {look, lot}, {performed(), second}), step("b", {optional, acknowledge()}),
               step("end", {camera_challenge("set", When::kEnd)})}));
  mbr->markets = {"US"};
  return mbr;
}

class RandomCameras {
 public:
  explicit RandomCameras(std::uint64_t seed) : run_(recipe()), random_(seed) {
    site_.camera_policy["US"] = {{"equipment_performs"}, {}};
    run_.site = &site_;
    run_.hash_when_signing = false;
    run_.start();
  }

  // Counts in `seen` what happened, by type of line.
  void play(int commands, std::map<std::string, int>& seen) {
    for (int i = 0; i < commands && !::testing::Test::HasFailure(); ++i) {
      const auto open = run_.open();
      if (open.empty()) break;
      const std::size_t before = run_.lines.size();
      const StepState now = run_.step(open.front());
      act(open.front());
      check_commit(before, open.front(), now);
    }
    for (const record::StoredLine& line : run_.lines) ++seen[line.line.type];
    check_end();
  }

 private:
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
  const Person& who() { return pick(2) == 0 ? kMary : kJan; }

  void act(const std::string& at) {
    static const std::vector<std::string> verdicts = {"pass", "pass", "fail", "undecided",
                                                      "not_performed"};
    RecordCheck look = said(verdicts[pick(verdicts.size())], at);
    look.readings = {{"lot", pick(2) == 0 ? "T-1" : "T-2"}};
    const StepState& step = run_.step(at);
    switch (pick(13)) {
      case 0: (void)run_.execute(BeginStep{at}, who()); break;
      case 1:
      case 2: (void)run_.execute(look, who()); break;
      case 3: (void)run_.execute(PutRight{at, "look", "turned it"}, who()); break;
      case 4:
        (void)run_.execute(DecideCheck{at, "look", pick(3) == 0 ? "not_ok" : "ok", "by eye"},
                           who());
        break;
      case 5:
        (void)run_.execute(challenged(at, "set", pick(8) == 0 ? 2 : 3, pick(8) == 0 ? 1 : 2),
                           who());
        break;
      case 6:
        (void)run_.execute(RecordEntry{at, "lot", "T-1", {}, pick(4) == 0 ? "" : "camera:CAM-A"},
                           who());
        break;
      case 7:
        (void)run_.execute(pick(2) == 0 ? Command(RecordEntry{at, "done", "done"})
                                        : Command(MarkNotApplicable{at, "look", "none today"}),
                           who());
        break;
      case 8: sign(at); break;
      case 9: (void)run_.execute(ConfirmCheckWorked{at, "look"}, who()); break;
      case 10: (void)run_.execute(CompleteStep{at}, who()); break;
      case 11:
        if (pick(3) == 0) (void)run_.execute(InvalidateValue{at, "look", "wrong bag", ""}, who());
        break;
      default:
        if (!step.held_by.empty()) {
          (void)run_.execute(run_.release(at, step.held_by, "seen", kSven, "supervisor"), kSven);
        }
    }
  }

  void sign(const std::string& at) {
    const auto ref = step_ref_from_text(at).value();
    const auto missing = needs(run_.state, ref, run_.now, &site_).missing_signatures;
    if (missing.empty()) return;
    const Person& person = who();
    (void)run_.execute(run_.sign_command(run_.statement(at, missing.front().meaning, person)),
                       person);
  }

  // What one command may and may not have done, from the lines alone.
  void check_commit(std::size_t before, const std::string& at, const StepState& now) {
    const auto check = now.checks.find("look");
    const bool stood = check != now.checks.end() && check->second.fail_stands;
    for (std::size_t i = before; i < run_.lines.size(); ++i) {
      const record::Line& line = run_.lines[i].line;
      if (line.type == "camera_checked" || line.type == "check_decided") {
        EXPECT_FALSE(stood) << "a fail stood and was not put right";
        const std::string said =
            line.body.value(line.type == "camera_checked" ? "verdict" : "decision", "");
        if (said == "fail" || said == "not_ok") {
          EXPECT_EQ(run_.lines[i + 1].line.body.value("class", ""), "camera_check_failed");
        }
      }
      if (line.type == "camera_stood_in") {
        EXPECT_TRUE(check != now.checks.end() && !check->second.failed);
      }
      if (line.type == "step_completed") check_complete(at);
    }
    EXPECT_TRUE(run_.state.conflicts.empty()) << run_.state.conflicts.front();
  }

  // Of the lines of this execution: its newest word is a pass, or people's with a second person.
  void check_complete(const std::string& at) {
    const StepState& step = run_.step(at);
    const auto check = step.checks.find("look");
    if (check == step.checks.end()) return;
    EXPECT_FALSE(check->second.fail_stands) << at;
    const RecordedValue* value = run_.value(at, "look");
    if (check->second.failed) {
      ASSERT_NE(value, nullptr) << at << " failed and nothing passed";
    }
    if (value == nullptr) return;
    if (value->value == "pass") {
      EXPECT_EQ(check->second.newest()->verdict, "pass");
      return;
    }
    const bool second = std::ranges::any_of(step.signatures, [&](const SignatureState& made) {
      return made.voided_by.empty() && made.meaning == "verified" && made.signer != value->actor;
    });
    EXPECT_TRUE(second) << at << " was decided by one person";
  }

  void check_end() {
    EXPECT_EQ(state_text(replay(run_.mbr, "run-1", run_.lines)), state_text(run_.state));
  }

  SiteFacts site_;
  RunDriver run_;
  std::mt19937_64 random_;
};

TEST(RandomCameraOrders, PassOverNoFail) {
  std::map<std::string, int> seen;
  const auto runs = amount("BATCHWRIGHT_CAMERAS", 60);
  for (std::uint64_t seed = 1; seed <= runs && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomCameras(seed).play(250, seen);
  }
  if (runs < 60) return;  // few runs need not see everything
  for (const char* type :
       {"check_put_right", "check_decided", "camera_stood_in", "step_released", "camera_challenged",
        "value_invalidated", "entry_not_applicable", "run_state_changed"}) {
    EXPECT_GT(seen[type], 0) << type << " never happened: the runs prove less than they say";
  }
}

}  // namespace
}  // namespace batchwright::workflows::test

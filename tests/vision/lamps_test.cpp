// Lamps: every code, the check's file, and the short form of the proof over thirty lights.
#include <gtest/gtest.h>

#include <cstdio>

#include "vision/challenge/gauge_campaign.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision {
namespace {

using namespace challenge;

constexpr std::uint64_t kSeed = 20'261'124;

// Red, green, yellow and blue lenses; the first and the third are lit.
LampCase panel() {
  LampCase truth;
  truth.seed = kSeed;
  truth.lens = {0, 1, 2, 3};
  truth.states = {2, 2, 2, 2};
  truth.shown = {1, 0, 1, 0};
  truth.expected = truth.shown;
  return truth;
}

CheckResult judged(const Check& check, const Frame& frame) {
  settle_engine();
  auto engine = CheckEngine::prepare(check);
  EXPECT_TRUE(engine.has_value());
  return engine ? engine->judge(frame, {}, ManualClock({})) : CheckResult{};
}

// Requirements E1, E3.
TEST(Lamps, AllInTheirStatesPass) {
  const auto scene = draw_lamps(panel());
  const auto result = judged(scene.check, scene.frame);
  EXPECT_EQ(result.verdict, Verdict::kPass);
  for (const auto& region : result.regions) EXPECT_EQ(region.code, "ok");
  EXPECT_TRUE(result.readings.empty());
}

TEST(Lamps, OneInAnotherStateFailsAndIsNamed) {
  auto truth = panel();
  truth.expected[3] = 1;
  const auto scene = draw_lamps(truth);
  const auto result = judged(scene.check, scene.frame);
  EXPECT_EQ(result.verdict, Verdict::kFail);
  ASSERT_EQ(result.regions.size(), 4u);
  EXPECT_EQ(result.regions[3].code, "other_state");
  EXPECT_EQ(result.regions[3].seen, "state-0");
  EXPECT_EQ(result.regions[3].expected, "state-1");
  EXPECT_EQ(result.regions[0].code, "ok");
}

TEST(Lamps, WithoutAnExpectedStateItIsAReading) {
  auto scene = draw_lamps(panel());
  std::get<LampsCheck>(scene.check.rule).lamps[0].expected.clear();
  const auto result = judged(scene.check, scene.frame);
  EXPECT_EQ(result.readings,
            (std::vector<std::pair<std::string, std::string>>{{"lamp-0", "state-1"}}));
}

TEST(Lamps, StatesThatLookAlikeAreTooCloseToCall) {
  auto scene = draw_lamps(panel());
  auto& states = std::get<LampsCheck>(scene.check.rule).lamps[0].states;
  states.push_back({"the-same", states[1].reference, true});
  const auto result = judged(scene.check, scene.frame);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(result.regions.at(0).code, "too_close_to_call");
}

TEST(Lamps, AReferenceOfAnotherSizeIsRefused) {
  auto scene = draw_lamps(panel());
  scene.check.regions[1].box.width += 2;
  EXPECT_FALSE(CheckEngine::prepare(scene.check).has_value());
}

TEST(Lamps, ItsFileIsReadAsItIsWrittenAndNonsenseIsRefused) {
  const auto check = draw_lamps(panel()).check;
  const auto text = file_of(check);
  const auto reading = check_from_json(text);
  ASSERT_TRUE(reading.check.has_value());
  EXPECT_EQ(file_of(*reading.check), text);
  auto all_lit = check;
  for (auto& state : std::get<LampsCheck>(all_lit.rule).lamps[0].states) state.lit = true;
  ASSERT_EQ(check_from_json(file_of(all_lit)).findings.size(), 1u);
  EXPECT_EQ(check_from_json(file_of(all_lit)).findings[0].place, "rule.lamps[0].states");
  auto unknown = check;
  std::get<LampsCheck>(unknown.rule).lamps[2].expected = "purple";
  ASSERT_EQ(check_from_json(file_of(unknown)).findings.size(), 1u);
  EXPECT_EQ(check_from_json(file_of(unknown)).findings[0].place, "rule.lamps[2].expected");
}

TEST(Lamps, UnderThirtyLightsNoneInAnotherStatePasses) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(kSeed));
  settle_engine();
  std::vector<Json> outcomes;
  constexpr int kScenes = 120;
  for (int i = 0; i < kScenes; ++i) outcomes.push_back(lamp_outcome(kSeed, i));
  const auto n = count_lamps(outcomes);
  std::printf("%d of %d right ones passed, %d failed; of %d others %d passed, %d failed\n",
              n.right_passed, n.right, n.right_failed, n.other, n.other_passed, n.other_failed);
  EXPECT_EQ(n.other_passed, 0);
  EXPECT_EQ(n.right_failed, 0);
  EXPECT_EQ(n.lit_or_not_wrong, 0);
  EXPECT_GE(n.right_passed * 100, n.right * 85);
}

}  // namespace
}  // namespace batchwright::vision

// Requirement E3 and E8: a threshold is derived from good and bad samples only when they don't
// overlap, with an estimate of errors that isn't flattered by being made from the same samples.
#include "vision/teach.h"

#include <gtest/gtest.h>

#include "base/binomial_bounds.h"
#include "base/time.h"
#include "vision/challenge/dice.h"
#include "vision/challenge/kit_scene.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision {
namespace {

std::vector<SampleScore> samples(const std::string& kind, std::initializer_list<double> scores) {
  std::vector<SampleScore> made;
  for (const double score : scores)
    made.push_back({kind + std::to_string(made.size() + 1), "slot-a", score, false});
  return made;
}

std::vector<std::string> places(const Findings& findings, std::string_view code) {
  std::vector<std::string> found;
  for (const auto& finding : findings)
    if (finding.code == code) found.push_back(finding.place);
  return found;
}

TEST(Teach, TheThresholdLiesMidwayBetweenTheWorstGoodAndTheBestBad) {
  const auto reading =
      teach_threshold(samples("good", {0.95, 0.90, 0.91}), samples("bad", {0.3, 0.48, 0.5}));
  ASSERT_TRUE(reading.teaching);
  EXPECT_DOUBLE_EQ(reading.teaching->threshold, 0.7);
  EXPECT_EQ(reading.teaching->good_lowest, 0.90);
  EXPECT_EQ(reading.teaching->bad_highest, 0.5);
  EXPECT_EQ(reading.teaching->false_rejects, 0);
  EXPECT_DOUBLE_EQ(reading.teaching->false_reject_upper, upper_bound_of_rate(0, 3));
}

TEST(Teach, EverySampleOnTheWrongSideOfAnotherIsNamed) {
  const auto reading =
      teach_threshold(samples("good", {0.9, 0.4, 0.8}), samples("bad", {0.3, 0.5, 0.41}));
  EXPECT_FALSE(reading.teaching);
  EXPECT_EQ(places(reading.findings, "teach.overlap"),
            (std::vector<std::string>{"good2", "bad2", "bad3"}));
  EXPECT_NE(reading.findings[0].message.find("0.4000"), std::string::npos);
}

TEST(Teach, TooNarrowAGapIsRefusedWithBothScores) {
  const auto reading = teach_threshold(samples("good", {0.51}), samples("bad", {0.50}));
  EXPECT_FALSE(reading.teaching);
  ASSERT_EQ(places(reading.findings, "teach.gap").size(), 1u);
  EXPECT_TRUE(teach_threshold(samples("good", {0.53}), samples("bad", {0.50})).teaching);
}

TEST(Teach, WithoutSamplesOfOneKindNothingIsTaught) {
  EXPECT_EQ(places(teach_threshold({}, samples("bad", {0.1})).findings, "teach.samples"),
            std::vector<std::string>{"good"});
  EXPECT_EQ(places(teach_threshold({}, {}).findings, "teach.samples").size(), 2u);
  auto bad = samples("bad", {0.9});
  bad[0].fails_otherwise = true;
  EXPECT_EQ(places(teach_threshold(samples("good", {0.9}), bad).findings, "teach.samples"),
            std::vector<std::string>{"bad"})
      << "what fails by another rule shows no threshold";
}

TEST(Teach, AGoodSampleThatFailsByAnotherRuleIsRefused) {
  auto good = samples("good", {0.9, 0.95});
  good[1].fails_otherwise = true;
  const auto reading = teach_threshold(good, samples("bad", {0.1}));
  EXPECT_FALSE(reading.teaching);
  EXPECT_EQ(places(reading.findings, "teach.good_fails"), std::vector<std::string>{"good2"});
}

TEST(Teach, ASampleThatAloneHoldsTheThresholdCountsAsAnErrorInTheEstimate) {
  // Without the third good one the threshold would be 0.7 and would reject it.
  const auto reading = teach_threshold(samples("good", {0.9, 0.92, 0.6}), samples("bad", {0.5}));
  ASSERT_TRUE(reading.teaching);
  EXPECT_EQ(reading.teaching->false_rejects, 1);
  EXPECT_EQ(reading.teaching->false_accepts, 1) << "one bad sample alone proves nothing";
  EXPECT_DOUBLE_EQ(reading.teaching->false_reject_upper, upper_bound_of_rate(1, 3));
}

// Leaving each sample out in turn, word for word.
int rejected_when_left_out(const std::vector<SampleScore>& good,
                           const std::vector<SampleScore>& bad) {
  double bad_highest = 0;
  for (const auto& one : bad) bad_highest = std::max(bad_highest, one.score);
  int errors = 0;
  for (std::size_t left = 0; left < good.size(); ++left) {
    double lowest = 2;
    for (std::size_t i = 0; i < good.size(); ++i)
      if (i != left) lowest = std::min(lowest, good[i].score);
    if (good.size() < 2 || good[left].score < (lowest + bad_highest) / 2) ++errors;
  }
  return errors;
}

TEST(Teach, TheEstimateIsThatOfLeavingEverySampleOutInTurn) {
  constexpr std::uint64_t kSeed = 20'261'122;
  RecordProperty("seed", std::to_string(kSeed));
  challenge::Dice dice(kSeed);
  int taught = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<SampleScore> good, bad;
    for (int i = dice.whole(1, 8); i > 0; --i)
      good.push_back({"g" + std::to_string(i), "a", dice.between(0.55, 1), false});
    for (int i = dice.whole(1, 8); i > 0; --i)
      bad.push_back({"b" + std::to_string(i), "a", dice.between(0, 0.53), false});
    const auto reading = teach_threshold(good, bad);
    if (!reading.teaching) continue;
    ++taught;
    EXPECT_EQ(reading.teaching->false_rejects, rejected_when_left_out(good, bad)) << round;
    for (const auto& one : good) EXPECT_GE(one.score, reading.teaching->threshold);
    for (const auto& one : bad) EXPECT_LT(one.score, reading.teaching->threshold);
  }
  EXPECT_EQ(taught, 500);
}

TEST(Teach, HowManySamplesAreMissingIsSaid) {
  EXPECT_EQ(samples_missing(0, 0, 0.01), 299);
  EXPECT_EQ(samples_missing(0, 30, 0.01), 269);
  EXPECT_EQ(samples_missing(0, 30, 0.001), 2'965);
  EXPECT_EQ(samples_missing(0, 400, 0.01), 0);
  EXPECT_GT(samples_missing(1, 30, 0.01), 269);
}

TEST(Teach, AScoreIsTheLowestOfTheRegionsJudgedByTheThreshold) {
  CheckResult result;
  result.verdict = Verdict::kFail;
  result.quality.good = true;
  result.regions = {{"tags", Verdict::kPass, "ok", "", "", 0.1, 0.05, {}},
                    {"slot-a", Verdict::kPass, "ok", "", "", 0.9, 0.8, {}},
                    {"slot-b", Verdict::kFail, "missing", "", "", 0.4, 0.8, {}}};
  const auto score = score_of("one.png", result, 0.8);
  EXPECT_EQ(score, (SampleScore{"one.png", "slot-b", 0.4, false}));
  result.regions.push_back({"slot-c", Verdict::kFail, "turned", "", "", 0.95, 0.8, {}});
  EXPECT_TRUE(score_of("one.png", result, 0.8)->fails_otherwise);
  EXPECT_FALSE(score_of("one.png", result, 0.7)) << "no region was judged by this threshold";
  result.quality.good = false;
  EXPECT_FALSE(score_of("one.png", result, 0.8)) << "a poor picture teaches nothing";
}

class DraftTest : public ::testing::Test {
 protected:
  DraftTest() {
    draft_.id = "drawn";
    draft_.version = "1";
    draft_.title = {{"en", "Drawn by touch"}};
    draft_.camera = "CAM-A";
    draft_.taught = Taught{"2026-11-22", 5, 5, 0.5, 0.5};
    LabelCheck rule;
    rule.required = {"lot"};
    draft_.rule = rule;
  }
  Check draft_;
};

TEST_F(DraftTest, ARegionIsAddedThenMovedThenTakenAway) {
  const auto added = with_region(draft_, {"slot-a", {{"en", "Slot A"}}, {10, 20, 30, 40}});
  ASSERT_TRUE(added.check) << added.findings[0].place << ": " << added.findings[0].message;
  EXPECT_EQ(added.check->regions.size(), 1u);
  EXPECT_FALSE(added.check->taught) << "what was taught was taught of something else";
  const auto moved = with_region(*added.check, {"slot-a", {{"en", "Slot A"}}, {11, 20, 30, 40}});
  ASSERT_TRUE(moved.check);
  EXPECT_EQ(moved.check->regions.size(), 1u);
  EXPECT_EQ(moved.check->regions[0].box.x, 11);
  EXPECT_NE(moved.check->sha256_hex, added.check->sha256_hex);
  ASSERT_TRUE(without_region(*moved.check, "slot-a").check);
  EXPECT_TRUE(without_region(*moved.check, "slot-a").check->regions.empty());
}

TEST_F(DraftTest, ADraftThatWouldBeNoCheckIsRefusedWithThePlace) {
  const auto region = with_region(draft_, {"Slot A", {{"en", "Slot A"}}, {0, 0, 0, 5}});
  EXPECT_FALSE(region.check);
  EXPECT_GE(region.findings.size(), 2u) << "the id and the width";
  EXPECT_FALSE(with_reference(draft_, {"empty", ""}).check);
  EXPECT_TRUE(with_reference(draft_, {"empty", "some bytes"}).check)
      << "whether it is a picture is the engine's to say";
}

TEST_F(DraftTest, ALabelHasNoThresholdToTeach) {
  EXPECT_EQ(threshold_of(draft_).error().code, ErrorCode::kUnsupported);
  EXPECT_FALSE(with_teaching(draft_, {}, "2026-11-22").check);
}

TEST_F(DraftTest, WhatWasTaughtIsWrittenIntoTheCheck) {
  draft_.rule = GaugeCheck{};
  EXPECT_EQ(threshold_of(draft_).value(), GaugeCheck{}.margin_min);
  draft_.rule = LayoutCheck{};
  EXPECT_EQ(threshold_of(draft_).value(), LayoutCheck{}.score_min);
  Teaching teaching;
  teaching.threshold = 0.4375;
  teaching.good = 40;
  const auto taught = with_teaching(draft_, teaching, "2026-11-22");
  // A draft without parts may be refused, but never written without its threshold.
  ASSERT_TRUE(taught.check || has_errors(taught.findings));
  if (!taught.check) return;
  EXPECT_EQ(threshold_of(*taught.check).value(), 0.4375);
  EXPECT_EQ(taught.check->taught->good, 40);
}

// Pictures of the filter assembly, judged by `check`.
class TaughtKit : public ::testing::Test {
 protected:
  static CheckResult judged(const Check& check, challenge::KitCase kind, std::uint64_t seed) {
    challenge::Dice dice(seed);
    const auto scene = challenge::kit_scene(challenge::filter_kit(), kind, dice);
    return CheckEngine::prepare(check)->judge(scene.frame, {}, SystemClock());
  }
  static std::vector<SampleScore> scores(const Check& check, challenge::KitCase kind,
                                         std::uint64_t first_seed) {
    std::vector<SampleScore> found;
    for (std::uint64_t seed = first_seed; seed < first_seed + 3; ++seed)
      if (auto score = score_of(std::to_string(seed), judged(check, kind, seed),
                                threshold_of(check).value()))
        found.push_back(std::move(*score));
    return found;
  }
};

TEST_F(TaughtKit, AThresholdFromSamplesJudgesPicturesThatItNeverSaw) {
  settle_engine();
  challenge::Dice dice(4711);
  const auto draft = challenge::teach(challenge::filter_kit(), dice);
  ASSERT_TRUE(draft) << draft.error().message;
  const auto good = scores(*draft, challenge::KitCase::kGood, 100),
             bad = scores(*draft, challenge::KitCase::kMissing, 200);
  const auto reading = teach_threshold(good, bad);
  ASSERT_TRUE(reading.teaching) << reading.findings.at(0).place << reading.findings.at(0).message;
  const auto taught = with_teaching(*draft, *reading.teaching, "2026-11-22");
  ASSERT_TRUE(taught.check) << taught.findings.at(0).place << taught.findings.at(0).message;
  EXPECT_EQ(threshold_of(*taught.check).value(), reading.teaching->threshold);
  EXPECT_EQ(taught.check->taught->good, 3);
  EXPECT_EQ(judged(*taught.check, challenge::KitCase::kGood, 300).verdict, Verdict::kPass);
  EXPECT_EQ(judged(*taught.check, challenge::KitCase::kMissing, 301).verdict, Verdict::kFail);
}

}  // namespace
}  // namespace batchwright::vision

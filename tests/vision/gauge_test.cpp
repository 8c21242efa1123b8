// Dials: every code, the check's file, and the short form of the proof.
#include <gtest/gtest.h>

#include <cstdio>

#include "vision/challenge/gauge_campaign.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision {
namespace {

using namespace challenge;

constexpr std::uint64_t kSeed = 20'261'123;

// A dial by even light, the needle at a share of its scale.
GaugeScene pointing(int dial, double share, GaugeTrouble trouble = GaugeTrouble::kNone) {
  const auto look = dial_number(dial);
  GaugeCase truth;
  truth.seed = kSeed;
  truth.dial = dial;
  truth.trouble = trouble;
  truth.deg = look.low_deg + share * (look.high_deg - look.low_deg);
  truth.value = share * look.high;
  return draw_gauge(truth);
}

CheckResult judged(const Check& check, const Frame& frame) {
  settle_engine();
  auto engine = CheckEngine::prepare(check);
  EXPECT_TRUE(engine.has_value());
  return engine ? engine->judge(frame, {}, ManualClock({})) : CheckResult{};
}
CheckResult judged(const GaugeScene& scene) {
  return judged(scene.check, scene.frame);
}

void expect_silent(const CheckResult& result, const std::string& code) {
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_TRUE(result.readings.empty());
  ASSERT_EQ(result.regions.size(), 1u);
  EXPECT_EQ(result.regions[0].code, code);
}

// Requirement E1.
TEST(Gauge, TheNeedleIsReadWithTheDecimalsOfTheCheck) {
  for (const int dial : {0, 1, 2})
    for (const double share : {0.0, 0.31, 0.5, 0.98}) {
      const auto scene = pointing(dial, share);
      const auto result = judged(scene);
      EXPECT_EQ(result.verdict, Verdict::kPass) << dial << " " << share;
      ASSERT_EQ(result.readings.size(), 1u);
      const auto& text = result.readings[0].second;
      const auto look = dial_number(dial);
      EXPECT_NEAR(std::stod(text), scene.truth.value,
                  0.02 * look.high + 0.5 * std::pow(10.0, -look.decimals));
      const auto point = text.find('.');
      EXPECT_EQ(point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1),
                look.decimals);
    }
}

TEST(Gauge, ADialWithoutItsNeedleIsNoReading) {
  for (const int dial : {0, 1, 2}) {
    auto scene = pointing(dial, 0.4, GaugeTrouble::kNoNeedle);
    const auto result = judged(scene);
    EXPECT_EQ(result.verdict, Verdict::kUndecided);
    EXPECT_TRUE(result.readings.empty());
  }
}

TEST(Gauge, ANeedleBeyondTheMarksIsOffTheScale) {
  for (const int dial : {0, 1, 2}) {
    expect_silent(judged(pointing(dial, -0.06, GaugeTrouble::kOffScale)), "off_scale");
    expect_silent(judged(pointing(dial, 1.06, GaugeTrouble::kOffScale)), "off_scale");
  }
}

TEST(Gauge, ANeedleThatMovesIsNoReading) {
  for (const int dial : {0, 1, 2})
    EXPECT_TRUE(judged(pointing(dial, 0.5, GaugeTrouble::kMoving)).readings.empty());
}

TEST(Gauge, ItsFileIsReadAsItIsWrittenAndNonsenseIsRefused) {
  const auto text = file_of(pointing(0, 0.5).check);
  const auto reading = check_from_json(text);
  ASSERT_TRUE(reading.check.has_value());
  EXPECT_EQ(file_of(*reading.check), text);
  const auto refused = [&](const std::string& part, const std::string& instead) {
    auto other = text;
    const auto at = other.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    const auto findings = check_from_json(other.replace(at, part.size(), instead)).findings;
    return findings.empty() ? std::string() : findings[0].place;
  };
  EXPECT_EQ(refused(R"("needle":"dark")", R"("needle":"green")"), "rule.needle");
  EXPECT_EQ(refused(R"("low":"0")", R"("low":"a")"), "rule.low");
  EXPECT_EQ(refused(R"("needle_to":0.7)", R"("needle_to":0.3)"), "rule.needle_to");
  EXPECT_EQ(refused(R"("centre_x":320.0)", R"("centre_x":20)"), "rule.region");
}

TEST(Gauge, OfReadingsGivenNinetyNineOfAHundredAreRight) {
  std::printf("seed %llu\n", static_cast<unsigned long long>(kSeed));
  settle_engine();
  std::vector<Json> outcomes;
  constexpr int kScenes = 90;
  for (int i = 0; i < kScenes; ++i) outcomes.push_back(gauge_outcome(kSeed, i));
  const auto n = count_gauges(outcomes);
  std::printf("%d of %d read, %d wrong of %d; %d of %d silent ones read\n", n.readable_read,
              n.readable, n.read_wrong, n.read, n.silent_read, n.silent);
  EXPECT_GE(n.readable_read * 100, n.readable * 75);
  EXPECT_EQ(n.read_wrong, 0);
  EXPECT_EQ(n.silent_read, 0);
}

}  // namespace
}  // namespace batchwright::vision

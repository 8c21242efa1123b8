// Requirement E9 on rendered clips: the right order passes, every other one fails and names the
// actions, idle and covered frames change nothing. All 720 orders, plain and disturbed, are played
// by `vision-campaign sequences --cases 1440`; here are the right order and some others.
#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>

#include "vision/challenge/demo_objects.h"
#include "vision/challenge/sequence_cases.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision {
namespace {

using namespace challenge;

constexpr std::uint64_t kSeed = 20'261'122;

void expect_right(int number) {
  SCOPED_TRACE("seed " + std::to_string(kSeed) + ", case " + std::to_string(number));
  const auto one = sequence_case(kSeed, number);
  const auto result = play(one, kSeed, number);
  EXPECT_TRUE(is_right(one, result)) << truth_of(one) << "\n" << canonical_text(result);
}

TEST(SequenceClips, TheRightOrderPasses) {
  for (const int round : {0, 1, 2, 3}) expect_right(round * kSequenceOrders);
}

TEST(SequenceClips, AnotherOrderFailsAndNamesTheActionThatCameAndTheDueOne) {
  Dice dice(kSeed);
  for (int i = 0; i < 60; ++i) expect_right(dice.whole(1, kSequenceOrders - 1));
}

TEST(SequenceClips, IdleAndCoveredFramesBetweenChangeNothing) {
  Dice dice(kSeed + 1);
  for (int i = 0; i < 40; ++i) expect_right(kSequenceOrders + dice.whole(1, kSequenceOrders - 1));
}

// The shipped recipe's clamps: the check, and clips of them swapped and in their order.
const DemoCheck& demo() {
  static const DemoCheck made = demo_sequence();
  return made;
}

const std::string& clamps_file() {
  static const std::string file = file_of(demo().check);
  return file;
}

CheckEngine clamps() {
  auto reading = check_from_json(clamps_file());
  EXPECT_TRUE(reading.findings.empty());
  return CheckEngine::prepare(std::move(*reading.check)).value();
}

TEST(SequenceClips, SwappedClampsAreNamed) {
  auto engine = clamps();
  const SystemClock clock;
  CheckResult result;
  for (const auto& frame : demo().story.at(0).frames) {
    result = engine.judge(frame, {}, clock);
    if (result.verdict != Verdict::kUndecided) break;
  }
  ASSERT_EQ(result.verdict, Verdict::kFail) << canonical_text(result);
  EXPECT_EQ(result.regions[0].code, "ok");
  EXPECT_EQ(result.regions[1].code, "pending");
  EXPECT_EQ(result.regions[3].code, "out_of_order");
  EXPECT_EQ(result.regions[3].seen, "open-outlet");
  EXPECT_EQ(result.regions[3].expected, "open-feed");
}

// What is settled in a result, action by action.
std::string settled(const CheckResult& result) {
  std::string all;
  for (const auto& region : result.regions)
    all += region.code == "ok" || region.verdict == Verdict::kFail ? region.code + " " : ". ";
  return all;
}

// Requirement E5: the frames at which something was settled, each shown as a still picture, give
// the same verdict again, bit for bit.
TEST(SequenceClips, TheClampsInTheirOrderPassAndTheSettlingFramesAloneGiveTheSameBits) {
  auto engine = clamps();
  const SystemClock clock;
  std::vector<Frame> settling;
  CheckResult result;
  const auto& frames = demo().story.at(1).frames;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto before = settled(result);
    result = engine.judge(frames[i], {}, clock);
    // The third frame is settling, too: it shows where everything begins.
    if (i == 2 || settled(result) != before) settling.push_back(frames[i]);
    if (result.verdict != Verdict::kUndecided) break;
  }
  ASSERT_EQ(result.verdict, Verdict::kPass) << canonical_text(result);
  EXPECT_EQ(result.regions.size(), 4u);
  engine.restart();
  CheckResult again;
  for (const auto& frame : settling)
    for (int i = 0; i < 3; ++i) again = engine.judge(frame, {}, clock);
  EXPECT_EQ(canonical_text(again), canonical_text(result));
}

TEST(SequenceRule, ReferencesThatAreNotAsTheyMustBeAreRefused) {
  auto check = *check_from_json(clamps_file()).check;
  auto alike = check;
  alike.references[3].png = alike.references[0].png;  // vent open looks as vent closed
  EXPECT_FALSE(CheckEngine::prepare(alike).has_value());
  auto larger = check;
  larger.regions[0].box.width += 1;
  EXPECT_FALSE(CheckEngine::prepare(larger).has_value());
  auto damaged = check;
  damaged.references[0].png.resize(20);
  EXPECT_FALSE(CheckEngine::prepare(damaged).has_value());
}

TEST(SequenceRule, TheFileIsReadAsItIsWritten) {
  const auto& text = clamps_file();
  const auto reading = check_from_json(text);
  ASSERT_TRUE(reading.check.has_value());
  EXPECT_EQ(file_of(*reading.check), text);
}

TEST(SequenceRule, EveryWrongPartOfTheFileIsFound) {
  const auto findings_of = [](const std::string& path, const Json& value) {
    auto json = parse_json(clamps_file()).value();
    json[Json::json_pointer(path)] = value;
    return check_from_json(to_text(json)).findings.size();
  };
  EXPECT_EQ(findings_of("/rule/actions/0/region", "nowhere"), 1u);
  EXPECT_EQ(findings_of("/rule/actions/1/after", "no-picture"), 1u);
  EXPECT_EQ(findings_of("/rule/actions/1/after", "feed-closed"), 1u) << "nothing changes";
  EXPECT_EQ(findings_of("/rule/actions/2/before", "feed-open"), 1u)
      << "not what the vent's last action left";
  EXPECT_EQ(findings_of("/rule/actions/1/id", "open-vent"), 1u) << "an id twice";
  EXPECT_EQ(findings_of("/rule/actions", Json::array()), 1u);
  EXPECT_EQ(findings_of("/rule/stable_frames", 1), 1u);
  EXPECT_EQ(findings_of("/rule/more", 1), 1u);
}

}  // namespace
}  // namespace batchwright::vision

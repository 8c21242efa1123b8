// Requirements E1, E3, E6: each way a kit can be wrong has its code, and only a kit that is right
// passes.
#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "base/time.h"
#include "tests/vision/filter_kit.h"
#include "vision/challenge/demo_objects.h"
#include "vision/challenge/kit_scene.h"
#include "vision/challenge/station_campaigns.h"
#include "vision/challenge/station_view.h"
#include "vision/engine/check_engine.h"
#include "vision/engine/internal/assignment.h"
#include "vision/engine/teach_station.h"

namespace batchwright::vision {
namespace {

using namespace challenge;

TEST_F(FilterKit, InOrderPassesWithEveryRegionAndTheTagsListed) {
  const auto result = judged(KitCase::kGood, "filter");
  EXPECT_EQ(result.verdict, Verdict::kPass) << canonical_text(result);
  ASSERT_EQ(result.regions.size(), 6U);
  EXPECT_EQ(result.regions[0].region, "tubing");
  EXPECT_EQ(result.regions[4].seen, "bag");
  EXPECT_EQ(result.regions[5].region, "tags");
  EXPECT_EQ(result.regions[5].seen, "20 21 22 23");
}

// The level of the right third of the taught empty station, as a share of the left third's.
double right_to_left(const Check& check) {
  const auto* reference = check.reference("empty");
  const cv::Mat empty =
      cv::imdecode(std::vector<std::uint8_t>(reference->png.begin(), reference->png.end()),
                   cv::IMREAD_GRAYSCALE);
  const int third = empty.cols / 3;
  return cv::mean(empty.colRange(2 * third, empty.cols))[0] / cv::mean(empty.colRange(0, third))[0];
}

TEST(TeachingAStation, AShadowOverTheFirstPictureIsNotTaughtAsTheBoards) {
  settle_engine();
  const auto kit = filter_kit();
  Check draft;
  draft.id = "empty-board";
  draft.station = kit.station;
  draft.rule = LayoutCheck{};
  const auto taught = [&](double depth) {
    Dice dice(20'261'122);
    std::vector<Frame> empty;
    for (int i = 0; i < 5; ++i) {
      auto shot = Shot::any(dice, kit.board);
      shot.camera.exposure_ev = -0.5;
      shot.slope = {};
      shot.shadow_depth = i == 0 ? depth : 0;
      shot.shadow_at = 0;
      shot.shadow_deg = 0;
      empty.push_back(frame_of(take(kit.board, shot, dice)));
    }
    const auto check = teach_layout(draft, empty, {});
    EXPECT_TRUE(check) << check.error().message;
    return check ? right_to_left(*check) : 0;
  };
  EXPECT_NEAR(taught(0.35), taught(0), 0.02);
}

TEST_F(FilterKit, AFilterTurnedRoundFailsAsTurned) {
  const auto result = judged(KitCase::kTurned, "filter");
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(region(result, "filter").code, "turned");
  EXPECT_EQ(region(result, "filter").seen, "180");
  EXPECT_EQ(region(result, "gauge").code, "ok");
}

TEST_F(FilterKit, WhatIsMissingIsNamed) {
  const auto result = judged(KitCase::kMissing, "bag-2");
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(region(result, "bag-2").code, "missing");
  EXPECT_EQ(region(result, "bag-2").expected, "bag");
}

TEST_F(FilterKit, ASwappedPartSaysWhatLiesThere) {
  const auto result = judged(KitCase::kSwapped, "gauge");
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_NE(region(result, "gauge").code, "ok");
}

// How often it is a fail and how often too close to call is counted by `vision-campaign kits`.
TEST_F(FilterKit, AnotherColourIsNeverAPass) {
  const auto result = judged(KitCase::kWrongColour, "filter");
  EXPECT_NE(region(result, "filter").verdict, Verdict::kPass) << canonical_text(result);
}

// The kit, the print of its second bag in another ink.
Kit kit_with_ink(const cv::Scalar& bgr) {
  auto kit = filter_kit();
  auto bag = bag_style();
  for (auto& mark : bag.marks)
    if (mark.form == Mark::Form::kText) mark.bgr = bgr;
  kit.slots.back().style = kit.styles.size();
  kit.styles.push_back(bag);
  return kit;
}

// Between black strokes and white paper a shift allows every grey.
TEST_F(FilterKit, ThinPrintInAnotherInkIsNeverAPass) {
  for (const auto& ink : {cv::Scalar(70, 140, 58), cv::Scalar(130, 60, 120), cv::Scalar::all(160)})
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      Dice dice(seed);
      const auto scene = kit_scene(kit_with_ink(ink), KitCase::kGood, dice);
      const auto result = judged(*check_, scene.frame);
      EXPECT_NE(region(result, "bag-2").verdict, Verdict::kPass) << canonical_text(result);
      EXPECT_EQ(region(result, "bag-1").verdict, Verdict::kPass) << canonical_text(result);
    }
}

// A part that stands high may be out of focus where the picture as a whole is sharp.
TEST_F(FilterKit, APartOutOfFocusIsNotAnotherPart) {
  Dice dice(90210);
  const auto frame = kit_scene(filter_kit(), KitCase::kGood, dice).frame;
  const auto sharp = region(judged(*check_, frame), "bag-1");
  ASSERT_EQ(sharp.verdict, Verdict::kPass);
  const auto corners = sharp.corners;
  std::vector<cv::Point> outline;
  for (const auto& corner : corners) outline.emplace_back(corner.x, corner.y);
  for (const double blur_px : {1.0, 2.0, 3.0}) {
    auto blunt = frame;
    const cv::Mat picture(blunt.height, blunt.width, CV_8UC3, blunt.bytes.data(), blunt.stride);
    cv::Mat part = picture(cv::boundingRect(outline) & cv::Rect({0, 0}, picture.size()));
    cv::GaussianBlur(part.clone(), part, {}, blur_px);
    const auto result = judged(*check_, blunt);
    EXPECT_EQ(region(result, "bag-1").verdict, blur_px < 2 ? Verdict::kPass : Verdict::kUndecided)
        << blur_px << canonical_text(result);
  }
}

// What one of eight references lacks is not the part's: good ones are refused, and the trainer
// sees that something is wrong.
TEST_F(FilterKit, AReferenceThatLacksAPieceIsNoticed) {
  Check mistaken = *check_;
  const auto picture_of = [](const Reference& reference) {
    return cv::imdecode(std::vector<std::uint8_t>(reference.png.begin(), reference.png.end()),
                        cv::IMREAD_COLOR);
  };
  const auto& part = std::get<LayoutCheck>(mistaken.rule).parts.back();
  ASSERT_EQ(part.id, "bag");
  ASSERT_GE(part.references.size(), 8U);
  const auto& box = mistaken.region(part.taught_in)->box;
  const auto reference = std::ranges::find(mistaken.references, part.references[3], &Reference::id);
  ASSERT_NE(reference, mistaken.references.end());
  cv::Mat without = picture_of(*reference);
  const cv::Mat empty =
      picture_of(*mistaken.reference("empty"))(cv::Rect(box.x, box.y, box.width, box.height));
  const cv::Rect ports(0, 0, 22, without.rows);
  empty(ports).copyTo(without(ports));
  std::vector<std::uint8_t> png;
  cv::imencode(".png", without, png);
  reference->png.assign(png.begin(), png.end());
  Dice dice(90210);
  const auto result = judged(mistaken, kit_scene(filter_kit(), KitCase::kGood, dice).frame);
  EXPECT_NE(region(result, "bag-1").verdict, Verdict::kPass) << canonical_text(result);
}

// Eight pieces are laid a little to either side: the first of them is not the place.
TEST_F(FilterKit, ThePlaceIsTheMiddleOfWhatWasTaught) {
  Check first = *check_;
  std::get<LayoutCheck>(first.rule).position_max_mm = 0.1;  // so that it says how far
  Check other = first;
  for (auto& part : std::get<LayoutCheck>(other.rule).parts)
    std::ranges::rotate(part.references, part.references.begin() + 3);
  const auto away_of = [](const CheckResult& result, const char* slot) {
    const auto& seen = region(result, slot).seen;
    EXPECT_NE(seen.find(" mm"), std::string::npos) << canonical_text(result);
    return std::stod(seen);
  };
  Dice dice(90210);
  const auto frame = kit_scene_with(filter_kit(), KitCase::kGood, "gauge", dice).frame;
  const auto one = judged(first, frame), two = judged(other, frame);
  for (const char* slot : {"gauge", "filter", "tubing"})
    EXPECT_NEAR(away_of(one, slot), away_of(two, slot), 0.7) << slot;
}

TEST_F(FilterKit, APartMovedTooFarFails) {
  const auto result = judged(KitCase::kMoved, "gauge");
  EXPECT_EQ(result.verdict, Verdict::kFail) << canonical_text(result);
}

TEST_F(FilterKit, AHandOverAPartIsNeverAPass) {
  for (const auto* slot : {"filter", "bag-1"})
    EXPECT_NE(judged(KitCase::kHand, slot).verdict, Verdict::kPass);
}

TEST_F(FilterKit, AScoreBelowAHighLimitIsUndecidedNotRoundedUp) {
  Check strict = *check_;
  std::get<LayoutCheck>(strict.rule).score_min = 0.999;
  Dice dice(90210);
  const auto result = judged(strict, kit_scene(filter_kit(), KitCase::kGood, dice).frame);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(region(result, "filter").code, "too_close_to_call");
}

TEST_F(FilterKit, TheSameFrameGivesTheSameBitsWhateverWasJudgedBefore) {
  Dice one(1), other(2);
  const auto first = kit_scene(filter_kit(), KitCase::kMissing, one).frame;
  const auto second = kit_scene(filter_kit(), KitCase::kGood, other).frame;
  auto engine = CheckEngine::prepare(*check_);
  ASSERT_TRUE(engine);
  const auto before = canonical_text(engine->judge(second, {}, SystemClock()));
  (void)engine->judge(first, {}, SystemClock());
  EXPECT_EQ(canonical_text(engine->judge(second, {}, SystemClock())), before);
}

TEST_F(FilterKit, ACheckThatCantTellItsPartsApartIsRefused) {
  Check twins = *check_;
  auto& rule = std::get<LayoutCheck>(twins.rule);
  rule.parts.push_back(rule.parts[2]);
  rule.parts.back().id = "filter-again";
  const auto engine = CheckEngine::prepare(twins);
  ASSERT_FALSE(engine);
  EXPECT_EQ(engine.error().code, ErrorCode::kMalformed);
}

TEST_F(FilterKit, AReferenceOfAnotherSizeIsRefused) {
  Check check = *check_;
  check.regions[0].box.width -= 2;
  EXPECT_FALSE(CheckEngine::prepare(check));
}

TEST_F(FilterKit, ItsFileIsReadAsWritten) {
  const auto text = file_of(*check_);
  const auto reading = check_from_json(text);
  ASSERT_TRUE(reading.check) << reading.findings.front().message;
  EXPECT_EQ(file_of(*reading.check), text);
}

TEST(Layout, TheDemosFilterIsAcceptedAndReversedRefused) {
  settle_engine();
  const auto demo = demo_layout();
  ASSERT_TRUE(demo) << demo.error().message;
  auto engine = CheckEngine::prepare(demo->check);
  ASSERT_TRUE(engine);
  ASSERT_EQ(demo->story[0].id, "filter-reversed");
  const auto reversed = engine->judge(demo->story[0].frames[0], {}, SystemClock());
  const auto good = engine->judge(demo->story[1].frames[0], {}, SystemClock());
  EXPECT_EQ(good.verdict, Verdict::kPass);
  EXPECT_EQ(reversed.verdict, Verdict::kFail);
  EXPECT_EQ(reversed.regions[2].code, "turned");
}

// The long form is `vision-campaign kits`.
TEST(Layout, SixtyScenesAreJudgedRightly) {
  settle_engine();
  constexpr std::uint64_t kSeed = 616161;
  int rejected = 0;
  for (int i = 0; i < 7 * static_cast<int>(kKitCases.size()); ++i) {
    const auto judged = judge_kit_case(kSeed, i);
    if (judged.kind == KitCase::kGood)
      rejected += judged.result.verdict == Verdict::kPass ? 0 : 1;
    else
      EXPECT_NE(judged.result.verdict, Verdict::kPass)
          << to_string(judged.kind) << ", seed " << kSeed << ", case " << i;
  }
  EXPECT_LE(rejected, 1) << "of 7 good kits, seed " << kSeed;
}

// Found by long runs: pale print at another place of a bag in dim light, which a bag out of focus
// looks like; parts of another colour, taught in dim light, whose bands and print are the right
// ones.
TEST(Layout, WhatOncePassedWronglyDoesNot) {
  settle_engine();
  for (const auto& [number, verdict] :
       {std::pair(5, Verdict::kUndecided), {285, Verdict::kFail}, {330, Verdict::kFail}}) {
    const auto judged = judge_kit_case(5, number);
    EXPECT_EQ(judged.result.verdict, verdict) << number;
    const auto slot = std::ranges::find(judged.result.regions, judged.slot, &RegionResult::region);
    ASSERT_NE(slot, judged.result.regions.end());
    EXPECT_EQ(slot->verdict, verdict) << number << ' ' << judged.slot;
  }
}

// Found by long runs: a part that ends where its picture was cut; one hardly lighter than its
// board in one of eight references; a film bag with the edge of a shadow over it; so much light
// that white parts burn out, and a white part with a yellow band; a dark part in the slot beside; a
// part on the other side than in the first reference.
TEST(Layout, WhatOnceWasRefusedPasses) {
  settle_engine();
  for (const auto& [seed, number] : {std::pair(20'261'203, 11250),
                                     {20'261'203, 16650},
                                     {20'261'203, 17883},
                                     {20'261'208, 9054},
                                     {20'261'208, 4608},
                                     {20'261'208, 24237},
                                     {20'261'208, 14328}}) {
    const auto judged = judge_kit_case(static_cast<std::uint64_t>(seed), number);
    EXPECT_EQ(judged.result.verdict, Verdict::kPass)
        << seed << ' ' << number << ' ' << canonical_text(judged.result);
  }
}

TEST(Assignment, IsTheBestOfAllOrders) {
  Dice dice(33);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::vector<double>> score(5, std::vector<double>(5));
    for (auto& row : score)
      for (auto& value : row) value = dice.share();
    std::vector<std::size_t> order{0, 1, 2, 3, 4};
    double best = 0;
    do best = std::max(best, sum_of(score, order));
    while (std::ranges::next_permutation(order).found);
    EXPECT_NEAR(sum_of(score, best_assignment(score)), best, 1e-9) << "seed 33, round " << round;
  }
}

TEST(Assignment, TheMarginIsWhatTheNextBestOrderLoses) {
  const std::vector<std::vector<double>> score{{0.9, 0.2}, {0.3, 0.8}};
  EXPECT_NEAR(margin_without(score, 0, {0}), 1.7 - 0.5, 1e-9);
}

}  // namespace
}  // namespace batchwright::vision

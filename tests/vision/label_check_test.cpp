// Requirements E2, E7: a label check compares what was read with what this batch's object must say,
// and only another text fails.
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "vision/challenge/label_scene.h"
#include "vision/challenge/zint_encoder.h"
#include "vision/engine/check_engine.h"

namespace batchwright::vision {
namespace {

using challenge::encode;
using challenge::Encoding;

constexpr const char* kLabel = "[01]09521234543213[17]271231[10]L2041";
const ExpectedValues kExpected{{"gtin", "09521234543213"}, {"lot", "L2041"}, {"expiry", "271231"}};

// A sheet with symbols side by side, five pixels a module.
Frame sheet(const std::vector<std::pair<Encoding, const char*>>& symbols, int gap_px = 200) {
  cv::Mat grey(720, 1280, CV_8U, cv::Scalar(225));
  grey.rowRange(480, 720).setTo(60);  // the table that it lies on
  int x = 120;
  for (const auto& [encoding, text] : symbols) {
    cv::Mat large;
    cv::resize(*encode(encoding, text), large, {}, 5, 5, cv::INTER_NEAREST);
    cv::max(large, 30, large);
    cv::min(large, 225, large);
    large.copyTo(grey(cv::Rect({x, 200}, large.size())));
    x += large.cols + gap_px;
  }
  cv::GaussianBlur(grey, grey, {}, 0.8);
  Frame frame{PixelFormat::kGrey, grey.cols, grey.rows, static_cast<std::size_t>(grey.cols), {}};
  frame.bytes.assign(grey.data, grey.data + grey.total());
  return frame;
}

Frame one_label(const char* text = kLabel) {
  return sheet({{{Symbology::kDataMatrix, true}, text}});
}

CheckResult judge(const LabelCheck& rule, const Frame& frame, const ExpectedValues& expected,
                  double module_px_min = 0) {
  Check check;
  check.rule = rule;
  check.quality.module_px_min = module_px_min;
  check.regions.push_back({"left", {{"en", "Left"}}, {0, 0, 340, 720}});
  auto engine = CheckEngine::prepare(std::move(check));
  return engine->judge(frame, expected, ManualClock({}));
}

std::string code_of(const CheckResult& result) {
  return result.regions.empty() ? "" : result.regions.front().code;
}

std::string code_of(const CheckResult& result, const char* region) {
  for (const auto& one : result.regions)
    if (one.region == region) return one.code;
  return "";
}

TEST(LabelCheckRule, PassesWhenEveryExpectedValueIsOnTheLabelAndGivesThemAsReadings) {
  const auto result = judge({}, one_label(), kExpected);
  EXPECT_EQ(result.verdict, Verdict::kPass);
  ASSERT_EQ(result.regions.size(), 3U);
  for (const auto& region : result.regions) EXPECT_EQ(region.code, "ok") << region.region;
  EXPECT_EQ(result.readings,
            ExpectedValues({{"gtin", "09521234543213"}, {"lot", "L2041"}, {"expiry", "271231"}}));
}

TEST(LabelCheckRule, OneOtherDigitFailsAndNamesTheValue) {
  auto expected = kExpected;
  expected[1].second = "L2042";
  const auto result = judge({}, one_label(), expected);
  EXPECT_EQ(result.verdict, Verdict::kFail);
  EXPECT_EQ(code_of(result, "lot"), "other_text");
  EXPECT_EQ(code_of(result, "gtin"), "ok");
  EXPECT_EQ(code_of(result, "expiry"), "ok");
}

TEST(LabelCheckRule, AShortGtinIsComparedAsFourteenDigits) {
  EXPECT_EQ(judge({}, one_label(), {{"gtin", "9521234543213"}}).verdict, Verdict::kPass);
}

TEST(LabelCheckRule, ARequiredValueThatTheLabelDoesNotSayIsUndecided) {
  LabelCheck rule;
  rule.required = {"serial"};
  const auto result = judge(rule, one_label(), kExpected);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(code_of(result, "serial"), "incomplete");
}

TEST(LabelCheckRule, ARequiredValueThatNobodyExpectsIsReadForItsEntry) {
  LabelCheck rule;
  rule.required = {"lot"};
  const auto result = judge(rule, one_label(), {});
  EXPECT_EQ(result.verdict, Verdict::kPass);
  EXPECT_EQ(code_of(result, "lot"), "ok");
}

TEST(LabelCheckRule, NothingReadIsUndecidedWithAdvice) {
  const auto result = judge({}, challenge::render_empty_table(7, 1), kExpected);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(code_of(result), "missing");
  EXPECT_NE(result.quality.advice, Advice::kNone);
  EXPECT_TRUE(result.readings.empty());
}

TEST(LabelCheckRule, ADarkFrameIsUndecidedWithTheAdviceToBringLight) {
  auto scene = challenge::label_scene(7, 1, challenge::Gate::kDark);
  scene.camera.exposure_ev = -5;
  const auto result = judge({}, challenge::render(scene, 0).frame, scene.expected);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(result.quality.advice, Advice::kMoreLight);
}

TEST(LabelCheckRule, ATextThatIsNotGs1IsUndecided) {
  const auto result = judge({}, sheet({{{Symbology::kQr, false}, "BW-L2041-ROOM-4"}}), kExpected);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(code_of(result), "not_gs1");
}

TEST(LabelCheckRule, ASymbolBesideTheLabelThatIsNotGs1IsPassedOver) {
  const auto frame = sheet(
      {{{Symbology::kQr, false}, "BW-L2041-ROOM-4"}, {{Symbology::kDataMatrix, true}, kLabel}});
  EXPECT_EQ(judge({}, frame, kExpected).verdict, Verdict::kPass);
}

TEST(LabelCheckRule, TwoLabelsThatSayDifferentThingsAreUndecidedThoughOneIsRight) {
  const auto frame =
      sheet({{{Symbology::kDataMatrix, true}, kLabel},
             {{Symbology::kDataMatrix, true}, "[01]09521234543213[17]271231[10]L2042"}});
  const auto result = judge({}, frame, kExpected);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(code_of(result), "ambiguous");
  EXPECT_TRUE(result.readings.empty());
}

TEST(LabelCheckRule, SymbolsOfOneLabelCompleteEachOther) {
  const auto frame = sheet({{{Symbology::kDataMatrix, true}, "[01]09521234543213"},
                            {{Symbology::kDataMatrix, true}, "[17]271231[10]L2041"}},
                           60);
  const auto result = judge({}, frame, kExpected);
  EXPECT_EQ(result.verdict, Verdict::kPass);
  EXPECT_EQ(result.readings.size(), 3U);
}

TEST(LabelCheckRule, TheLotOfAnotherPackageNeverCompletesALabel) {
  const auto frame = sheet({{{Symbology::kDataMatrix, true}, "[01]09521234543213"},
                            {{Symbology::kDataMatrix, true}, "[17]271231[10]L2041"}},
                           400);
  const auto result = judge({}, frame, kExpected);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(code_of(result), "ambiguous");
  EXPECT_TRUE(result.readings.empty());
}

TEST(LabelCheckRule, TheSameLabelOnSeveralPackagesIsNoContradiction) {
  const auto frame = sheet(
      {{{Symbology::kDataMatrix, true}, kLabel}, {{Symbology::kDataMatrix, true}, kLabel}}, 400);
  EXPECT_EQ(judge({}, frame, kExpected).verdict, Verdict::kPass);
}

TEST(LabelCheckRule, OnlyTheRegionIsLookedAt) {
  LabelCheck rule;
  rule.region = "left";
  const auto frame =
      sheet({{{Symbology::kDataMatrix, true}, kLabel},
             {{Symbology::kDataMatrix, true}, "[01]09521234543213[17]271231[10]L2042"}});
  EXPECT_EQ(judge(rule, frame, kExpected).verdict, Verdict::kPass);
}

TEST(LabelCheckRule, ModulesSmallerThanTheCheckDemandsAreUndecidedWithTheAdviceToGoCloser) {
  const auto result = judge({}, one_label(), kExpected, 8);
  EXPECT_EQ(result.verdict, Verdict::kUndecided);
  EXPECT_EQ(code_of(result), "unreadable");
  EXPECT_EQ(result.quality.advice, Advice::kCloser);
  EXPECT_NEAR(result.quality.module_px.value_or(0), 5, 0.3);
}

TEST(LabelCheckRule, AnUnknownExpectedValueIsNeverTakenForCompared) {
  EXPECT_EQ(code_of(judge({}, one_label(), {{"colour", "blue"}})), "not_expected");
  const auto nothing = judge({}, one_label(), {});
  EXPECT_EQ(nothing.verdict, Verdict::kUndecided);
  EXPECT_EQ(code_of(nothing), "not_expected");
}

TEST(LabelCheckRule, APlainTextIsComparedWhole) {
  LabelCheck rule;
  rule.plain_text = true;
  const auto frame = sheet({{{Symbology::kQr, false}, "BW-L2041-ROOM-4"}});
  EXPECT_EQ(judge(rule, frame, {{"text", "BW-L2041-ROOM-4"}}).verdict, Verdict::kPass);
  EXPECT_EQ(judge(rule, frame, {{"text", "BW-L2041-ROOM-5"}}).verdict, Verdict::kFail);
}

TEST(LabelCheckRule, SymbologiesThatAreNotAskedForAreNotRead) {
  LabelCheck rule;
  rule.symbologies = {Symbology::kQr};
  EXPECT_EQ(code_of(judge(rule, one_label(), kExpected)), "missing");
}

}  // namespace
}  // namespace batchwright::vision

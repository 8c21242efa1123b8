// Requirement E7: a picture too poor to judge says so, and what would help; a good one passes.
#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>
#include <random>

#include "vision/engine/measure_quality.h"
#include "vision/engine/read_label.h"

namespace batchwright::vision {
namespace {

Frame frame_of(const cv::Mat& grey) {
  return {PixelFormat::kGrey, grey.cols, grey.rows, static_cast<std::size_t>(grey.cols),
          std::vector<std::uint8_t>(grey.data, grey.data + grey.total())};
}

// Paper of level 170 with print of level 50 on it, and a little noise.
cv::Mat label() {
  cv::Mat grey(480, 640, CV_8U, cv::Scalar(170));
  for (int line = 0; line < 12; ++line)
    cv::putText(grey, "LOT 4711 EXP 2027-10 STORE COOL", {20, 50 + 34 * line},
                cv::FONT_HERSHEY_SIMPLEX, 0.9, cv::Scalar(50), 2);
  std::mt19937 random(4711);
  std::normal_distribution<double> noise(0, 3);
  for (auto& pixel : cv::Mat_<std::uint8_t>(grey))
    pixel = cv::saturate_cast<std::uint8_t>(pixel + noise(random));
  return grey;
}

Advice advice_of(const cv::Mat& grey) {
  const auto quality = measure_quality(frame_of(grey));
  EXPECT_EQ(quality.good, quality.advice == Advice::kNone);
  return quality.advice;
}

TEST(Quality, AGoodPictureHasNoAdvice) {
  EXPECT_EQ(advice_of(label()), Advice::kNone);
}

TEST(Quality, BlurAsksToHoldStill) {
  cv::Mat blurred;
  cv::GaussianBlur(label(), blurred, {}, 9);
  EXPECT_EQ(advice_of(blurred), Advice::kHoldStill);
  cv::GaussianBlur(label(), blurred, {}, 1);
  EXPECT_EQ(advice_of(blurred), Advice::kNone) << "a little softness is no blur";
}

TEST(Quality, SharpnessDoesNotHangOnContrast) {
  const cv::Mat pale = label() * 0.5 + 60;
  EXPECT_NEAR(measure_quality(frame_of(pale)).sharpness,
              measure_quality(frame_of(label())).sharpness, 0.06);
}

TEST(Quality, TooDarkTooBrightEmptyAndShiningAreToldApart) {
  const cv::Mat grey = label();
  EXPECT_EQ(advice_of(grey * 0.02), Advice::kMoreLight);
  EXPECT_EQ(advice_of(grey * 0.05 + 250), Advice::kLessLight);
  EXPECT_EQ(advice_of(cv::Mat(480, 640, CV_8U, cv::Scalar(128))), Advice::kShowLabel);
  cv::Mat shining = grey.clone();
  cv::ellipse(shining, {320, 240}, {200, 90}, 0, 0, 360, cv::Scalar(255), cv::FILLED);
  EXPECT_EQ(advice_of(shining), Advice::kLessGlare);
}

TEST(Quality, WhitePaperIsNoGlare) {
  const cv::Mat white = label() + 100;
  EXPECT_EQ(measure_quality(frame_of(white)).glare_share, 0);
}

TEST(Quality, APoorPictureIsBadAndAGoodOneWithoutSymbolsIsNone) {
  const ManualClock clock({});
  const auto none = read_label(frame_of(label()), {}, clock);
  EXPECT_EQ(none.verdict, LabelVerdict::kNone);
  EXPECT_TRUE(none.complete);
  cv::Mat blurred;
  cv::GaussianBlur(label(), blurred, {}, 9);
  const auto bad = read_label(frame_of(blurred), {}, clock);
  EXPECT_EQ(bad.verdict, LabelVerdict::kBadImage);
  EXPECT_FALSE(bad.reason.empty());
}

TEST(Quality, TheSmallestFrameIsJudgedToo) {
  const ManualClock clock({});
  const Frame dot{PixelFormat::kBgr, 1, 1, 3, {1, 2, 3}};
  EXPECT_EQ(read_label(dot, {}, clock).verdict, LabelVerdict::kBadImage);
  const Frame broken{PixelFormat::kBgr, 4, 4, 3, {1, 2, 3}};
  EXPECT_EQ(read_label(broken, {}, clock).verdict, LabelVerdict::kNotPerformed);
}

}  // namespace
}  // namespace batchwright::vision

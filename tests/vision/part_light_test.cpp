// Requirements E1, E3: light that a part can be judged in, and what a picture that burns out hides.
#include "vision/engine/internal/part_light.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "vision/engine/internal/deviation.h"

namespace batchwright::vision {
namespace {

constexpr int kSide = 174;

cv::Mat all_of(double blue, double green, double red) {
  return {kSide, kSide, CV_8UC3, cv::Scalar(blue, green, red)};
}
cv::Mat light_of(double gain) {
  return {kSide, kSide, CV_32FC3, cv::Scalar::all(gain)};
}
cv::Vec3b middle_of(const cv::Mat& bgr) {
  return bgr.at<cv::Vec3b>(kSide / 2, kSide / 2);
}

TEST(BurntLight, WhatBurnsOutIsComparedAsItBurnsOut) {
  const cv::Mat white = all_of(150, 150, 150), light = light_of(2);
  EXPECT_EQ(middle_of(as_burnt_in(all_of(255, 255, 255), white, light)), cv::Vec3b(128, 128, 128));
}

// Lit twice, white would be 300; a blue of 225 is known to be a quarter less.
TEST(BurntLight, AColourThatIsSeenIsComparedWithWhatWasTaught) {
  const cv::Mat white = all_of(150, 150, 150), light = light_of(2);
  EXPECT_EQ(middle_of(as_burnt_in(all_of(225, 255, 255), white, light)), cv::Vec3b(150, 128, 128));
}

TEST(BurntLight, ADeviationIsDoubtfulWhereItIsSeenToBurnOut) {
  cv::Mat seen = all_of(120, 120, 120);
  seen.colRange(0, kSide / 2).setTo(cv::Scalar::all(255));
  const cv::Mat doubt = in_doubt(cv::Mat(kSide, kSide, CV_32F, cv::Scalar(12)), seen);
  EXPECT_FLOAT_EQ(doubt.at<float>(kSide / 2, kSide / 4), 21);
  EXPECT_FLOAT_EQ(doubt.at<float>(kSide / 2, 3 * kSide / 4), 0);
}

TEST(BurntLight, ADarkerPixelOfNoiseIsStillBurntOut) {
  cv::Mat seen = all_of(255, 255, 255);
  for (int i = 0; i < kSide; i += 3) seen.row(i).setTo(cv::Scalar::all(240));
  const cv::Mat doubt = in_doubt(cv::Mat(kSide, kSide, CV_32F, cv::Scalar(12)), seen);
  EXPECT_FLOAT_EQ(doubt.at<float>(kSide / 2, kSide / 2), 21);
}

// A board with places for small things; what lies in the others is not known.
class AmongOthers : public testing::Test {
 protected:
  static constexpr int kPlace_px = 24, kGap_px = 6;
  AmongOthers() {
    for (int y = -2; y <= 2; ++y)
      for (int x = -2; x <= 2; ++x)
        if (x != 0 || y != 0) cv::rectangle(others, place(x, y), cv::Scalar(255), cv::FILLED);
  }
  static cv::Rect place(int x, int y) {
    constexpr int kStep = kPlace_px + kGap_px, kFirst = (kSide - kPlace_px) / 2;
    return {kFirst + x * kStep, kFirst + y * kStep, kPlace_px, kPlace_px};
  }
  double worst_in_the_middle() const {
    const cv::Mat everywhere(kSide, kSide, CV_8U, cv::Scalar(255));
    double worst = 0;
    cv::minMaxLoc(deviation_of(seen, {board, board}, light_of(1), everywhere, kSlowLight_px,
                               others)(place(0, 0)),
                  nullptr, &worst);
    return worst;
  }
  const cv::Mat board = all_of(128, 124, 120);
  cv::Mat seen = board.clone(), others = cv::Mat::zeros(kSide, kSide, CV_8U);
};

TEST_F(AmongOthers, WhatLiesThereIsNotTakenForLight) {
  for (const auto& [x, y] : {std::pair(1, 0), {-1, 0}, {0, 1}, {1, 1}, {-1, 1}})
    cv::rectangle(seen, place(x, y), cv::Scalar(40, 30, 50), cv::FILLED);
  EXPECT_LT(worst_in_the_middle(), 2);
  others.setTo(0);
  EXPECT_GT(worst_in_the_middle(), 20) << "as it would be if they were taken for the board";
}

TEST_F(AmongOthers, WhatLiesInThePlaceIsNotTakenForLightForWantOfOthers) {
  for (const double level : {0.7, 1.3}) {
    board.copyTo(seen);
    cv::rectangle(seen, place(0, 0), cv::Scalar(128, 124, 120) * level, cv::FILLED);
    EXPECT_GT(worst_in_the_middle(), 20) << level;
  }
}

}  // namespace
}  // namespace batchwright::vision

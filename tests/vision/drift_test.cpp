// Requirement E7: input that drifts slowly raises an alert; what merely varies does not.
#include "vision/drift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace batchwright::vision {
namespace {

Quality seen(double contrast, double sharpness, double glare = 0) {
  Quality quality;
  quality.good = true;
  quality.contrast = contrast;
  quality.sharpness = sharpness;
  quality.glare_share = glare;
  return quality;
}

// Varies as hands and objects do.
Quality usual(int n) {
  return seen(120 + 10 * std::sin(n), 0.30 + 0.02 * std::cos(2 * n));
}

// How many alerts `pictures` raise.
template <typename Make>
int alerts(DriftWatch& watch, int pictures, const Make& make) {
  int count = 0;
  for (int i = 0; i < pictures; ++i) count += watch.add(make(i)).has_value() ? 1 : 0;
  return count;
}

TEST(Drift, OfPicturesThatMerelyVaryIsNotTold) {
  DriftWatch watch;
  EXPECT_EQ(alerts(watch, 2000, usual), 0);
}

TEST(Drift, OfALensThatGetsDirtyIsToldOnceWithBothNumbers) {
  DriftWatch watch;
  EXPECT_EQ(alerts(watch, 20, usual), 0);
  std::optional<Drift> told;
  int count = 0;
  for (int i = 0; i < 200; ++i) {
    auto quality = usual(i);
    quality.sharpness -= 0.001 * i;
    if (const auto drift = watch.add(quality)) {
      if (std::string(drift->measure) == "sharpness") told = drift;
      ++count;
    }
  }
  ASSERT_TRUE(told);
  EXPECT_EQ(count, 1);
  EXPECT_NEAR(told->was, 0.30, 0.01);
  EXPECT_LT(told->is, 0.25);
}

TEST(Drift, IsToldBeforeTheGateRefusesThePictures) {
  DriftWatch watch;
  static_cast<void>(alerts(watch, 20, usual));
  int at = -1;
  for (int i = 0; i < 300 && at < 0; ++i) {
    auto quality = usual(i);
    quality.contrast *= 1 - 0.004 * i;
    if (watch.add(quality)) at = static_cast<int>(quality.contrast);
  }
  EXPECT_GT(at, 25);  // QualityLimits::contrast_min
}

TEST(Drift, IsToldAgainAfterItWasPutRightAndCameBack) {
  DriftWatch watch;
  static_cast<void>(alerts(watch, 20, usual));
  const auto glare = [](int n) {
    auto quality = usual(n);
    quality.glare_share = 0.08;
    return quality;
  };
  EXPECT_EQ(alerts(watch, 30, glare), 1);
  EXPECT_EQ(alerts(watch, 30, usual), 0);
  EXPECT_EQ(alerts(watch, 30, glare), 1);
}

TEST(Drift, OfOnePictureIsNoDrift) {
  DriftWatch watch;
  static_cast<void>(alerts(watch, 40, usual));
  EXPECT_FALSE(watch.add(seen(60, 0.1)));
  EXPECT_EQ(alerts(watch, 40, usual), 0);
}

}  // namespace
}  // namespace batchwright::vision

#include "vision/engine/internal/treatments.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace batchwright::vision {

namespace {

Picture scaled(const Picture& picture, double factor, int how) {
  const double pixels = static_cast<double>(picture.grey.total()) * factor * factor;
  if (pixels > kTreatedPixelsMax || picture.grey.cols * factor < 8 ||
      picture.grey.rows * factor < 8)
    return {};
  Picture out;
  cv::resize(picture.grey, out.grey, {}, factor, factor, how);
  // Pixel centres: x in the small one is (x + 0.5) * factor - 0.5 in the large one.
  const double shift = 0.5 / factor - 0.5;
  out.to_frame = chain(picture.to_frame, {1 / factor, 0, shift, 0, 1 / factor, shift});
  return out;
}

cv::Mat unsharp(const cv::Mat& grey, double sigma, double amount) {
  cv::Mat soft, sharp;
  cv::GaussianBlur(grey, soft, {}, sigma);
  cv::addWeighted(grey, 1 + amount, soft, -amount, 0, sharp);
  return sharp;
}

Picture along_bars(const Picture& picture, int rows) {
  Picture out{{}, picture.to_frame};
  cv::blur(picture.grey, out.grey, {1, rows});
  return out;
}

Picture sharpened(Picture picture, double sigma, double amount) {
  if (!picture.grey.empty()) picture.grey = unsharp(picture.grey, sigma, amount);
  return picture;
}

Picture turned(const Picture& picture, double degrees) {
  const auto& grey = picture.grey;
  const double angle = degrees * CV_PI / 180;
  const double c = std::abs(std::cos(angle)), s = std::abs(std::sin(angle));
  const cv::Size size(static_cast<int>(grey.cols * c + grey.rows * s) + 1,
                      static_cast<int>(grey.rows * c + grey.cols * s) + 1);
  if (static_cast<double>(size.width) * size.height > kTreatedPixelsMax) return {};
  cv::Matx23d there = cv::getRotationMatrix2D(
      {static_cast<float>(grey.cols) / 2, static_cast<float>(grey.rows) / 2}, degrees, 1);
  there(0, 2) += (size.width - grey.cols) / 2.0;
  there(1, 2) += (size.height - grey.rows) / 2.0;
  cv::Matx23d back;
  cv::invertAffineTransform(there, back);
  Picture out;
  cv::warpAffine(grey, out.grey, there, size, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  out.to_frame = chain(picture.to_frame, back);
  return out;
}

Picture with_margin(const Picture& picture) {
  const auto& grey = picture.grey;
  const int margin = std::clamp(std::max(grey.cols, grey.rows) / 8, 12, 60);
  Picture out;
  cv::copyMakeBorder(grey, out.grey, margin, margin, margin, margin, cv::BORDER_CONSTANT,
                     cv::Scalar(255));
  const double back = -margin;
  out.to_frame = chain(picture.to_frame, {1, 0, back, 0, 1, back});
  return out;
}

// Of a strip of bars a few rows say as much as many, but decoders want many.
Picture made_tall(const Picture& picture) {
  const auto& grey = picture.grey;
  if (grey.rows >= 50 || grey.cols < 2 * grey.rows) return {};
  Picture out;
  cv::copyMakeBorder(grey, out.grey, 50, 50, 0, 0, cv::BORDER_REPLICATE);
  cv::copyMakeBorder(out.grey, out.grey, 20, 20, 20, 20, cv::BORDER_CONSTANT, cv::Scalar(255));
  out.to_frame = chain(picture.to_frame, {1, 0, -20, 0, 1, -70});
  return out;
}

cv::Mat thresholded(const cv::Mat& grey, int around) {
  cv::Mat out;
  cv::adaptiveThreshold(grey, out, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY, around, 5);
  return out;
}

cv::Mat shaped(const cv::Mat& grey, int how) {
  cv::Mat out;
  cv::morphologyEx(grey, out, how, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
  return out;
}

// Treatments that leave every pixel where it is.
cv::Mat treated_in_place(const cv::Mat& grey, Treatment treatment) {
  cv::Mat out;
  switch (treatment) {
    case Treatment::kEvenLight: cv::createCLAHE(3.0, {8, 8})->apply(grey, out); return out;
    case Treatment::kSharpen: return unsharp(grey, 2, 2.2);
    case Treatment::kSoften: cv::GaussianBlur(grey, out, {}, 1.2); return out;
    case Treatment::kSmallThreshold: return thresholded(grey, 25);
    case Treatment::kLargeThreshold: return thresholded(grey, 51);
    case Treatment::kOtsu:
      cv::threshold(grey, out, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
      return out;
    case Treatment::kOpen: return shaped(grey, cv::MORPH_OPEN);
    case Treatment::kClose: return shaped(grey, cv::MORPH_CLOSE);
    case Treatment::kInverted: cv::bitwise_not(grey, out); return out;
    default: return grey;
  }
}

}  // namespace

Picture treat(const Picture& picture, Treatment treatment) {
  if (picture.grey.empty()) return {};
  switch (treatment) {
    case Treatment::kTwice: return scaled(picture, 2, cv::INTER_CUBIC);
    case Treatment::kThrice: return scaled(picture, 3, cv::INTER_CUBIC);
    case Treatment::kFourTimes: return scaled(picture, 4, cv::INTER_LINEAR);
    case Treatment::kHalf: return scaled(picture, 0.5, cv::INTER_AREA);
    case Treatment::kThird: return scaled(picture, 1 / 3.0, cv::INTER_AREA);
    case Treatment::kTwiceSharpen: return sharpened(scaled(picture, 2, cv::INTER_CUBIC), 3, 2.5);
    case Treatment::kAlongBars: return along_bars(picture, 9);
    case Treatment::kAlongBarsSharpen:
      return sharpened(scaled(along_bars(picture, 9), 2, cv::INTER_CUBIC), 3, 2.5);
    case Treatment::kAlongBarsLarge:
      return sharpened(scaled(along_bars(picture, 15), 3, cv::INTER_CUBIC), 5, 3);
    case Treatment::kTurnedLeft: return turned(picture, 10);
    case Treatment::kTurnedRight: return turned(picture, -10);
    case Treatment::kTurnedFarLeft: return turned(picture, 25);
    case Treatment::kTurnedFarRight: return turned(picture, -25);
    case Treatment::kTurnedHalf: return turned(picture, 45);
    case Treatment::kMargin: return with_margin(picture);
    case Treatment::kMadeTall: return made_tall(picture);
    default: return {treated_in_place(picture.grey, treatment), picture.to_frame};
  }
}

Picture bend(const Picture& picture, int which) {
  const auto& grey = picture.grey;
  if (grey.empty() || static_cast<int>(grey.total()) > kTreatedPixelsMax) return {};
  constexpr std::array kAmounts{-0.015, 0.015, -0.03, 0.03};  // of the longer side
  const int shape = which % 8;
  const double pixels =
      kAmounts[static_cast<std::size_t>(which / 8 % 4)] * std::max(grey.cols, grey.rows);
  cv::Mat xs(grey.size(), CV_32F), ys(grey.size(), CV_32F);
  for (int y = 0; y < grey.rows; ++y) {
    const double v = 2.0 * y / grey.rows - 1;
    for (int x = 0; x < grey.cols; ++x) {
      const double u = 2.0 * x / grey.cols - 1;
      const std::array along{1 - u * u, 1 - v * v, u * v, (1 - u * u) * v};
      const double by = pixels * along[static_cast<std::size_t>(shape % 4)];
      xs.at<float>(y, x) = static_cast<float>(x + (shape < 4 ? by : 0));
      ys.at<float>(y, x) = static_cast<float>(y + (shape < 4 ? 0 : by));
    }
  }
  // The place is kept as it was: a bend moves nothing by more than three hundredths.
  Picture out{{}, picture.to_frame};
  cv::remap(grey, out.grey, xs, ys, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  return out;
}

const char* to_string(Treatment treatment) {
  switch (treatment) {
    case Treatment::kNone: return "as_it_is";
    case Treatment::kGlobalThreshold: return "global_threshold";
    case Treatment::kEvenLight: return "even_light";
    case Treatment::kSharpen: return "sharpen";
    case Treatment::kTwiceSharpen: return "twice_sharpen";
    case Treatment::kTwice: return "twice";
    case Treatment::kThrice: return "thrice";
    case Treatment::kFourTimes: return "four_times";
    case Treatment::kHalf: return "half";
    case Treatment::kThird: return "third";
    case Treatment::kSoften: return "soften";
    case Treatment::kSmallThreshold: return "small_threshold";
    case Treatment::kLargeThreshold: return "large_threshold";
    case Treatment::kOtsu: return "otsu";
    case Treatment::kOpen: return "open";
    case Treatment::kClose: return "close";
    case Treatment::kInverted: return "inverted";
    case Treatment::kMargin: return "margin";
    case Treatment::kMadeTall: return "made_tall";
    case Treatment::kAlongBars: return "along_bars";
    case Treatment::kAlongBarsSharpen: return "along_bars_sharpen";
    case Treatment::kAlongBarsLarge: return "along_bars_large";
    case Treatment::kTurnedLeft: return "turned_left";
    case Treatment::kTurnedRight: return "turned_right";
    case Treatment::kTurnedFarLeft: return "turned_far_left";
    case Treatment::kTurnedFarRight: return "turned_far_right";
    case Treatment::kTurnedHalf: return "turned_half";
    case Treatment::kBent: return "bent";
  }
  return "";
}

}  // namespace batchwright::vision

#include "vision/challenge/camera_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace batchwright::vision::challenge {

namespace {

// A disc, its edge softened over one pixel.
cv::Mat disc(double radius_px) {
  const int half = static_cast<int>(std::ceil(radius_px)) + 1;
  cv::Mat kernel(2 * half + 1, 2 * half + 1, CV_32F);
  for (int y = -half; y <= half; ++y)
    for (int x = -half; x <= half; ++x)
      kernel.at<float>(y + half, x + half) =
          static_cast<float>(std::clamp(radius_px + 0.5 - std::hypot(x, y), 0.0, 1.0));
  return kernel / cv::sum(kernel)[0];
}

cv::Mat line(double length_px, double deg) {
  const int half = static_cast<int>(std::ceil(length_px / 2)) + 1;
  cv::Mat kernel = cv::Mat::zeros(2 * half + 1, 2 * half + 1, CV_32F);
  const double turn = deg * std::numbers::pi / 180;
  constexpr int kSteps = 64;
  for (int i = 0; i <= kSteps; ++i) {
    const double at = length_px * (static_cast<double>(i) / kSteps - 0.5);
    const int x = half + static_cast<int>(std::lround(at * std::cos(turn)));
    const int y = half + static_cast<int>(std::lround(at * std::sin(turn)));
    kernel.at<float>(y, x) += 1;
  }
  return kernel / cv::sum(kernel)[0];
}

// Noise for every pixel costs most of a scene; a table of a few thousand values, entered anywhere,
// looks the same.
class NoiseTable {
 public:
  explicit NoiseTable(Dice& dice) : dice_(dice) {
    for (auto& value : values_) value = static_cast<float>(dice.normal());
  }
  // Values for one row.
  const float* row(int count) {
    return values_.data() + dice_.whole(0, static_cast<int>(values_.size()) - count);
  }
  static constexpr int kSize = 65'536;

 private:
  std::vector<float> values_ = std::vector<float>(kSize);
  Dice& dice_;
};

void expose(cv::Mat& picture, const CameraModel& camera, Dice& dice) {
  NoiseTable noise(dice);
  const int channels = picture.channels();
  const double gain = std::pow(2.0, camera.exposure_ev);
  const double far = std::hypot(picture.cols, picture.rows) / 2;
  // Light to deviation, for each of 256 levels.
  std::array<float, 256> deviation{};
  for (std::size_t i = 0; i < deviation.size(); ++i)
    deviation[i] = static_cast<float>(std::hypot(
        camera.read_noise, camera.photon_noise * std::sqrt(static_cast<double>(i) / 255)));
  for (int y = 0; y < picture.rows; ++y) {
    auto* row = picture.ptr<std::uint8_t>(y);
    const float* random = noise.row(picture.cols * channels);
    const double dy = (y - picture.rows / 2.0) / far;
    for (int x = 0; x < picture.cols; ++x) {
      const double dx = (x - picture.cols / 2.0) / far;
      const double light = gain * (1 - camera.vignetting * (dx * dx + dy * dy));
      for (int c = 0; c < channels; ++c) {
        auto& pixel = row[x * channels + c];
        const double level = std::min(255.0, pixel * light);
        const auto at = static_cast<std::size_t>(level);
        pixel = cv::saturate_cast<std::uint8_t>(level + deviation[at] * random[x * channels + c]);
      }
    }
  }
}

// One colour per pixel, and the others guessed from the neighbours, as a sensor's mosaic does.
cv::Mat through_mosaic(const cv::Mat& bgr) {
  cv::Mat mosaic(bgr.size(), CV_8U);
  for (int y = 0; y < bgr.rows; ++y)
    for (int x = 0; x < bgr.cols; ++x) {
      const int channel = y % 2 == 0 ? (x % 2 == 0 ? 2 : 1) : (x % 2 == 0 ? 1 : 0);
      mosaic.at<std::uint8_t>(y, x) = bgr.at<cv::Vec3b>(y, x)[channel];
    }
  cv::Mat colour;
  cv::cvtColor(mosaic, colour, cv::COLOR_BayerBG2BGR);
  return colour;
}

}  // namespace

CameraModel CameraModel::inside_the_gate(Dice& dice) {
  CameraModel camera;
  camera.defocus_px = dice.between(0, 0.8);
  camera.motion_px = dice.chance(0.3) ? dice.between(0, 1.2) : 0;
  camera.motion_deg = dice.between(0, 180);
  camera.vignetting = dice.between(0, 0.3);
  camera.exposure_ev = dice.between(-0.8, 0.4);
  camera.read_noise = dice.between(0.5, 3);
  camera.photon_noise = dice.between(0.5, 4);
  camera.jpeg_quality = dice.chance(0.5) ? dice.whole(75, 95) : 0;
  camera.bayer = dice.chance(0.5);
  return camera;
}

CameraModel CameraModel::any(Dice& dice) {
  CameraModel camera = inside_the_gate(dice);
  camera.defocus_px = dice.between(0, 8);
  camera.motion_px = dice.chance(0.4) ? dice.between(0, 20) : 0;
  camera.exposure_ev = dice.between(-3, 2.5);
  camera.read_noise = dice.between(0.5, 12);
  camera.photon_noise = dice.between(0.5, 12);
  camera.jpeg_quality = dice.chance(0.5) ? dice.whole(20, 95) : 0;
  return camera;
}

void shine(cv::Mat& picture, const Glare& glare) {
  cv::Mat light = cv::Mat::zeros(picture.size(), CV_8U);
  cv::ellipse(light, cv::Point(static_cast<int>(glare.x), static_cast<int>(glare.y)),
              cv::Size(static_cast<int>(glare.radius_x_px), static_cast<int>(glare.radius_y_px)),
              glare.deg, 0, 360, cv::Scalar(255), cv::FILLED, cv::LINE_8);
  const double soft = std::max(1.0, std::min(glare.radius_x_px, glare.radius_y_px) / 4);
  cv::GaussianBlur(light, light, {}, soft);
  if (picture.channels() == 3) cv::cvtColor(light, light, cv::COLOR_GRAY2BGR);
  cv::add(picture, light, picture);
}

cv::Mat photograph(const cv::Mat& ideal, const CameraModel& camera, Dice& dice) {
  cv::Mat picture = ideal.clone();
  if (camera.defocus_px > 0.05) cv::filter2D(picture, picture, -1, disc(camera.defocus_px));
  if (camera.motion_px > 0.5)
    cv::filter2D(picture, picture, -1, line(camera.motion_px, camera.motion_deg));
  expose(picture, camera, dice);
  if (camera.bayer && picture.channels() == 3) picture = through_mosaic(picture);
  if (camera.jpeg_quality > 0) {
    std::vector<std::uint8_t> bytes;
    cv::imencode(".jpg", picture, bytes, {cv::IMWRITE_JPEG_QUALITY, camera.jpeg_quality});
    picture =
        cv::imdecode(bytes, picture.channels() == 3 ? cv::IMREAD_COLOR : cv::IMREAD_GRAYSCALE);
  }
  return picture;
}

}  // namespace batchwright::vision::challenge

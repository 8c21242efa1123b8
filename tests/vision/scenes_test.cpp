// A whole table as a camera sees it, 1920 x 1080: the label is somewhere among print and things.
// Drawn scenes, seeded; their figures are never mixed with those of photographs.
#include <gtest/gtest.h>

#include <cstdio>
#include <opencv2/imgproc.hpp>
#include <random>

#include "tests/vision/drawn_symbols.h"
#include "vision/engine/internal/decoders.h"
#include "vision/engine/read_label.h"

namespace batchwright::vision {
namespace {

constexpr unsigned kSeed = 20'261'122;

// Boxes, lines and words of other things.
cv::Mat clutter(std::mt19937& random) {
  const auto number = [&](int from, int to) {
    return std::uniform_int_distribution<int>(from, to)(random);
  };
  cv::Mat grey(1080, 1920, CV_8U, cv::Scalar(number(90, 150)));
  for (int i = 0; i < 60; ++i) {
    const cv::Point at(number(0, 1900), number(0, 1060));
    cv::rectangle(grey, {at, cv::Size(number(20, 300), number(20, 200))},
                  cv::Scalar(number(30, 220)), number(0, 1) == 0 ? cv::FILLED : 2);
    cv::line(grey, at, {number(0, 1900), number(0, 1060)}, cv::Scalar(number(20, 230)),
             number(1, 4));
    cv::putText(grey, "Sodium chloride 99.5 % 25 kg", {number(-100, 1700), number(20, 1070)},
                cv::FONT_HERSHEY_SIMPLEX, number(5, 20) / 10.0, cv::Scalar(number(10, 60)), 2);
  }
  return grey;
}

// The symbol on its paper, turned by any angle, put at a random place.
void put(cv::Mat& scene, const cv::Mat& symbol, int module_px, double degrees,
         std::mt19937& random) {
  cv::Mat large;
  cv::resize(symbol, large, {}, module_px, module_px, cv::INTER_NEAREST);
  cv::copyMakeBorder(large, large, 4 * module_px, 4 * module_px, 4 * module_px, 4 * module_px,
                     cv::BORDER_CONSTANT, cv::Scalar(235));
  const int side = static_cast<int>(std::hypot(large.cols, large.rows)) / 2 + 2;
  const cv::Point at(std::uniform_int_distribution<int>(side, scene.cols - side)(random),
                     std::uniform_int_distribution<int>(side, scene.rows - side)(random));
  cv::Matx23d turn = cv::getRotationMatrix2D(
      {static_cast<float>(large.cols) / 2, static_cast<float>(large.rows) / 2}, degrees, 1);
  turn(0, 2) += at.x - large.cols / 2.0;
  turn(1, 2) += at.y - large.rows / 2.0;
  cv::warpAffine(large, scene, turn, scene.size(), cv::INTER_AREA, cv::BORDER_TRANSPARENT);
}

cv::Mat taken(const cv::Mat& scene, std::mt19937& random) {
  cv::Mat soft;
  cv::GaussianBlur(scene, soft, {}, 0.6);
  std::normal_distribution<double> noise(0, 4);
  for (auto& pixel : cv::Mat_<std::uint8_t>(soft))
    pixel = cv::saturate_cast<std::uint8_t>(pixel + noise(random));
  return soft;
}

Frame frame_of(const cv::Mat& grey) {
  return {PixelFormat::kGrey, grey.cols, grey.rows, static_cast<std::size_t>(grey.cols),
          std::vector<std::uint8_t>(grey.data, grey.data + grey.total())};
}

// Requirement E2: the decoder's own finder loses nearly all of these.
TEST(Scenes, ADataMatrixAmongOtherThingsIsFound) {
  std::printf("seed %u\n", kSeed);
  std::mt19937 random(kSeed);
  const ManualClock clock({});
  int right = 0, whole = 0;
  constexpr int kScenes = 30;
  for (int i = 0; i < kScenes; ++i) {
    auto scene = clutter(random);
    put(scene, drawn::data_matrix(), 3 + i % 4, 360.0 * i / kScenes, random);
    scene = taken(scene, random);
    whole += read_with_zxing(scene, {Symbology::kDataMatrix}).empty() ? 0 : 1;
    const auto reading = read_label(frame_of(scene), {{Symbology::kDataMatrix}, 1000}, clock);
    for (const auto& symbol : reading.symbols) {
      EXPECT_EQ(symbol.text, drawn::kDataMatrixText);
      right += symbol.text == drawn::kDataMatrixText ? 1 : 0;
    }
  }
  std::printf("Data Matrix in %d scenes: %d read, %d by the decoder alone\n", kScenes, right,
              whole);
  EXPECT_GE(right, kScenes * 95 / 100);
}

TEST(Scenes, SeveralSymbolsOfOneLabelAreAllRead) {
  std::mt19937 random(kSeed + 1);
  const ManualClock clock({});
  cv::Mat scene(1080, 1920, CV_8U, cv::Scalar(200));
  const auto place = [&](const cv::Mat& symbol, int module_px, cv::Point at) {
    cv::Mat large;
    cv::resize(symbol, large, {}, module_px, module_px, cv::INTER_NEAREST);
    large.copyTo(scene(cv::Rect(at, large.size())));
  };
  place(drawn::data_matrix(), 5, {200, 200});
  place(drawn::ean13("4006381333931"), 3, {900, 200});
  place(drawn::ean13("9780441014989"), 3, {900, 700});
  const auto reading = read_label(frame_of(taken(scene, random)), {}, clock);
  std::vector<std::string> texts;
  for (const auto& symbol : reading.symbols) texts.push_back(symbol.text);
  std::ranges::sort(texts);
  EXPECT_EQ(texts,
            (std::vector<std::string>{drawn::kDataMatrixText, "4006381333931", "9780441014989"}));
}

TEST(Scenes, TheSameFrameGivesTheSameReading) {
  // Requirement E4.
  std::mt19937 random(kSeed + 2);
  const ManualClock clock({});
  auto scene = clutter(random);
  put(scene, drawn::data_matrix(), 4, 33, random);
  const auto frame = frame_of(taken(scene, random));
  EXPECT_EQ(read_label(frame, {}, clock), read_label(frame, {}, clock));
}

TEST(Scenes, WhenTheTimeIsSpentItSaysSo) {
  // A clock that runs ahead at every look.
  class Hurrying final : public Clock {
   public:
    [[nodiscard]] Instant now() const override { return {}; }
    [[nodiscard]] std::int64_t monotonic_ms() const override { return at_ms_ += 400; }

   private:
    mutable std::int64_t at_ms_ = 0;
  } clock;
  std::mt19937 random(kSeed + 3);
  const auto reading = read_label(frame_of(clutter(random)), {}, clock);
  EXPECT_FALSE(reading.complete);
  EXPECT_TRUE(reading.symbols.empty());
}

}  // namespace
}  // namespace batchwright::vision

// Cameras in the worker (requirement E5: the frame that is judged is the frame that is stored; E3:
// what can't be seen is never a verdict).
#include "vision/camera.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/support/process.h"
#include "vision/worker.h"

namespace batchwright::vision {
namespace {

// A picture that says which one it is by its grey level.
cv::Mat picture(int level, cv::Size size = {64, 48}) {
  cv::Mat drawn(size, CV_8UC3, cv::Scalar::all(level));
  cv::rectangle(drawn, {8, 8, 16, 16}, cv::Scalar(0, 0, 250), cv::FILLED);
  return drawn;
}

class CameraTest : public ::testing::Test {
 protected:
  void put(const std::string& name, int level) const {
    ASSERT_TRUE(cv::imwrite(folder_ / ("." + name), picture(level)));
    std::filesystem::rename(folder_.path() / ("." + name), folder_.path() / name);
  }
  std::vector<CameraState> open(const std::string& kind) {
    return worker_.open_cameras(
        {camera_from_text("CAM-A=" + kind + ":" + folder_.path().string()).value()});
  }
  // The grey level of what the camera shows, -1 without a picture.
  int level(Turn turn = Turn::kLive) {
    last_ = worker_.look({.camera = "CAM-A", .preview_width = 64, .turn = turn});
    return last_.seen && !last_.preview.bytes.empty() ? last_.preview.bytes.back() : -1;
  }

  test::TemporaryFolder folder_;
  SystemClock clock_;
  Worker worker_{{.program = test::program("batchwright-vision")}, clock_};
  Look last_;
};

TEST(CameraSource, IsReadAsItIsWritten) {
  for (const char* text : {"CAM-A=v4l2:/dev/v4l/by-id/usb-x-index0", "b=folder:/demo/a=b:c@3",
                           "CAM-2=clip:/demo/c.avi", "CAM-2=clip:/demo/c@12.5"}) {
    const auto source = camera_from_text(text);
    ASSERT_TRUE(source.has_value()) << text;
    EXPECT_EQ(to_text(*source), text);
  }
  EXPECT_EQ(camera_from_text("C=clip:/demo/c@12.5")->frames_per_s, 12.5);
}

TEST(CameraSource, WhatNamesNoCameraIsRefused) {
  for (const char* text : {"", "CAM-A", "CAM-A=/dev/video0", "=folder:/x", "a b=folder:/x",
                           "A=folder:", "A=v4l2:/etc/passwd", "A=http:/x"})
    EXPECT_FALSE(camera_from_text(text).has_value()) << text;
}

TEST_F(CameraTest, AFolderShowsOnePictureUntilItIsTurned) {
  put("1.png", 10);
  put("2.png", 20);
  put("3.png", 30);
  ASSERT_TRUE(open("folder").front().open);
  EXPECT_EQ(level(), 10);
  EXPECT_EQ(level(), 10);
  EXPECT_EQ(level(Turn::kNext), 20);
  EXPECT_EQ(last_.picture, "2.png");
  EXPECT_FALSE(last_.ended);
  EXPECT_EQ(level(Turn::kNext), 30);
  EXPECT_TRUE(last_.ended);
  EXPECT_EQ(level(Turn::kNext), 30);
  EXPECT_EQ(level(Turn::kFirst), 10);
}

TEST_F(CameraTest, FilesOfAFolderAreSeenAsTheyComeAndGo) {
  ASSERT_TRUE(open("folder").front().open);
  EXPECT_EQ(level(), -1);
  EXPECT_FALSE(last_.reason.empty());
  put("2.png", 20);
  EXPECT_EQ(level(), 20);
  put("2.png", 25);
  EXPECT_EQ(level(), 25) << "the file was replaced";
  put("3.png", 30);
  std::filesystem::remove(folder_.path() / "2.png");
  EXPECT_EQ(level(), 30) << "the next one takes its place";
}

TEST_F(CameraTest, AClipGivesEachFrameOnceAndEndsWithItsLast) {
  for (int i = 1; i <= 4; ++i) put("f" + std::to_string(i) + ".png", 10 * i);
  ASSERT_TRUE(open("clip").front().open);
  for (int i = 1; i <= 4; ++i) {
    EXPECT_EQ(level(), 10 * i);
    EXPECT_EQ(last_.ended, i == 4);
    EXPECT_EQ(last_.due_ms, 40);
  }
  EXPECT_EQ(level(), 40);
  EXPECT_TRUE(last_.ended);
  EXPECT_EQ(level(Turn::kFirst), 10);
}

TEST_F(CameraTest, APreviewIsAsWideAsAskedAndNeverLarger) {
  put("1.png", 10);
  (void)open("folder");
  for (const auto& [asked, width, height] : {std::tuple{32, 32, 24}, {640, 64, 48}, {0, 0, 0}}) {
    const auto look = worker_.look({.camera = "CAM-A", .preview_width = asked});
    ASSERT_TRUE(look.seen);
    EXPECT_EQ(look.preview.width, width);
    EXPECT_EQ(look.preview.height, height);
    EXPECT_EQ(look.width, 64);
  }
  EXPECT_FALSE(worker_.look({.camera = "CAM-A", .preview_width = kPreviewWidthMax + 1}).seen);
}

TEST_F(CameraTest, AKeptFrameIsGivenToTheLastPixelAndTheOldestIsForgotten) {
  put("1.png", 10);
  (void)open("folder");
  const auto first = worker_.look({.camera = "CAM-A", .keep = true});
  ASSERT_TRUE(first.kept);
  const auto png = worker_.frame("CAM-A", first.number);
  ASSERT_TRUE(png.has_value()) << png.error().message;
  EXPECT_EQ(cv::norm(cv::imdecode(*png, cv::IMREAD_COLOR), picture(10), cv::NORM_INF), 0);
  const auto unkept = worker_.look({.camera = "CAM-A"});
  EXPECT_EQ(worker_.frame("CAM-A", unkept.number).error().code, ErrorCode::kNotFound);
  for (std::size_t i = 0; i < kFramesKeptMax; ++i)
    (void)worker_.look({.camera = "CAM-A", .keep = true});
  EXPECT_EQ(worker_.frame("CAM-A", first.number).error().code, ErrorCode::kNotFound);
}

TEST_F(CameraTest, ACameraThatIsMissingHoldsUpNoOther) {
  put("1.png", 10);
  const auto states =
      worker_.open_cameras({camera_from_text("CAM-A=folder:" + folder_.path().string()).value(),
                            camera_from_text("CAM-B=v4l2:/dev/v4l/by-id/not-there").value(),
                            camera_from_text("CAM-C=clip:/not/there").value()});
  ASSERT_EQ(states.size(), 3u);
  EXPECT_TRUE(states[0].open);
  EXPECT_FALSE(states[1].open);
  EXPECT_FALSE(states[1].problem.empty());
  EXPECT_FALSE(states[2].open);
  EXPECT_EQ(level(), 10);
  const auto look = worker_.look({.camera = "CAM-B", .check = "{}"});
  EXPECT_FALSE(look.seen);
  ASSERT_TRUE(look.result.has_value());
  EXPECT_EQ(look.result->verdict, Verdict::kNotPerformed);
  EXPECT_FALSE(worker_.look({.camera = "CAM-Z"}).seen);
}

TEST_F(CameraTest, ADamagedPictureIsNotJudgedAndTheNextOneIs) {
  std::ofstream(folder_ / "1.png") << "\x89PNG\r\n\x1a\n" << std::string(200, 'x');
  put("2.png", 20);
  (void)open("folder");
  const auto look = worker_.look({.camera = "CAM-A", .check = "{}"});
  EXPECT_FALSE(look.seen);
  EXPECT_EQ(look.result->verdict, Verdict::kNotPerformed);
  EXPECT_EQ(level(Turn::kNext), 20);
}

TEST_F(CameraTest, ACheckThatCannotBeReadIsNotPerformedAndThePreviewStillCame) {
  put("1.png", 10);
  (void)open("folder");
  const auto look = worker_.look({.camera = "CAM-A", .preview_width = 64, .check = "{\"a\":1}"});
  EXPECT_TRUE(look.seen);
  EXPECT_FALSE(look.preview.bytes.empty());
  EXPECT_EQ(look.result->verdict, Verdict::kNotPerformed);
  EXPECT_FALSE(look.result->reason.empty());
}

}  // namespace
}  // namespace batchwright::vision

// Requirement E3: what a decoder does to its process is "not performed", never a verdict about the
// label, and the next picture is read as if nothing had been.
#include "vision/worker.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/process.h"

namespace batchwright::vision {
namespace {

constexpr int kGraceMs = 1500;

class WorkerTest : public ::testing::Test {
 protected:
  static LabelReading read(Worker& worker, const std::string& picture) {
    const std::vector<std::uint8_t> bytes(picture.begin(), picture.end());
    LabelRequest request;
    request.budget_ms = 100;
    return worker.read_label(bytes, request);
  }

  static std::string unreliable() { return test::program("unreliable-worker"); }

  SystemClock clock_;
  Worker worker_{{unreliable(), 30'000, 100, kGraceMs}, clock_};
};

TEST_F(WorkerTest, WhatTheWorkerReadsArrives) {
  const auto reading = read(worker_, "12345");
  ASSERT_EQ(reading.verdict, LabelVerdict::kRead);
  ASSERT_EQ(reading.symbols.size(), 1u);
  EXPECT_EQ(reading.symbols[0].text,
            "LOT\x1d"
            "5");
  (void)read(worker_, "1");
  EXPECT_EQ(worker_.counts().started, 1) << "one process serves many pictures";
}

TEST_F(WorkerTest, ADecoderThatEndsItsProcessCostsOnePicture) {
  for (const char* way : {"abort", "segmentation fault", "xit"}) {
    SCOPED_TRACE(way);
    const auto reading = read(worker_, way);
    EXPECT_EQ(reading.verdict, LabelVerdict::kNotPerformed);
    EXPECT_FALSE(reading.reason.empty());
    EXPECT_TRUE(reading.symbols.empty());
    EXPECT_EQ(read(worker_, "12").verdict, LabelVerdict::kRead);
  }
  EXPECT_EQ(worker_.counts().ended, 3);
  EXPECT_EQ(worker_.counts().started, 4);
}

TEST_F(WorkerTest, ADecoderThatNeverComesBackIsStopped) {
  const auto began_ms = clock_.monotonic_ms();
  const auto reading = read(worker_, "hang");
  EXPECT_EQ(reading.verdict, LabelVerdict::kNotPerformed);
  EXPECT_GE(clock_.monotonic_ms() - began_ms, kGraceMs);
  EXPECT_EQ(worker_.counts().stopped, 1);
  EXPECT_EQ(read(worker_, "12").verdict, LabelVerdict::kRead);
}

TEST_F(WorkerTest, AnAnswerThatMakesNoSenseIsNotBelieved) {
  for (const char* way : {"garbage", "lie"}) {
    SCOPED_TRACE(way);
    EXPECT_EQ(read(worker_, way).verdict, LabelVerdict::kNotPerformed);
    EXPECT_EQ(read(worker_, "12").verdict, LabelVerdict::kRead);
  }
  EXPECT_EQ(worker_.counts().stopped, 2);
}

TEST_F(WorkerTest, AFramesPixelsAreSentAsTheyAre) {
  Frame frame{PixelFormat::kBgr, 3, 2, 12, std::vector<std::uint8_t>(24, 7)};
  const auto reading = worker_.read_label(frame, {});
  ASSERT_EQ(reading.symbols.size(), 1u);
  EXPECT_EQ(reading.symbols[0].text,
            "LOT\x1d"
            "24");
  frame.stride = 4;
  EXPECT_EQ(worker_.read_label(frame, {}).verdict, LabelVerdict::kNotPerformed)
      << "a frame that breaks its promises goes nowhere";
}

TEST_F(WorkerTest, ADecoderThatWasTakenOverReachesNothing) {
  const auto reading = read(worker_, "escape");
  ASSERT_EQ(reading.symbols.size(), 1u);
  EXPECT_EQ(reading.symbols[0].text, "write:13 device:13 socket:1 fork:1 kill:1 code:1 read:0");
  EXPECT_FALSE(std::filesystem::exists("/tmp/escaped"));
  EXPECT_EQ(read(worker_, "program").verdict, LabelVerdict::kNotPerformed);
  EXPECT_EQ(worker_.counts().ended, 1);
}

TEST_F(WorkerTest, AProgramThatIsMissingOrMuteIsNotTriedForever) {
  const test::TemporaryFolder folder;
  std::filesystem::create_symlink(unreliable(), folder.path() / "mute");
  for (const auto& program : {folder.path() / "missing", folder.path() / "mute"}) {
    Worker worker({program, 5000, 100, kGraceMs}, clock_);
    for (int i = 0; i < 10; ++i) EXPECT_EQ(read(worker, "12").verdict, LabelVerdict::kNotPerformed);
    EXPECT_LE(worker.counts().started, 3);
  }
}

TEST_F(WorkerTest, APassOfNothingOrByAPoorPictureIsNone) {
  const auto judged = [&](const std::string& picture) {
    const std::vector<std::uint8_t> bytes(picture.begin(), picture.end());
    return worker_.check("a check", bytes, {}).verdict;
  };
  EXPECT_EQ(judged("1"), Verdict::kPass);  // the first letter says how
  EXPECT_EQ(judged("empty"), Verdict::kNotPerformed);
  EXPECT_EQ(judged("poor"), Verdict::kNotPerformed);
  EXPECT_EQ(judged("lies"), Verdict::kNotPerformed);
}

// Looks of a worker that goes wrong as the camera's name begins.
class UnreliableLookTest : public WorkerTest {
 protected:
  void SetUp() override {
    for (const auto& state : worker_.open_cameras(cameras())) ASSERT_TRUE(state.open);
  }
  static std::vector<CameraSource> cameras() {
    std::vector<CameraSource> sources;
    for (const char* id : {"CAM-A", "abort", "segv", "x", "hang", "garbage", "bomb"})
      sources.push_back({id, CameraKind::kFolder, "/", 0});
    return sources;
  }
};

TEST_F(UnreliableLookTest, NothingThatHappensToTheWorkerIsAPass) {
  std::uint64_t number = 0;
  for (const char* way : {"abort", "segv", "x", "hang", "garbage", "bomb"}) {
    SCOPED_TRACE(way);
    const auto began_ms = clock_.monotonic_ms();
    const auto look = worker_.look({.camera = way, .keep = true});
    EXPECT_FALSE(look.seen);
    EXPECT_FALSE(look.reason.empty());
    const auto judged = worker_.look({.camera = "CAM-A", .check = way});
    ASSERT_TRUE(judged.result.has_value());
    EXPECT_EQ(judged.result->verdict, Verdict::kNotPerformed);
    EXPECT_EQ(worker_.frame(way, 1).error().code, ErrorCode::kUnreachable);
    EXPECT_LT(clock_.monotonic_ms() - began_ms, 60'000);
    // The cameras are open again, and numbers go on.
    const auto next = worker_.look({.camera = "CAM-A", .check = " "});
    ASSERT_TRUE(next.seen);
    EXPECT_EQ(next.result->verdict, Verdict::kPass);
    EXPECT_GT(next.number, number);
    number = next.number;
  }
}

TEST_F(UnreliableLookTest, AVerdictAboutAPictureThatNobodySawIsNotBelieved) {
  const auto look = worker_.look({.camera = "CAM-A", .check = "lie"});
  EXPECT_EQ(look.result->verdict, Verdict::kNotPerformed);
  EXPECT_EQ(worker_.counts().stopped, 1);
}

}  // namespace
}  // namespace batchwright::vision

// Requirement E3: picture files made to hurt cost one answer and a bounded time, in the worker that
// ships; never a verdict about what was to be judged.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgcodecs.hpp>

#include "tests/support/process.h"
#include "vision/challenge/clip_scene.h"
#include "vision/engine/internal/picture.h"
#include "vision/worker.h"

namespace batchwright::vision {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes from(const std::string& text) {
  return {text.begin(), text.end()};
}

// A picture's PNG file whose header claims another size.
Bytes claiming(Bytes png, std::uint32_t width, std::uint32_t height) {
  for (std::size_t i = 0; i < 4; ++i) {
    png[16 + i] = static_cast<std::uint8_t>(width >> (24 - 8 * i));
    png[20 + i] = static_cast<std::uint8_t>(height >> (24 - 8 * i));
  }
  return png;
}

struct Hostile {
  std::string what;
  Bytes bytes;
};

std::vector<Hostile> hostile(const cv::Mat& picture) {
  Bytes png, jpeg, webp, bmp;
  cv::imencode(".png", picture, png);
  cv::imencode(".jpg", picture, jpeg);
  cv::imencode(".webp", picture, webp);
  cv::imencode(".bmp", picture, bmp);
  std::vector<Hostile> all{
      {"nothing", {}},
      {"text", from("no picture of any kind")},
      {"zeros", Bytes(100'000, 0)},
      {"a PNG of 4 billion pixels a side", claiming(png, ~0U, ~0U)},
      {"a PNG of 60,000 pixels a side", claiming(png, 60'000, 60'000)},
      {"a PNG of 49 megapixels with data for a few", claiming(png, 7000, 7000)},
      {"a PNG of no width", claiming(png, 0, 100)}};
  for (const auto& [name, whole] :
       {std::pair{"PNG", png}, {"JPEG", jpeg}, {"WebP", webp}, {"BMP", bmp}}) {
    all.push_back(
        {name + std::string(" cut in its header"), Bytes(whole.begin(), whole.begin() + 20)});
    all.push_back({name + std::string(" full of other bytes"), whole});
    for (std::size_t i = 40; i < whole.size(); ++i)
      all.back().bytes[i] = static_cast<std::uint8_t>(i * 131);
  }
  auto deep = bmp;  // a bitmap with its height upside down and as large as can be
  for (std::size_t i = 22; i < 26; ++i) deep[i] = i == 25 ? 0x80 : 0;
  all.push_back({"a BMP of the lowest height", deep});
  return all;
}

class HostilePictureTest : public ::testing::Test {
 protected:
  void SetUp() override {
    challenge::Dice dice(3);
    const auto board = challenge::board_of(1, {120, 120}, dice);
    check_ = file_of(challenge::sequence_check(board, {false}, {{0, true}}, 3));
    good_ = bgr_of(challenge::Clip(board, {false}, {}, {}, 4).frame(0)).clone();
    const auto source = camera_from_text("CAM-B=folder:" + folder_.path().string());
    ASSERT_TRUE(worker_.open_cameras({source.value()}).front().open);
  }
  void put(const Bytes& bytes) const {
    std::ofstream file(folder_ / ".new", std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    file.close();
    std::filesystem::rename(folder_.path() / ".new", folder_.path() / "1.png");
  }

  test::TemporaryFolder folder_;
  SystemClock clock_;
  Worker worker_{
      {.program = test::program("batchwright-vision"), .judge_ms = 5000, .grace_ms = 5000}, clock_};
  std::string check_;
  cv::Mat good_;
};

TEST_F(HostilePictureTest, ALookAtOneIsNoVerdictAndTheNextPictureIsJudged) {
  Bytes good;
  cv::imencode(".png", good_, good);
  for (const auto& [what, bytes] : hostile(good_)) {
    SCOPED_TRACE(what);
    put(bytes);
    const auto began_ms = clock_.monotonic_ms();
    const auto look =
        worker_.look({.camera = "CAM-B", .preview_width = 100, .check = check_, .keep = true});
    EXPECT_LT(clock_.monotonic_ms() - began_ms, 20'000);
    ASSERT_TRUE(look.result.has_value());
    // A codec may make something of damaged bytes; what it makes is no pass and no fail.
    EXPECT_NE(look.result->verdict, Verdict::kPass);
    EXPECT_NE(look.result->verdict, Verdict::kFail);
  }
  put(good);
  const auto look = worker_.look({.camera = "CAM-B", .check = check_, .restart = true});
  ASSERT_TRUE(look.seen) << look.reason;
  EXPECT_EQ(look.result->regions.at(0).code, "pending");
}

TEST_F(HostilePictureTest, AStoredPictureThatIsOneIsNoVerdictEither) {
  for (const auto& [what, bytes] : hostile(good_)) {
    SCOPED_TRACE(what);
    const auto result = worker_.check(check_, bytes, {});
    EXPECT_NE(result.verdict, Verdict::kPass);
    EXPECT_NE(result.verdict, Verdict::kFail);
  }
  EXPECT_LE(worker_.counts().started, 3);
}

TEST_F(HostilePictureTest, AHostileCheckFileIsNotPerformed) {
  Bytes good;
  cv::imencode(".png", good_, good);
  auto huge = *check_from_json(check_).check;
  const auto claimed =
      claiming(Bytes(huge.references[0].png.begin(), huge.references[0].png.end()), 60'000, 60'000);
  huge.references[0].png.assign(claimed.begin(), claimed.end());
  for (const auto& file : {std::string(), std::string("{"), std::string(100'000, '['),
                           check_.substr(0, check_.size() / 2), file_of(huge)})
    EXPECT_EQ(worker_.check(file, good, {}).verdict, Verdict::kNotPerformed);
  EXPECT_EQ(worker_.check(check_, good, {}).verdict, Verdict::kUndecided);
}

TEST_F(HostilePictureTest, NamesThatAreNoPicturesAreNotOpened) {
  std::filesystem::create_symlink("/etc/passwd", folder_.path() / "0.png");
  std::filesystem::create_directory(folder_.path() / "2.png");
  EXPECT_FALSE(worker_.look({.camera = "CAM-B"}).seen);
  EXPECT_FALSE(worker_.look({.camera = "CAM-B", .turn = Turn::kNext}).seen);
  EXPECT_EQ(worker_.counts().started, 1);
}

}  // namespace
}  // namespace batchwright::vision

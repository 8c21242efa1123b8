#include "ui/backend/picture.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <random>

#include "tests/ui/picture_check.h"
#include "ui/backend/png.h"

namespace batchwright::ui {
namespace {

class Pictures : public ::testing::Test {
 protected:
  Pictures()
      : folder_(std::filesystem::temp_directory_path() /
                ("bw-pictures-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~Pictures() override { std::filesystem::remove_all(folder_); }

  static Picture noise(int width, int height, unsigned seed) {
    std::mt19937 random(seed);
    Picture picture{width, height, {}};
    for (int i = 0; i < width * height; ++i) {
      picture.pixels.push_back(static_cast<std::uint32_t>(random()) & 0xffffff);
    }
    return picture;
  }
  static std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  std::filesystem::path folder_;
};

TEST_F(Pictures, PngKeepsEveryPixel) {
  const Picture picture = noise(37, 19, 5);
  ASSERT_TRUE(write_png(picture, folder_ / "a.png").has_value());
  const auto read = read_png(folder_ / "a.png");
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(*read, picture);
}

TEST_F(Pictures, SamePictureGivesTheSameBytes) {
  ASSERT_TRUE(write_png(noise(40, 30, 1), folder_ / "a.png").has_value());
  ASSERT_TRUE(write_png(noise(40, 30, 1), folder_ / "b.png").has_value());
  EXPECT_EQ(bytes_of(folder_ / "a.png"), bytes_of(folder_ / "b.png"));
}

TEST_F(Pictures, DamagedCutOrForeignFilesAreRefused) {
  ASSERT_TRUE(write_png(noise(40, 30, 1), folder_ / "a.png").has_value());
  const std::string whole = bytes_of(folder_ / "a.png");
  const auto read_of = [&](const std::string& bytes) {
    std::ofstream(folder_ / "x.png", std::ios::binary | std::ios::trunc) << bytes;
    return read_png(folder_ / "x.png");
  };
  for (std::size_t length = 0; length + 20 < whole.size(); length += 97) {
    EXPECT_FALSE(read_of(whole.substr(0, length)).has_value()) << length << " bytes";
  }
  EXPECT_EQ(read_of("not a picture").error().code, ErrorCode::kMalformed);
  std::string huge = whole;
  huge[16] = 0x7f;  // width of two thousand million
  EXPECT_FALSE(read_of(huge).has_value());
  EXPECT_EQ(read_png(folder_ / "absent.png").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(write_png(Picture{}, folder_ / "e.png").error().code, ErrorCode::kRefused);
  EXPECT_EQ(write_png(noise(2, 2, 1), folder_ / "no" / "e.png").error().code, ErrorCode::kIo);
}

TEST_F(Pictures, OneChangedBitOfOnePixelIsFoundAndShown) {
  const Picture expected = noise(30, 20, 8);
  Picture actual = expected;
  EXPECT_FALSE(compare(expected, actual).has_value());
  actual.pixels[7 * 30 + 4] ^= 0x000100;
  const auto difference = compare(expected, actual);
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->pixels, 1u);
  EXPECT_EQ(difference->where, (PixelRect{4, 7, 5, 8}));
  EXPECT_EQ(difference->channel_max, 1);
  EXPECT_EQ(difference->shown.at(4, 7), 0xff0000u);
  EXPECT_NE(difference->shown.at(5, 7), 0xff0000u);
}

TEST_F(Pictures, AFewEdgesByOneLevelAreAnotherProcessorsAndNothingElseIs) {
  const Picture expected{50, 40, std::vector<std::uint32_t>(2'000, 0x808080)};
  const auto is_accepted = [&](std::size_t pixels, std::uint32_t changed_to) {
    Picture actual = expected;
    for (std::size_t i = 0; i < pixels; ++i) actual.pixels[i] = changed_to;
    return test::is_drawn_by_another_processor(*compare(expected, actual), actual);
  };
  EXPECT_TRUE(is_accepted(4, 0x7f8180));
  EXPECT_FALSE(is_accepted(1, 0x828080)) << "two levels";
  EXPECT_FALSE(is_accepted(5, 0x818080)) << "an area";
}

TEST_F(Pictures, DifferentSizesAreADifference) {
  const auto difference = compare(noise(3, 4, 1), noise(4, 3, 1));
  ASSERT_TRUE(difference.has_value());
  EXPECT_EQ(difference->summary, "expected 3 x 4 pixels, got 4 x 3");
}

}  // namespace
}  // namespace batchwright::ui

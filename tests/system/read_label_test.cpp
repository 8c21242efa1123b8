// Requirement E2, E3: the command reads pictures through the vision worker; one line a picture,
// whatever each of them is.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "base/json.h"
#include "tests/support/process.h"

namespace batchwright::test {
namespace {

// An uncompressed picture of bars, 4 pixels a module and 80 high, with quiet zones.
std::string bmp_of(const std::string& modules) {
  constexpr int kModulePx = 4, kHeight = 80, kQuiet = 12;
  const int width = (static_cast<int>(modules.size()) + 2 * kQuiet) * kModulePx;
  const auto number = [](int value) {
    std::string bytes;
    for (int i = 0; i < 4; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
    return bytes;
  };
  std::string row;
  for (int x = 0; x < width; ++x) {
    const int module = x / kModulePx - kQuiet;
    const bool bar = module >= 0 && module < static_cast<int>(modules.size()) &&
                     modules[static_cast<std::size_t>(module)] == '1';
    row += std::string(3, bar ? '\x20' : '\xE0');
  }
  row.resize((row.size() + 3) / 4 * 4, '\0');
  std::string pixels;
  for (int y = 0; y < kHeight; ++y) pixels += row;
  return "BM" + number(static_cast<int>(54 + pixels.size())) + number(0) + number(54) + number(40) +
         number(width) + number(kHeight) + std::string("\x01\0\x18\0", 4) + number(0) +
         number(static_cast<int>(pixels.size())) + std::string(16, '\0') + pixels;
}

// EAN-13 4003994155486, as the GS1 General Specifications have it drawn.
const std::string kBars =
    "101"
    "000110101001110111101000101100101110011101"
    "01010"
    "110011010011101001110101110010010001010000"
    "101";

TEST(ReadLabel, EveryPictureGetsItsLineAndABadOneStopsNoOther) {
  const TemporaryFolder folder;
  const auto write = [&](const char* name, const std::string& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
    return folder / name;
  };
  const auto whole = bmp_of(kBars);
  const auto good = write("good.bmp", whole);
  const auto cut = write("cut.bmp", whole.substr(0, 40));
  const auto text = write("text.png", "no picture");
  const auto result = run_program(
      {program("batchwright"), "read-label", "--json", cut, folder / "missing.png", text, good});
  EXPECT_EQ(result.exit_code, 2) << result.err;
  std::istringstream lines(result.out);
  std::vector<Json> answers;
  for (std::string line; std::getline(lines, line);) answers.push_back(parse_json(line).value());
  ASSERT_EQ(answers.size(), 4u) << result.out;
  EXPECT_EQ(answers[0]["verdict"], "bad_image");
  EXPECT_EQ(answers[1]["verdict"], "not_performed");
  EXPECT_EQ(answers[2]["verdict"], "bad_image");
  EXPECT_EQ(answers[3]["verdict"], "read");
  EXPECT_EQ(answers[3]["file"], good);
  ASSERT_EQ(answers[3]["symbols"].size(), 1u);
  EXPECT_EQ(answers[3]["symbols"][0]["format"], "ean_13");
  EXPECT_EQ(answers[3]["symbols"][0]["text"], "4003994155486");
  EXPECT_EQ(answers[3]["symbols"][0]["corners"].size(), 4u);
}

TEST(ReadLabel, AFormatIsOneWordAndThePictureBehindItIsRead) {
  const TemporaryFolder folder;
  std::ofstream(folder / "good.bmp", std::ios::binary) << bmp_of(kBars);
  const auto result = run_program(
      {program("batchwright"), "read-label", "--format", "ean_13", folder / "good.bmp"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("4003994155486"), std::string::npos) << result.out;
}

TEST(ReadLabel, AnUnknownFormatIsRefusedWithTheKnownOnes) {
  const auto result =
      run_program({program("batchwright"), "read-label", "--format", "aztec", "x.png"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("data_matrix"), std::string::npos);
}

}  // namespace
}  // namespace batchwright::test

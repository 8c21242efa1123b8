// Requirement E8: challenge pictures are judged against answers that were written before, the
// report says what that proves, and a stopped run leaves nothing behind.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "tests/support/process.h"

namespace batchwright::test {
namespace {

namespace fs = std::filesystem;

std::string load(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class VisionValidate : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder();
    const auto made =
        run_program({program("batchwright"), "vision", "generate", "--count", "9", "--seed", "3",
                     "--split", "tune", "--date", "2026-11-22", "--out", *folder_ / "set"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    manifest_sha256_ = made.out.substr(made.out.find(' ') + 1, 64);
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }

  [[nodiscard]] std::vector<std::string> validating(const std::string& set,
                                                    const std::string& name = "report") const {
    return {program("batchwright"),
            "vision",
            "validate",
            set,
            "--check",
            *folder_ / "set/check.json",
            "--out",
            mine_ / (name + ".pdf"),
            "--json",
            mine_ / (name + ".json")};
  }
  [[nodiscard]] bool wrote_nothing() const { return fs::is_empty(mine_.path()); }

  const TemporaryFolder mine_;
  static TemporaryFolder* folder_;
  static std::string manifest_sha256_;
};
TemporaryFolder* VisionValidate::folder_ = nullptr;
std::string VisionValidate::manifest_sha256_;

TEST_F(VisionValidate, EveryCaseIsCountedAndTheReportIsTheSameTwice) {
  const auto first = run_program(validating(*folder_ / "set"));
  ASSERT_EQ(first.exit_code, 0) << first.err;
  ASSERT_EQ(run_program(validating(*folder_ / "set", "again")).exit_code, 0);
  EXPECT_EQ(load(mine_ / "report.pdf"), load(mine_ / "again.pdf"));
  EXPECT_EQ(load(mine_ / "report.json"), load(mine_ / "again.json"));
  EXPECT_TRUE(load(mine_ / "report.pdf").starts_with("%PDF-"));
  const auto report = parse_json(load(mine_ / "report.json")).value();
  EXPECT_EQ(report["manifest"]["sha256"], manifest_sha256_);
  std::int64_t cases = 0;
  for (const auto& group : report["groups"])
    for (const auto& row : group["matrix"])
      for (const auto& count : row) cases += count.get<std::int64_t>();
  EXPECT_EQ(cases, 9);
  EXPECT_EQ(report["splits"]["tune"], 9);
  EXPECT_EQ(report["harmful"], 0) << first.out;
  const auto& in_gate = report["groups"][0];
  EXPECT_EQ(in_gate["false_accept"]["errors"], 0);
  EXPECT_GT(in_gate["false_accept"]["trials"], 0);
  EXPECT_GT(in_gate["false_accept"]["upper_95"].get<double>(), 0.1) << "few cases prove little";
}

TEST_F(VisionValidate, ASplitThatIsNotThereIsRefused) {
  auto words = validating(*folder_ / "set");
  words.insert(words.end(), {"--split", "sealed"});
  const auto result = run_program(words);
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("no case of this split"), std::string::npos) << result.err;
  EXPECT_TRUE(wrote_nothing());
}

TEST_F(VisionValidate, AnotherManifestThanTheOneThatWasHashedIsRefused) {
  auto words = validating(*folder_ / "set");
  words.insert(words.end(), {"--manifest-sha256", std::string(64, '0')});
  EXPECT_EQ(run_program(words).exit_code, 1);
  words.back() = manifest_sha256_;
  EXPECT_TRUE(wrote_nothing());
  EXPECT_EQ(run_program(words).exit_code, 0);
}

TEST_F(VisionValidate, AnAlteredOrMissingPictureIsNamedAndEndsTheRun) {
  const TemporaryFolder copy;
  fs::copy(*folder_ / "set", copy.path() / "set");
  const auto altered = copy.path() / "set" / "000004-1.png";
  std::ofstream(altered, std::ios::binary | std::ios::app) << ' ';
  const auto result = run_program(validating(copy / "set"));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("000004-1.png"), std::string::npos) << result.err;
  fs::remove(altered);
  EXPECT_EQ(run_program(validating(copy / "set")).exit_code, 2);
  EXPECT_TRUE(wrote_nothing());
}

TEST_F(VisionValidate, AStoppedRunLeavesNoHalfReport) {
  // One picture as thousands of cases: longer than anybody waits.
  const TemporaryFolder set;
  auto manifest = parse_json(load(*folder_ / "set/manifest.json")).value();
  const auto one = manifest["cases"][0];
  fs::copy(*folder_ / ("set/" + one["images"][0]["file"].get<std::string>()), set.path());
  for (int i = 0; i < 5000; ++i) {
    manifest["cases"].push_back(one);
    manifest["cases"].back()["id"] = "again-" + std::to_string(i);
  }
  manifest["cases"].erase(manifest["cases"].begin(), manifest["cases"].begin() + 9);
  std::ofstream(set / "manifest.json") << to_text(manifest);
  // In the foreground, or timeout would send a second signal, and that one ends the program at
  // once.
  std::vector<std::string> words{
      "/usr/bin/timeout", "--foreground", "--preserve-status", "-s", "INT", "2"};
  for (const auto& word : validating(set.path().string())) words.push_back(word);
  const auto result = run_program(words);
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.err.find("Stopped. Nothing was written."), std::string::npos) << result.err;
  EXPECT_TRUE(wrote_nothing());
}

TEST_F(VisionValidate, ALabelHasNothingToTeachAndSaysSo) {
  fs::create_directory(mine_.path() / "good");
  fs::create_directory(mine_.path() / "bad");
  const auto result = run_program({program("batchwright"), "vision", "teach", "--check",
                                   *folder_ / "set/check.json", "--good", mine_ / "good", "--bad",
                                   mine_ / "bad", "--out", mine_ / "taught.json"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.err.find("no threshold"), std::string::npos) << result.err;
  EXPECT_FALSE(fs::exists(mine_ / "taught.json"));
}

TEST_F(VisionValidate, PicturesAreNotDrawnOverOthersAndTheKitIsAPdf) {
  const auto again = run_program(
      {program("batchwright"), "vision", "generate", "--count", "1", "--out", *folder_ / "set"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_NE(again.err.find("holds something already"), std::string::npos) << again.err;
  const auto kit =
      run_program({program("batchwright"), "vision", "kit", "--out", mine_ / "kit.pdf"});
  EXPECT_EQ(kit.exit_code, 0) << kit.err;
  EXPECT_TRUE(load(mine_ / "kit.pdf").starts_with("%PDF-"));
}

}  // namespace
}  // namespace batchwright::test

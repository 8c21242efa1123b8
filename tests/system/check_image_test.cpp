// Requirement E4, E5 and E6: pictures are judged by an approved check from the command line, an
// attempt can be judged again bit for bit, and whatever was altered is refused before that.
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

void save(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

class CheckImage : public ::testing::Test {
 protected:
  // Four rendered label scenes, made once.
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder();
    const auto made = run_program({program("batchwright"), "vision", "generate", "--count", "6",
                                   "--seed", "77", "--out", *folder_ / "set"});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    manifest_ = new Json(parse_json(load(*folder_ / "set/manifest.json")).value());
  }
  static void TearDownTestSuite() {
    delete manifest_;
    delete folder_;
    manifest_ = nullptr;
    folder_ = nullptr;
  }

  // The first scene whose answer is `truth`.
  static Json scene(const std::string& truth) {
    for (const auto& one : (*manifest_)["cases"])
      if (one["truth"] == truth) return one;
    ADD_FAILURE() << "no scene that must be " << truth;
    return {};
  }
  static std::string picture(const Json& scene) {
    return *folder_ / ("set/" + scene["images"][0]["file"].get<std::string>());
  }
  static std::vector<std::string> judging(const Json& scene) {
    std::vector<std::string> words{program("batchwright"), "check-image", "--check", check()};
    for (const auto& value : scene["values"])
      words.insert(words.end(), {"--expect", value["name"].get<std::string>() + "=" +
                                                 value["value"].get<std::string>()});
    words.push_back(picture(scene));
    return words;
  }
  static std::string check() { return *folder_ / "set/check.json"; }

  static Finished repeat(const std::string& check_file, const std::string& evidence,
                         const std::string& image) {
    return run_program({program("batchwright"), "check-image", "--check", check_file, "--evidence",
                        evidence, image});
  }

  // The evidence of a scene that passes, once more for each test.
  [[nodiscard]] std::string evidence_of(const Json& scene) const {
    auto words = judging(scene);
    words.insert(words.end(), {"--save-evidence", mine_ / "evidence.json"});
    EXPECT_EQ(run_program(words).exit_code, 0);
    return mine_ / "evidence.json";
  }

  const TemporaryFolder mine_;
  static TemporaryFolder* folder_;
  static Json* manifest_;
};
TemporaryFolder* CheckImage::folder_ = nullptr;
Json* CheckImage::manifest_ = nullptr;

TEST_F(CheckImage, ARightLabelPassesAndAWrongOneFailsNamingWhatDiffers) {
  auto words = judging(scene("pass"));
  words.emplace_back("--json");
  const auto right = run_program(words);
  EXPECT_EQ(right.exit_code, 0) << right.err;
  EXPECT_EQ(parse_json(right.out).value()["result"]["verdict"], "pass") << right.out;
  const auto wrong = run_program(judging(scene("fail")));
  EXPECT_EQ(wrong.exit_code, 0) << "judged is judged";
  EXPECT_NE(wrong.out.find(": fail"), std::string::npos) << wrong.out;
  EXPECT_NE(wrong.out.find("other_text"), std::string::npos) << wrong.out;
}

TEST_F(CheckImage, AnAttemptIsJudgedAgainBitForBit) {
  const auto one = scene("pass");
  const auto result = repeat(check(), evidence_of(one), picture(one));
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_NE(result.out.find("THE SAME"), std::string::npos);
}

TEST_F(CheckImage, OfSeveralPicturesTwoMustAgreeAndTheyAreJudgedAgainSo) {
  const auto right = scene("pass"), outside = scene("undecided");
  const auto attempt = [&](const std::vector<std::string>& pictures, const char* verdict) {
    auto words = judging(right);
    words.pop_back();
    words.insert(words.end(), pictures.begin(), pictures.end());
    words.insert(words.end(), {"--frames", "--json", "--save-evidence", mine_ / "frames.json"});
    const auto judged = run_program(words);
    EXPECT_EQ(judged.exit_code, 0) << judged.err;
    EXPECT_EQ(parse_json(judged.out).value()["result"]["verdict"], verdict) << judged.out;
    std::vector<std::string> again{program("batchwright"), "check-image",        "--check", check(),
                                   "--evidence",           mine_ / "frames.json"};
    again.insert(again.end(), pictures.begin(), pictures.end());
    const auto same = run_program(again);
    EXPECT_EQ(same.exit_code, 0) << same.out << same.err;
  };
  attempt({picture(outside), picture(right), picture(right)}, "pass");
  attempt({picture(outside), picture(right)}, "undecided");
}

TEST_F(CheckImage, AnAlteredFrameCheckOrResultIsNamedAndNothingIsJudged) {
  const auto one = scene("pass");
  const auto evidence = evidence_of(one);
  const auto refused = [&](const std::string& check_file, const std::string& document,
                           const std::string& image, const char* code) {
    const auto result = repeat(check_file, document, image);
    EXPECT_EQ(result.exit_code, 1) << result.out;
    EXPECT_NE(result.out.find(code), std::string::npos) << result.out;
    EXPECT_NE(result.out.find("Nothing was judged"), std::string::npos) << result.out;
  };
  save(mine_ / "frame.png", load(picture(one)) + '\0');
  refused(check(), evidence, mine_ / "frame.png", "evidence.frame");
  auto other = load(check());
  other.replace(other.find("\"version\":\"1\""), 13, "\"version\":\"2\"");
  save(mine_ / "check.json", other);
  refused(mine_ / "check.json", evidence, picture(one), "evidence.check");
  auto document = parse_json(load(evidence)).value();
  document["result_sha256"] = std::string(64, '0');
  save(mine_ / "altered.json", to_text(document));
  refused(check(), mine_ / "altered.json", picture(one), "evidence.result");
}

TEST_F(CheckImage, AResultThatDoesNotComeOutAgainIsToldPlaceByPlace) {
  const auto right = scene("pass");
  auto document = parse_json(load(evidence_of(right))).value();
  // Expected otherwise, with everything else as it was: the frames no longer give this result.
  document["expected"][0]["value"] = "00000000000000";
  save(mine_ / "other.json", to_text(document));
  const auto result = repeat(check(), mine_ / "other.json", picture(right));
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_NE(result.out.find("DIFFERENT"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("verdict"), std::string::npos) << result.out;
}

TEST_F(CheckImage, WhatMakesNoSenseIsRefusedInWords) {
  const auto one = scene("pass");
  const auto refused = [&](const std::vector<std::string>& more, int exit_code, const char* words) {
    std::vector<std::string> command{program("batchwright"), "check-image", picture(one)};
    command.insert(command.end(), more.begin(), more.end());
    const auto result = run_program(command);
    EXPECT_EQ(result.exit_code, exit_code) << result.err;
    EXPECT_NE(result.err.find(words), std::string::npos) << result.err;
  };
  refused({"--check", check(), "--expect", "lot"}, 1, "NAME=VALUE");
  refused({"--check", check(), "--expect", "lot=1", "--expect", "lot=2"}, 1, "twice");
  refused({"--check", check(), "--evidence", "x", "--expect", "lot=1"}, 1, "--evidence");
  refused({"--check", mine_ / "none.json"}, 2, "no such file");
  save(mine_ / "broken.json", "{\"format\":\"batchwright/check/1\"}");
  refused({"--check", mine_ / "broken.json"}, 1, "camera");
  save(mine_ / "no-evidence.json", "{}");
  refused({"--check", check(), "--evidence", mine_ / "no-evidence.json"}, 1, "no evidence");
}

}  // namespace
}  // namespace batchwright::test

// Requirement E8: a folder of challenge pictures is whole, can be made again from its seed, and
// never replaces another one.
#include "vision/challenge/challenge_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/bytes.h"
#include "base/sha256.h"
#include "tests/support/process.h"
#include "vision/engine/load_image.h"

namespace batchwright::vision::challenge {
namespace {

using batchwright::test::TemporaryFolder;

std::string load(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

FolderFacts facts(const TemporaryFolder& folder, const std::string& name) {
  return {folder.path() / name, 2, 5, Split::kSealed, "2026-11-22", 2};
}

TEST(ChallengeFolder, HasEveryPictureThatItsManifestNamesAndACheckThatFits) {
  const TemporaryFolder folder;
  const auto made = facts(folder, "set");
  const auto hash = write_challenge(scene_kinds()[0], made);
  ASSERT_TRUE(hash) << hash.error().message << hash.error().place;
  const auto reading = manifest_from_json(load(made.folder / "manifest.json"));
  ASSERT_TRUE(reading.manifest);
  EXPECT_EQ(reading.manifest->sha256_hex, *hash);
  ASSERT_EQ(reading.manifest->cases.size(), 2u);
  for (const auto& one : reading.manifest->cases) {
    EXPECT_EQ(one.split, Split::kSealed);
    ASSERT_EQ(one.images.size(), 2u);
    for (const auto& image : one.images) {
      const auto bytes = load(made.folder / image.file);
      EXPECT_EQ(to_hex(sha256(bytes)), image.sha256_hex);
      EXPECT_TRUE(
          load_image(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size())));
    }
    EXPECT_NE(one.images[0].sha256_hex, one.images[1].sha256_hex) << "frames are not one picture";
  }
  EXPECT_TRUE(check_from_json(load(made.folder / "check.json")).check);
}

TEST(ChallengeFolder, TheSameSeedGivesTheSameManifestAndAnotherAnother) {
  const TemporaryFolder folder;
  auto one = facts(folder, "one"), again = facts(folder, "again"), other = facts(folder, "other");
  one.count = again.count = other.count = 1;
  other.seed = 6;
  const auto kind = scene_kinds()[1];
  EXPECT_EQ(write_challenge(kind, one).value(), write_challenge(kind, again).value());
  EXPECT_NE(write_challenge(kind, other).value(),
            to_hex(sha256(load(one.folder / "manifest.json"))));
}

TEST(ChallengeFolder, AFolderThatHoldsSomethingIsLeftAlone) {
  const TemporaryFolder folder;
  std::ofstream(folder / "mine.txt") << "mine";
  auto here = facts(folder, ".");
  const auto refused = write_challenge(scene_kinds()[0], here);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "manifest.json"));
}

}  // namespace
}  // namespace batchwright::vision::challenge

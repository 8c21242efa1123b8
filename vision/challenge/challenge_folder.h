// A folder of rendered pictures with their manifest (docs/formats/challenge-manifest.md), for
// whoever wants to judge them without this program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "vision/challenge_manifest.h"
#include "vision/check.h"
#include "vision/frame.h"

namespace batchwright::vision::challenge {

// A scene with its answer; the images' names and hashes are filled in when they are written.
struct DrawnCase {
  ChallengeCase asked;
  std::vector<Frame> frames;  // of one attempt, in order
};

struct FolderFacts {
  std::filesystem::path folder;  // made when it isn't there; must be empty
  int count = 100;               // 1..kCasesMax
  std::uint64_t seed = 1;
  Split split = Split::kDevelop;
  std::string date;  // YYYY-MM-DD
  int frames = 1;    // of each case, 1..kFramesOfScene
};

// What there is to draw, and a check that fits: every case is a function of seed and number.
struct SceneKind {
  std::string name;
  std::string about;  // for the manifest
  std::function<Check()> check;
  std::function<DrawnCase(std::uint64_t seed, int number, int frames)> draw;
};

// "label": GS1 labels on a cluttered table, expected values right or one digit off, a third of the
// scenes outside the quality gate; "label-text": the same with plain texts. "kit":
// the filter assembly, every second one in order, the others with each fault in turn.
[[nodiscard]] std::vector<SceneKind> scene_kinds();

// Writes the pictures, check.json and, last of all, manifest.json; returns the manifest's SHA-256.
// kConflict when the folder holds anything; kIo when something could not be written: then there is
// no manifest.
[[nodiscard]] Result<std::string> write_challenge(const SceneKind& kind, const FolderFacts& facts);
// The same by name; kNotFound for a kind that there isn't.
[[nodiscard]] Result<std::string> write_challenge(std::string_view kind, const FolderFacts& facts);

// Writes beside and renames: the file is there whole or as it was.
[[nodiscard]] Result<void> save_whole(const std::filesystem::path& path, std::string_view bytes);

}  // namespace batchwright::vision::challenge

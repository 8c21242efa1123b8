// Pictures and cards with known answers: what a camera check must come to on each of them. Written
// and hashed before anything is judged, so that no answer can follow the result (row E8). One file,
// manifest.json beside its pictures, format batchwright/challenge-manifest/1
// (docs/formats/challenge-manifest.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "vision/check.h"
#include "vision/check_result.h"

namespace batchwright::vision {

inline constexpr std::size_t kManifestBytesMax = 64u << 20;
inline constexpr std::size_t kCasesMax = 100'000;
inline constexpr std::size_t kCaseImagesMax = 200;
inline constexpr std::size_t kCardsMax = 20;  // of one manifest: somebody shows each of them
inline constexpr std::size_t kParametersMax = 40;

// Developed on, tuned on, and opened once per release.
enum class Split : std::uint8_t { kDevelop, kTune, kSealed };
// Inside the limits that the check promises to work in, or outside them: there, undecided is right.
enum class CaseGroup : std::uint8_t { kInGate, kOutOfGate };
// Of a case that must not pass: something a person could take for the right one (one digit of the
// lot, the neighbour part, mirrored), or anything else.
enum class WrongKind : std::uint8_t { kNone, kPlausible, kRandom };

[[nodiscard]] const char* to_string(Split split);      // "develop", "tune", "sealed"
[[nodiscard]] const char* to_string(CaseGroup group);  // "in_gate", "out_of_gate"
[[nodiscard]] const char* to_string(WrongKind wrong);  // "", "plausible", "random"
[[nodiscard]] std::optional<Split> split_from_text(std::string_view name);

struct ChallengeImage {
  std::string file;  // name in the manifest's folder; no path
  std::string sha256_hex;
  bool operator==(const ChallengeImage&) const = default;
};

// One independent scene: either pictures of it, several being the frames of one attempt in order,
// or a card (a printed label, a known object) that a person shows to the camera.
struct ChallengeCase {
  std::string id;  // unique
  Split split = Split::kDevelop;
  CaseGroup group = CaseGroup::kInGate;
  std::vector<ChallengeImage> images;
  ExpectedValues values;           // given to the check, as the batch would
  Verdict truth = Verdict::kPass;  // pass, fail or undecided
  ExpectedValues readings;         // what must be read when it passes; others may be there, too
  WrongKind wrong = WrongKind::kNone;
  std::map<std::string, double> parameters;  // how the scene was made: "blur_px", "tilt_deg" ...
  Words card = {};  // what to show, as the person reads it; empty = there are images
  bool operator==(const ChallengeCase&) const = default;
};

struct ChallengeManifest {
  std::string id;
  std::string made;       // YYYY-MM-DD
  std::string generator;  // who made the pictures and how: program, kind, camera
  std::string seed;       // of a generator; empty for photographs
  bool rendered = true;   // false: photographs. Never merged in one manifest
  std::vector<ChallengeCase> cases;
  std::string sha256_hex;  // of the file's bytes; not part of the file

  bool operator==(const ChallengeManifest&) const = default;
};

struct ManifestReading {
  std::optional<ChallengeManifest> manifest;  // only when no finding is an error
  Findings findings;
};

// All findings at once. Truth and kind must go together: only a case that must not pass has a kind
// of wrong, only one that must has readings.
[[nodiscard]] ManifestReading manifest_from_json(std::string_view bytes);

// Canonical: the same manifest gives the same bytes.
[[nodiscard]] std::string file_of(const ChallengeManifest& manifest);

}  // namespace batchwright::vision

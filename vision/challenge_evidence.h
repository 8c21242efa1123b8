// What a challenge came to, as the record keeps it (docs/formats/challenge-evidence.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "vision/check_result.h"

namespace batchwright::vision {

// One showing of a card.
struct CardAttempt {
  Verdict verdict = Verdict::kNotPerformed;
  std::vector<std::string> frames_sha256_hex;  // in the order in which they were judged
};

struct ChallengedCase {
  std::string id;
  Verdict truth = Verdict::kPass;
  std::string result_text;            // canonical, of the last picture
  std::vector<CardAttempt> attempts;  // of a card
};

struct ChallengeEvidence {
  std::string check_sha256_hex, manifest_sha256_hex;
  std::string camera, source;     // where pictures of cards came from, as in check evidence
  std::string engine_sha256_hex;  // of the program that judged
  std::vector<ChallengedCase> cases;
};

// Canonical JSON.
[[nodiscard]] std::string to_text(const ChallengeEvidence& evidence);

// What a document says that the line naming it says too, and the files it names.
struct ChallengeSummary {
  std::string check_sha256_hex, manifest_sha256_hex, camera;
  int good = 0, bad = 0, bad_failed = 0;
  int good_passed = 0;             // at most: the line also asked for the right readings
  std::vector<std::string> files;  // SHA-256 of pictures of cards, and then of the manifest
};
// kMalformed when it is no such document.
[[nodiscard]] Result<ChallengeSummary> summary_of_challenge(std::string_view document);

}  // namespace batchwright::vision

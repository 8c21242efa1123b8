// What a challenge came to, as the record keeps it (docs/formats/challenge-evidence.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "vision/check_result.h"

namespace batchwright::vision {

struct ChallengedCase {
  std::string id;
  Verdict truth = Verdict::kPass;
  std::string result_text;                     // canonical, of the last picture
  std::vector<std::string> frames_sha256_hex;  // of a card, in the order in which they were judged
};

struct ChallengeEvidence {
  std::string check_sha256_hex, manifest_sha256_hex;
  std::vector<ChallengedCase> cases;
};

// Canonical JSON.
[[nodiscard]] std::string to_text(const ChallengeEvidence& evidence);

// What a document names besides itself: the check file, and the pictures that were taken of cards.
struct ChallengeNames {
  std::string check_sha256_hex;
  std::vector<std::string> frames_sha256_hex;
};
// kMalformed when it is no such document.
[[nodiscard]] Result<ChallengeNames> names_in_challenge(std::string_view document);

}  // namespace batchwright::vision

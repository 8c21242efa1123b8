// The challenge of one check: its known-good and known-bad pictures (requirement E8).
#include <filesystem>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/camera/attempt.h"
#include "client/file.h"
#include "vision/challenge_manifest.h"

namespace batchwright::client {

namespace {

using vision::Verdict;

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// What the check says of a case: of its last picture, the first one being a beginning.
vision::CheckResult judge(Lookout& lookout, const ChallengeJob& job,
                          const vision::ChallengeCase& one) {
  vision::CheckResult result;
  bool first = true;
  for (const auto& image : one.images) {
    const auto picture =
        load_file(std::filesystem::path(job.folder) / image.file, vision::kPictureBytesMax);
    if (!picture || to_hex(sha256(*picture)) != image.sha256_hex) {
      result.verdict = Verdict::kNotPerformed;
      result.reason = "A picture of the challenge set is missing or was altered: " + image.file;
      return result;
    }
    result = lookout.check(*job.check, bytes_of(*picture), one.values, first);
    first = false;
    // A fail or pass of a sequence is its last word.
    if (result.verdict != Verdict::kUndecided && one.images.size() > 1) return result;
  }
  return result;
}

bool reads_right(const vision::ChallengeCase& one, const vision::CheckResult& result) {
  return std::ranges::all_of(one.readings, [&](const auto& wanted) {
    return std::ranges::find(result.readings, wanted) != result.readings.end();
  });
}

}  // namespace

ChallengeOutcome run_challenge(Lookout& lookout, const ChallengeJob& job,
                               const Watching& watching) {
  ChallengeOutcome outcome;
  const auto text =
      load_file(std::filesystem::path(job.folder) / "manifest.json", vision::kManifestBytesMax);
  if (!text) {
    outcome.problem = text.error().message;
    return outcome;
  }
  const auto reading = vision::manifest_from_json(*text);
  if (!reading.manifest) {
    outcome.problem = reading.findings.empty() ? "" : reading.findings.front().message;
    return outcome;
  }
  Json cases = Json::array();
  int shown = 0;
  for (const auto& one : reading.manifest->cases) {
    if (watching.stopped()) {
      outcome.stopped = true;
      return outcome;
    }
    const auto result = judge(lookout, job, one);
    const bool good = one.truth == Verdict::kPass;
    const bool right = result.verdict == one.truth && (!good || reads_right(one, result));
    ++(good ? outcome.good : outcome.bad);
    if (right) ++(good ? outcome.good_passed : outcome.bad_failed);
    cases.push_back({{"case", one.id},
                     {"truth", to_string(one.truth)},
                     {"result", parse_json(canonical_text(result)).value_or(Json())}});
    watching.looked(++shown);
  }
  const Json document = {{"format", "batchwright/challenge-evidence/1"},
                         {"check", to_hex(sha256(*job.check))},
                         {"manifest", reading.manifest->sha256_hex},
                         {"cases", cases}};
  outcome.document = to_text(document);
  return outcome;
}

}  // namespace batchwright::client

// The challenge of one check: its known-good and known-bad pictures and cards (requirement E8).
#include <filesystem>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/camera/attempt.h"
#include "client/file.h"
#include "vision/challenge_evidence.h"
#include "vision/challenge_manifest.h"

namespace batchwright::client {

namespace {

using vision::Verdict;

vision::CheckResult not_performed(std::string reason) {
  vision::CheckResult result;
  result.verdict = Verdict::kNotPerformed;
  result.reason = std::move(reason);
  return result;
}

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

struct Answer {
  vision::CheckResult result;
  std::vector<std::string> frames = {};  // of a card
  bool stopped = false;
};

// What the check says of a case: of its last picture, the first one being a beginning.
Answer judge_pictures(Lookout& lookout, const ChallengeJob& job, const vision::ChallengeCase& one) {
  vision::CheckResult result;
  bool first = true;
  for (const auto& image : one.images) {
    const auto picture =
        load_file(std::filesystem::path(job.folder) / image.file, vision::kPictureBytesMax);
    if (!picture || to_hex(sha256(*picture)) != image.sha256_hex)
      return {
          not_performed("A picture of the challenge set is missing or was altered: " + image.file)};
    result = lookout.check(*job.check.check, bytes_of(*picture), one.values, first);
    first = false;
    // A fail or pass of a sequence is its last word.
    if (result.verdict != Verdict::kUndecided && one.images.size() > 1) break;
  }
  return {std::move(result)};
}

// The same attempt as of a batch's object, through the same lens.
Answer judge_card(Lookout& lookout, Preview& preview, const ChallengeJob& job,
                  const vision::ChallengeCase& one, int shown, const Challenging& challenging) {
  if (!challenging.ask_for({shown, one.card}))
    return {not_performed("Nobody is there to lay a card before the camera.")};
  while (!challenging.lies_there(shown)) {
    if (challenging.stopped()) return {.result = {}, .stopped = true};
    show_look(lookout, preview, job.check.camera);
    challenging.wait(kLookEveryMs);
  }
  auto check = job.check;
  check.expected = one.values;
  auto outcome =
      run_attempt(lookout, preview, check,
                  {.stopped = challenging.stopped, .looked = [](int) {}, .wait = challenging.wait});
  return {std::move(outcome.result), std::move(outcome.frames), outcome.stopped};
}

bool reads_right(const vision::ChallengeCase& one, const vision::CheckResult& result) {
  return std::ranges::all_of(one.readings, [&](const auto& wanted) {
    return std::ranges::find(result.readings, wanted) != result.readings.end();
  });
}

}  // namespace

ChallengeOutcome run_challenge(Lookout& lookout, Preview& preview, const ChallengeJob& job,
                               const Challenging& challenging) {
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
  vision::ChallengeEvidence evidence{
      to_hex(sha256(*job.check.check)), reading.manifest->sha256_hex, {}};
  std::size_t bytes = 0;
  int shown = 0;
  for (const auto& one : reading.manifest->cases) {
    if (challenging.stopped()) return {.stopped = true};
    auto answer = one.card.empty() ? judge_pictures(lookout, job, one)
                                   : judge_card(lookout, preview, job, one, shown, challenging);
    if (answer.stopped) return {.stopped = true};
    const bool good = one.truth == Verdict::kPass;
    const bool right =
        answer.result.verdict == one.truth && (!good || reads_right(one, answer.result));
    ++(good ? outcome.good : outcome.bad);
    if (right) ++(good ? outcome.good_passed : outcome.bad_failed);
    vision::ChallengedCase judged{one.id, one.truth, canonical_text(answer.result), {}};
    for (auto& frame : answer.frames) {
      bytes += frame.size();
      judged.frames_sha256_hex.push_back(to_hex(sha256(frame)));
      outcome.frames.push_back(std::move(frame));
    }
    if (bytes > kChallengeBytesMax) return {.problem = "Its cards take too many pictures."};
    evidence.cases.push_back(std::move(judged));
    challenging.looked(++shown);
  }
  outcome.document = to_text(evidence);
  return outcome;
}

}  // namespace batchwright::client

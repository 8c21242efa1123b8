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

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

bool reads_right(const vision::ChallengeCase& one, const vision::CheckResult& result) {
  return std::ranges::all_of(one.readings, [&](const auto& wanted) {
    return std::ranges::find(result.readings, wanted) != result.readings.end();
  });
}

struct Answer {
  vision::CheckResult result = {};
  std::vector<vision::CardAttempt> attempts = {};
  bool stopped = false;
};

class Challenge {
 public:
  Challenge(Lookout& lookout, Preview& preview, const ChallengeJob& job,
            const Challenging& challenging)
      : lookout_(lookout), preview_(preview), job_(job), challenging_(challenging) {}

  ChallengeOutcome run(const vision::ChallengeManifest& manifest) {
    total_ = static_cast<int>(manifest.cases.size());
    for (const auto& one : manifest.cases) {
      Answer answer{.stopped = challenging_.stopped()};
      if (!answer.stopped) answer = one.card.empty() ? judge_pictures(one) : judge_card(one);
      if (answer.stopped) {
        // What was judged wrong stays in the record, whoever stops it then.
        if (outcome_.wrong.empty()) return {.stopped = true};
        break;
      }
      take(one, std::move(answer));
      challenging_.looked(++shown_);
    }
    outcome_.document = to_text(vision::ChallengeEvidence{
        to_hex(sha256(*job_.check.check)), manifest.sha256_hex, job_.check.camera,
        to_string(job_.check.source), job_.engine_sha256_hex, std::move(cases_)});
    outcome_.manifest_sha256_hex = manifest.sha256_hex;
    return std::move(outcome_);
  }

 private:
  // What the check says of its last picture, the first one being a beginning.
  Answer judge_pictures(const vision::ChallengeCase& one) {
    Answer answer;
    bool first = true;
    for (const auto& image : one.images) {
      const auto picture =
          load_file(std::filesystem::path(job_.folder) / image.file, vision::kPictureBytesMax);
      if (!picture || to_hex(sha256(*picture)) != image.sha256_hex)
        return {nobody_looked("A picture of the challenge set is missing or was altered: " +
                              image.file)};
      answer.result = lookout_.check(*job_.check.check, bytes_of(*picture), one.values, first);
      first = false;
      // A fail or pass of a sequence is its last word.
      if (answer.result.verdict != Verdict::kUndecided && one.images.size() > 1) break;
    }
    return answer;
  }

  // The same attempt as of a batch's object, through the same lens.
  Answer judge_card(const vision::ChallengeCase& one) {
    Answer answer;
    if (!no_more_.empty()) return {nobody_looked(no_more_)};
    const auto is_open = [&] {
      return no_more_.empty() &&
             (answer.result.verdict == Verdict::kNotPerformed ||
              (answer.result.verdict == Verdict::kUndecided && one.truth != Verdict::kUndecided));
    };
    for (int attempt = 1; attempt <= kCardAttemptsMax && is_open(); ++attempt) {
      if (!challenging_.ask_for({shown_, total_, one.card, ++request_, attempt > 1}))
        return {nobody_looked("Nobody is there to show a card to the camera.")};
      answer.stopped = !wait_for_card() || !look_at_card(one, answer);
      if (answer.stopped) return answer;
    }
    if (no_more_.empty() && answer.result.verdict == Verdict::kNotPerformed)
      no_more_ = "The camera gave no picture of the card before.";
    return answer;
  }

  // False: stopped.
  bool wait_for_card() {
    while (!challenging_.in_view(request_)) {
      if (challenging_.stopped()) return false;
      challenging_.wait(show_look(lookout_, preview_, job_.check.camera));
    }
    return true;
  }

  bool look_at_card(const vision::ChallengeCase& one, Answer& answer) {
    auto check = job_.check;
    check.expected = one.values;
    auto outcome = run_attempt(
        lookout_, preview_, check,
        {.stopped = challenging_.stopped, .looked = [](int) {}, .wait = challenging_.wait});
    if (outcome.stopped) return false;
    answer.result = std::move(outcome.result);
    keep(std::move(outcome.frames), answer);
    return true;
  }

  void keep(std::vector<std::string> frames, Answer& answer) {
    vision::CardAttempt attempt{answer.result.verdict, {}};
    for (const auto& frame : frames) bytes_ += frame.size();
    if (bytes_ > kChallengeBytesMax) {
      no_more_ = "The pictures of the cards take too much room.";
      answer.result = nobody_looked(no_more_);
      return;
    }
    for (auto& frame : frames) {
      attempt.frames_sha256_hex.push_back(to_hex(sha256(frame)));
      outcome_.frames.push_back(std::move(frame));
    }
    answer.attempts.push_back(std::move(attempt));
  }

  void take(const vision::ChallengeCase& one, Answer answer) {
    const auto& result = answer.result;
    const bool good = one.truth == Verdict::kPass;
    const bool right = result.verdict == one.truth && (!good || reads_right(one, result));
    ++(good ? outcome_.good : outcome_.bad);
    if (right) ++(good ? outcome_.good_passed : outcome_.bad_failed);
    if (!right && outcome_.wrong.size() < ChallengeOutcome::kWrongMax)
      outcome_.wrong.push_back(one.card.empty() ? vision::Words{{"en", one.id}} : one.card);
    cases_.push_back({one.id, one.truth, canonical_text(result), std::move(answer.attempts)});
  }

  Lookout& lookout_;
  Preview& preview_;
  const ChallengeJob& job_;
  const Challenging& challenging_;
  ChallengeOutcome outcome_;
  std::vector<vision::ChallengedCase> cases_;
  std::size_t bytes_ = 0;
  int shown_ = 0, total_ = 0, request_ = 0;
  std::string no_more_;  // why no further card is asked for
};

}  // namespace

ChallengeOutcome run_challenge(Lookout& lookout, Preview& preview, const ChallengeJob& job,
                               const Challenging& challenging) {
  auto text =
      load_file(std::filesystem::path(job.folder) / "manifest.json", kChallengeManifestBytesMax);
  if (!text) return {.problem = text.error().message};
  const auto reading = vision::manifest_from_json(*text);
  if (!reading.manifest) return {.problem = reading.findings.front().message};
  const auto& approved = job.manifest_sha256_hex;
  if (!approved.empty() && reading.manifest->sha256_hex != approved)
    return {.problem = "The challenge set here is not the approved one."};
  auto outcome = Challenge(lookout, preview, job, challenging).run(*reading.manifest);
  if (!outcome.frames.empty()) outcome.manifest = std::move(*text);
  return outcome;
}

}  // namespace batchwright::client

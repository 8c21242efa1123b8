// A panel with one camera step, one challenge, and a camera that says what the test wants.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <string>

#include "client/camera/cameras.h"
#include "client/camera/check_library.h"
#include "tests/client/fake_lookout.h"
#include "tests/client/panel_fixture.h"

namespace batchwright::client::test {

class FakeCameras final : public Cameras {
 public:
  [[nodiscard]] const vision::CameraSource* find(const std::string& camera) const override {
    return plugged_in && camera == source.id ? &source : nullptr;
  }
  void watch(const std::string& camera) override { watched.push_back(camera); }
  void check(CheckJob job, Progress progress,
             std::function<void(const CheckOutcome&)> done) override {
    jobs.push_back(job);
    progress(1);
    if (hold) {
      waiting = std::move(done);
      return;
    }
    answer(done);
  }
  void challenge(ChallengeJob job, std::function<void(const ChallengeProgress&)> progress,
                 std::function<void(const ChallengeOutcome&)> done) override {
    challenged.push_back(job.folder);
    const auto answer_challenge = [this, done, set = job.manifest_sha256_hex] {
      auto outcome = challenge_outcome;
      if (!outcome.document.empty()) outcome.manifest_sha256_hex = set;
      done(outcome);
    };
    engines.push_back(job.engine_sha256_hex);
    sets.push_back(job.manifest_sha256_hex);
    if (card.empty()) return answer_challenge();
    progress({.shown = 1, .total = 3, .card = card, .request = 7});
    card_shown = answer_challenge;
  }
  void card_in_view(int request) override {
    EXPECT_EQ(request, 7);
    std::exchange(card_shown, {})();
  }
  void ask(std::function<void(Lookout&)>, std::function<void()> done) override { done(); }
  void cancel() override { ++cancelled; }
  void finish() { answer(std::exchange(waiting, {})); }

  static CheckOutcome outcome(vision::CheckResult result) {
    CheckOutcome outcome;
    outcome.result = std::move(result);
    outcome.frames = {"first picture", "second picture"};
    outcome.width = 64;
    outcome.height = 48;
    return outcome;
  }

  vision::CameraSource source{.id = "CAM-A", .path = "/nowhere"};
  bool plugged_in = true, hold = false;
  std::deque<CheckOutcome> outcomes;  // one for each check; the last one again
  ChallengeOutcome challenge_outcome;
  vision::Words card;                // that a challenge asks for; empty = none
  std::function<void()> card_shown;  // waits for a person
  std::vector<std::string> engines;  // that were said to judge a challenge
  std::vector<std::string> sets;     // that were asked for
  std::vector<CheckJob> jobs;
  std::vector<std::string> watched, challenged;
  int cancelled = 0;

 private:
  void answer(const std::function<void(const CheckOutcome&)>& done) {
    const auto next = outcomes.front();
    if (outcomes.size() > 1) outcomes.pop_front();
    done(next);
  }
  std::function<void(const CheckOutcome&)> waiting;
};

// Hash of the challenge set that camera_procedure() names.
[[nodiscard]] std::string approved_set();

// A check file "look" for CAM-A in a folder of its own, with a challenge set beside it; removed at
// the end.
class CheckFolder {
 public:
  CheckFolder();
  ~CheckFolder();
  CheckFolder(const CheckFolder&) = delete;
  CheckFolder& operator=(const CheckFolder&) = delete;

  std::filesystem::path folder;
  std::string sha256;
  CheckLibrary library;
};

// TEST-1 with the step op/look: a camera check "look" that fills "ph" (decimal, 7.35 to 7.45,
// measured again twice), signed by the performer; with `challenge`, a start challenge before it.
[[nodiscard]] std::string camera_procedure(const std::string& check_sha256, bool challenge);

}  // namespace batchwright::client::test

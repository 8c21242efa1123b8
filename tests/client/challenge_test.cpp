// Requirement E8: a challenge shows a check what is known to be good and bad; every case must be
// judged as it is, through pictures that were kept or through the camera's own lens.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/sha256.h"
#include "client/camera/attempt.h"
#include "client/file.h"
#include "tests/client/fake_lookout.h"
#include "tests/offline_store/temporary_folder.h"
#include "vision/challenge_evidence.h"
#include "vision/challenge_manifest.h"

namespace batchwright::client::test {
namespace {

using vision::Verdict;

class Challenges : public ::testing::Test {
 protected:
  void add_card(const std::string& id, Verdict truth) {
    vision::ChallengeCase one;
    one.id = id;
    one.truth = truth;
    one.card = {{"en", "Card " + id}};
    one.values = {{"lot", "L-" + id}};
    manifest.cases.push_back(one);
  }
  void add_picture(const std::string& id, Verdict truth, const std::string& bytes) {
    vision::ChallengeCase one;
    one.id = id;
    one.truth = truth;
    one.images = {{id + ".png", to_hex(sha256(bytes))}};
    EXPECT_TRUE(save_file(std::filesystem::path(folder.path()) / (id + ".png"), bytes));
    manifest.cases.push_back(one);
  }
  ChallengeOutcome run() {
    manifest.id = "known";
    manifest.made = "2026-11-23";
    EXPECT_TRUE(save_file(std::filesystem::path(folder.path()) / "manifest.json",
                          vision::file_of(manifest)));
    const ChallengeJob job{{.camera = "CAM-A",
                            .check = std::make_shared<const std::string>("check"),
                            .expected = {},
                            .source = vision::CameraKind::kV4l2},
                           folder.path()};
    const Challenging challenging{
        {.stopped = [this] { return stopped; }, .looked = {}, .wait = [](std::int64_t) {}},
        [this](const ChallengeProgress& progress) {
          asked.push_back(progress.card.at("en"));
          return is_someone_there;
        },
        [this](int) {
          stopped = stops_at_card;
          return !stopped;
        }};
    auto with_count = challenging;
    with_count.looked = [this](int n) { shown = n; };
    FakeLookout lookout(world);
    return run_challenge(lookout, preview, job, with_count);
  }

  offline_store::test::TemporaryFolder folder;
  vision::ChallengeManifest manifest;
  FakeWorld world;
  Preview preview;
  std::vector<std::string> asked;
  bool is_someone_there = true, stops_at_card = false, stopped = false;
  int shown = 0;
};

TEST_F(Challenges, CardsAreLookedAtByTheCameraAndTheirPicturesAreKept) {
  add_card("good", Verdict::kPass);
  add_card("bad", Verdict::kFail);
  world.results = {says(Verdict::kPass), says(Verdict::kPass), says(Verdict::kFail)};
  const auto outcome = run();
  EXPECT_EQ(outcome.problem, "");
  EXPECT_EQ(asked, (std::vector<std::string>{"Card good", "Card bad"}));
  EXPECT_EQ(outcome.good_passed, 1);
  EXPECT_EQ(outcome.bad_failed, 1);
  EXPECT_EQ(shown, 2);
  ASSERT_EQ(outcome.frames.size(), 4U);
  const auto names = vision::names_in_challenge(outcome.document);
  ASSERT_TRUE(names);
  EXPECT_EQ(names->check_sha256_hex, to_hex(sha256("check")));
  ASSERT_EQ(names->frames_sha256_hex.size(), 4U);
  EXPECT_EQ(names->frames_sha256_hex[3], to_hex(sha256(outcome.frames[3])));
}

TEST_F(Challenges, ACameraThatStandsStillIsNotSuitable) {
  add_card("good", Verdict::kPass);
  world.stands_still = true;
  world.results = {says(Verdict::kPass)};
  EXPECT_EQ(run().good_passed, 0);
}

TEST_F(Challenges, PicturesAndCardsAreOneSet) {
  add_picture("stored", Verdict::kPass, "good picture");
  add_card("bad", Verdict::kFail);
  world.results = {says(Verdict::kFail)};
  const auto outcome = run();
  EXPECT_EQ(outcome.good_passed, 1);
  EXPECT_EQ(outcome.bad_failed, 1);
}

TEST_F(Challenges, AnAlteredPictureIsNeverRight) {
  add_picture("stored", Verdict::kPass, "good picture");
  ASSERT_TRUE(save_file(std::filesystem::path(folder.path()) / "stored.png", "good pictura"));
  const auto outcome = run();
  EXPECT_EQ(outcome.good, 1);
  EXPECT_EQ(outcome.good_passed, 0);
}

TEST_F(Challenges, WhereNobodyCanLayACardTheCheckIsNotSuitable) {
  add_card("good", Verdict::kPass);
  world.results = {says(Verdict::kPass)};
  is_someone_there = false;
  const auto outcome = run();
  EXPECT_EQ(outcome.good, 1);
  EXPECT_EQ(outcome.good_passed, 0);
  EXPECT_EQ(world.judged, 0);
}

TEST_F(Challenges, OneThatIsStoppedAtACardCameToNothing) {
  add_card("good", Verdict::kPass);
  stops_at_card = true;
  const auto outcome = run();
  EXPECT_TRUE(outcome.stopped);
  EXPECT_TRUE(outcome.document.empty());
}

TEST(ChallengeEvidence, WhatIsNoDocumentNamesNothing) {
  const std::string hex(64, 'a');
  const auto wrong = [](const std::string& text) {
    return !vision::names_in_challenge(text).has_value();
  };
  EXPECT_TRUE(wrong(""));
  EXPECT_TRUE(wrong("[]"));
  EXPECT_TRUE(wrong("{}"));
  EXPECT_TRUE(wrong(R"({"format":"batchwright/challenge-evidence/1","check":"x","cases":[]})"));
  const auto with = [&](const std::string& frames) {
    return R"({"format":"batchwright/challenge-evidence/1","check":")" + hex +
           R"(","cases":[{"frames":)" + frames + "}]}";
  };
  EXPECT_TRUE(wrong(with("7")));
  EXPECT_TRUE(wrong(with(R"(["../../etc/passwd"])")));
  EXPECT_FALSE(wrong(with("[\"" + hex + "\"]")));
}

}  // namespace
}  // namespace batchwright::client::test

// Requirement E8: a challenge shows a check what is known to be good and bad; every case must be
// judged as it is, through pictures that were kept or through the camera's own lens.
#include <gmock/gmock.h>
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

using ::testing::HasSubstr;
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
                           folder.path(),
                           "engine hash",
                           approved_set};
    const Challenging challenging{
        {.stopped = [this] { return stopped || world.files_judged >= stops_after_files; },
         .looked = {},
         .wait = [](std::int64_t) {}},
        [this](const ChallengeProgress& progress) {
          asked.push_back(progress.card.at("en") + (progress.is_again ? " again" : ""));
          EXPECT_EQ(progress.request, static_cast<int>(asked.size()));
          EXPECT_EQ(progress.total, static_cast<int>(manifest.cases.size()));
          return is_someone_there;
        },
        [this](int request) {
          stopped = request == stops_at_request;
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
  std::string approved_set;  // hash of its manifest; empty = any
  bool is_someone_there = true, stopped = false;
  int shown = 0, stops_at_request = 0, stops_after_files = 1'000;
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
  const auto summary = vision::summary_of_challenge(outcome.document);
  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->check_sha256_hex, to_hex(sha256("check")));
  EXPECT_EQ(summary->camera, "CAM-A");
  EXPECT_EQ(summary->good_passed, 1);
  EXPECT_EQ(summary->bad_failed, 1);
  ASSERT_EQ(summary->files.size(), 5U);
  EXPECT_EQ(summary->files[3], to_hex(sha256(outcome.frames[3])));
  EXPECT_EQ(summary->files[4], to_hex(sha256(outcome.manifest)));
  EXPECT_THAT(outcome.document, HasSubstr(R"("source":"v4l2")"));
  EXPECT_THAT(outcome.document, HasSubstr(R"("engine":"engine hash")"));
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

TEST_F(Challenges, AnotherSetThanTheApprovedOneIsNotShown) {
  add_picture("stored", Verdict::kPass, "good picture");
  approved_set = run().manifest_sha256_hex;
  EXPECT_EQ(run().good_passed, 1);
  add_picture("easier", Verdict::kFail, "something else");
  world.results = {says(Verdict::kFail)};
  const auto outcome = run();
  EXPECT_NE(outcome.problem, "");
  EXPECT_EQ(outcome.good + outcome.bad, 0);
  EXPECT_EQ(outcome.document, "");
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

TEST_F(Challenges, OneThatIsStoppedWhileAllWasRightCameToNothing) {
  add_card("good", Verdict::kPass);
  add_card("bad", Verdict::kFail);
  world.results = {says(Verdict::kPass)};
  stops_at_request = 2;
  const auto outcome = run();
  EXPECT_TRUE(outcome.stopped);
  EXPECT_TRUE(outcome.document.empty());
}

TEST_F(Challenges, WhatIsJudgedWhileSomebodyStopsCounts) {
  add_picture("last", Verdict::kPass, "good picture");
  stops_after_files = 1;
  EXPECT_EQ(run().good_passed, 1) << "nothing was left to stop";
  add_picture("further", Verdict::kPass, "good one");
  world.files_judged = 0;
  EXPECT_TRUE(run().stopped) << "all was right so far";
  world.files_judged = 0;
  world.checked = says(Verdict::kFail);
  const auto outcome = run();
  EXPECT_FALSE(outcome.stopped);
  EXPECT_EQ(outcome.good, 1);
  EXPECT_EQ(outcome.good_passed, 0);
}

TEST_F(Challenges, WhatWasJudgedWrongIsNotUndoneByStopping) {
  add_card("bad", Verdict::kFail);
  add_card("good", Verdict::kPass);
  world.results = {says(Verdict::kPass)};
  stops_at_request = 2;
  const auto outcome = run();
  EXPECT_FALSE(outcome.stopped);
  EXPECT_EQ(outcome.bad, 1);
  EXPECT_EQ(outcome.bad_failed, 0);
  EXPECT_EQ(outcome.good, 0) << "it was not judged";
  ASSERT_EQ(outcome.wrong.size(), 1U);
  EXPECT_EQ(outcome.wrong[0].at("en"), "Card bad");
  EXPECT_EQ(vision::summary_of_challenge(outcome.document)->bad, 1);
}

TEST_F(Challenges, ACardWithoutAVerdictIsShownAgainAndEveryPictureStays) {
  add_card("good", Verdict::kPass);
  for (int i = 0; i < 5; ++i) world.results.push_back(says(Verdict::kUndecided));
  world.results.push_back(says(Verdict::kPass));
  const auto outcome = run();
  EXPECT_EQ(asked, (std::vector<std::string>{"Card good", "Card good again"}));
  EXPECT_EQ(outcome.good_passed, 1);
  EXPECT_EQ(outcome.frames.size(), 7U);
  EXPECT_THAT(outcome.document, HasSubstr(R"({"verdict":"undecided","frames":[)"));
}

TEST_F(Challenges, ACardThatNeverComesToAVerdictIsNotRightAndAWrongOneIsNotTriedAgain) {
  add_card("good", Verdict::kPass);
  add_card("bad", Verdict::kFail);
  for (int i = 0; i < 15; ++i) world.results.push_back(says(Verdict::kUndecided));
  world.results.push_back(says(Verdict::kPass));
  const auto outcome = run();
  EXPECT_EQ(asked.size(), 4U);
  EXPECT_EQ(outcome.good_passed, 0);
  EXPECT_EQ(outcome.bad_failed, 0);
  EXPECT_EQ(outcome.wrong.size(), 2U);
}

TEST_F(Challenges, AfterACameraThatGaveNoPictureNoFurtherCardIsAskedFor) {
  for (const auto* id : {"1", "2", "3"}) add_card(id, Verdict::kPass);
  world.crashed = true;
  const auto outcome = run();
  EXPECT_EQ(asked.size(), 3U) << "the first card, three times";
  EXPECT_EQ(outcome.good, 3);
  EXPECT_EQ(outcome.good_passed, 0);
}

TEST_F(Challenges, AGoodCardThatReadsSomethingElseIsNotRight) {
  add_card("good", Verdict::kPass);
  manifest.cases[0].readings = {{"lot", "L-1"}};
  world.results = {reads({{"lot", "L-2"}})};
  EXPECT_EQ(run().good_passed, 0);
}

TEST(ChallengeEvidence, WhatIsNoDocumentHasNoSummary) {
  const std::string hex(64, 'a');
  const auto wrong = [](const std::string& text) {
    return !vision::summary_of_challenge(text).has_value();
  };
  EXPECT_TRUE(wrong(""));
  EXPECT_TRUE(wrong("[]"));
  EXPECT_TRUE(wrong("{}"));
  const auto with = [&](const std::string& frames) {
    return R"({"format":"batchwright/challenge-evidence/1","camera":"CAM-A","check":")" + hex +
           R"(","manifest":")" + hex +
           R"(","cases":[{"truth":"pass","result":{"verdict":"pass"},"attempts":[{"frames":)" +
           frames + "}]}]}";
  };
  EXPECT_TRUE(wrong(with("7")));
  EXPECT_TRUE(wrong(with(R"(["../../etc/passwd"])")));
  EXPECT_FALSE(wrong(with("[\"" + hex + "\"]")));
}

}  // namespace
}  // namespace batchwright::client::test

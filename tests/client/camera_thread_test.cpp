// The camera's thread: it waits, nobody else does; a worker that crashes or hangs costs a verdict
// and nothing more.
#include "client/camera/camera_thread.h"

#include <gtest/gtest.h>

#include "client/file.h"
#include "tests/client/fake_lookout.h"
#include "tests/offline_store/temporary_folder.h"

namespace batchwright::client::test {
namespace {

using vision::Verdict;

// Where continuations go: run by the test, as the session thread would.
class Session {
 public:
  void post(Jobs::Continuation continuation) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(continuation));
    }
    wake_.notify_one();
  }
  // Works until `done`; false when that took more than ten seconds.
  bool work_until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!done()) {
      std::unique_lock lock(mutex_);
      if (!wake_.wait_until(lock, end, [this] { return !waiting_.empty(); })) return false;
      auto next = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      next();
    }
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Jobs::Continuation> waiting_;
};

class CameraThreads : public ::testing::Test {
 protected:
  CameraThreads()
      : thread(std::make_unique<FakeLookout>(world),
               {{.id = "CAM-A", .kind = vision::CameraKind::kFolder, .path = "/nowhere"}}, preview,
               [this](Jobs::Continuation next) { session.post(std::move(next)); }) {}

  void ask() {
    thread.check(
        {.camera = "CAM-A",
         .check = std::make_shared<const std::string>("check"),
         .expected = {},
         .is_sequence = false},
        [this](int n) { progress = n; },
        [this](const CheckOutcome& outcome) { outcomes.push_back(outcome); });
  }
  bool wait_for(std::size_t count) {
    return session.work_until([&] { return outcomes.size() >= count; });
  }
  static bool soon(const std::function<bool()>& holds) {
    for (int i = 0; i < 500 && !holds(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return holds();
  }

  FakeWorld world;
  Preview preview;
  Session session;
  std::vector<CheckOutcome> outcomes;
  int progress = 0;
  CameraThread thread;  // the last one: it ends first
};

TEST_F(CameraThreads, AnswersOnTheSessionThread) {
  world.results = {says(Verdict::kPass)};
  ask();
  ASSERT_TRUE(wait_for(1));
  EXPECT_EQ(outcomes[0].result.verdict, Verdict::kPass);
  EXPECT_EQ(progress, 2);
}

TEST_F(CameraThreads, StartsNoWorkerBeforeItIsAskedForAndClosesItWhenNobodyLooks) {
  EXPECT_EQ(world.opened, 0);
  thread.watch("CAM-A");
  ASSERT_TRUE(soon([&] { return preview.newest() != nullptr; }));
  EXPECT_EQ(world.opened, 1);
  thread.watch("");
  ASSERT_TRUE(soon([&] { return world.closed == 1; }));
  EXPECT_EQ(preview.newest(), nullptr);
}

TEST_F(CameraThreads, APictureWithoutAQuestionHasNoVerdict) {  // nothing is said before "Check"
  world.results = {says(Verdict::kFail)};
  thread.watch("CAM-A");
  ASSERT_TRUE(soon([&] { return world.looks > 3; }));
  EXPECT_EQ(world.judged, 0);
  EXPECT_TRUE(outcomes.empty());
}

TEST_F(CameraThreads, AWorkerThatEndedIsNotPerformedAndTheNextCheckIsMade) {
  world.crashed = true;
  world.results = {says(Verdict::kPass)};
  ask();
  ASSERT_TRUE(wait_for(1));
  EXPECT_EQ(outcomes[0].result.verdict, Verdict::kNotPerformed);
  world.crashed = false;
  ask();
  ASSERT_TRUE(wait_for(2));
  EXPECT_EQ(outcomes[1].result.verdict, Verdict::kPass);
}

TEST_F(CameraThreads, AskingNeverWaitsForAHangingWorker) {  // R11
  world.hang_ms = 300;
  world.results = {says(Verdict::kPass)};
  const auto before = std::chrono::steady_clock::now();
  ask();
  thread.watch("CAM-A");
  static_cast<void>(preview.newest());
  preview.want({640, 480});
  thread.cancel();
  const auto took = std::chrono::steady_clock::now() - before;
  EXPECT_LT(took, std::chrono::milliseconds(100));
}

TEST_F(CameraThreads, ACancelledCheckStillAnswers) {
  world.hang_ms = 50;
  world.results = {says(Verdict::kUndecided)};
  ask();
  ASSERT_TRUE(soon([&] { return world.looks >= 1; }));
  thread.cancel();
  ASSERT_TRUE(wait_for(1));
  EXPECT_TRUE(outcomes[0].stopped);
}

TEST_F(CameraThreads, OneThatIsCancelledBeforeItsTurnNeverLooks) {
  thread.watch("CAM-A");
  world.hang_ms = 100;
  ASSERT_TRUE(soon([&] { return world.looks >= 1; }));  // the thread looks for the preview
  world.results = {says(Verdict::kPass)};
  ask();
  thread.cancel();
  ASSERT_TRUE(wait_for(1));
  EXPECT_TRUE(outcomes[0].stopped);
  EXPECT_EQ(world.judged, 0);
  ask();
  ASSERT_TRUE(wait_for(2));
  EXPECT_EQ(outcomes[1].result.verdict, Verdict::kPass) << "the next one is not cancelled with it";
}

TEST_F(CameraThreads, MoreThanItCanDoIsNotPerformed) {
  world.hang_ms = 100;
  world.results = {says(Verdict::kPass)};
  for (int i = 0; i < 8; ++i) ask();
  ASSERT_TRUE(wait_for(8));
  const auto refused = std::ranges::count_if(
      outcomes, [](const auto& o) { return o.result.verdict == Verdict::kNotPerformed; });
  EXPECT_GE(refused, 1);
  EXPECT_LT(refused, 8);
}

TEST_F(CameraThreads, EndsWhileItIsLooking) {
  world.hang_ms = 200;
  world.results = {says(Verdict::kUndecided)};
  ask();
  thread.stop();
  EXPECT_TRUE(outcomes.empty()) << "nothing is posted to a session that is gone";
}

TEST_F(CameraThreads, ACardIsLookedAtOnceAPersonSaysThatItLiesThere) {  // Requirement E8
  const offline_store::test::TemporaryFolder folder;
  const auto manifest = std::filesystem::path(folder.path()) / "manifest.json";
  ASSERT_TRUE(save_file(
      manifest, R"({"format":"batchwright/challenge-manifest/1","id":"c","made":"2026-11-23",)"
                R"("cases":[{"id":"1","truth":"pass","card":{"en":"Card 1"}}]})"));
  world.results = {says(Verdict::kPass)};
  ChallengeProgress asked;
  std::vector<ChallengeOutcome> came;
  const auto challenge = [&] {
    thread.challenge(
        {{.camera = "CAM-A",
          .check = std::make_shared<const std::string>("check"),
          .expected = {},
          .source = vision::CameraKind::kFolder},
         folder.path()},
        [&](const ChallengeProgress& so_far) { asked = so_far; },
        [&](const ChallengeOutcome& outcome) { came.push_back(outcome); });
  };
  challenge();
  ASSERT_TRUE(session.work_until([&] { return !asked.card.empty(); }));
  EXPECT_EQ(asked.card.at("en"), "Card 1");
  ASSERT_TRUE(soon([&] { return world.looks > 2; })) << "its place is seen meanwhile";
  EXPECT_EQ(world.judged, 0);
  thread.card_in_view(asked.request + 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(150));
  EXPECT_EQ(world.judged, 0) << "that was said of another card";
  thread.card_in_view(asked.request);
  ASSERT_TRUE(session.work_until([&] { return !came.empty(); }));
  EXPECT_EQ(came[0].good_passed, 1);
  EXPECT_EQ(came[0].frames.size(), 2U);

  asked = {};
  challenge();
  ASSERT_TRUE(session.work_until([&] { return !asked.card.empty(); }));
  thread.cancel();
  ASSERT_TRUE(session.work_until([&] { return came.size() == 2; }));
  EXPECT_TRUE(came[1].stopped);
}

}  // namespace
}  // namespace batchwright::client::test

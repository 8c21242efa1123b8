// The thread that waits for cameras, so that neither frames nor decisions do. It owns the lookout;
// others hand it jobs and get continuations on the session thread. While nobody watches and nothing
// is checked, the worker process is not there.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "client/camera/attempt.h"
#include "client/jobs.h"

namespace batchwright::client {

class CameraThread final : public Cameras {
 public:
  // `post` hands a continuation to the session thread; callable from any thread until the
  // destructor returned. `preview` must live longer.
  CameraThread(std::unique_ptr<Lookout> lookout, std::vector<vision::CameraSource> sources,
               Preview& preview, std::function<void(Jobs::Continuation)> post);
  ~CameraThread() override;  // stops

  // Ends what is being looked at and the worker; nothing is posted afterwards. What is asked later
  // is never answered.
  void stop();

  [[nodiscard]] const vision::CameraSource* find(const std::string& camera) const override;
  void watch(const std::string& camera) override;
  void check(CheckJob job, Progress progress,
             std::function<void(const CheckOutcome&)> done) override;
  void challenge(ChallengeJob job, std::function<void(const ChallengeProgress&)> progress,
                 std::function<void(const ChallengeOutcome&)> done) override;
  void card_in_view(int request) override;
  void ask(std::function<void(Lookout&)> job, std::function<void()> done) override;
  void cancel() override;

 private:
  static constexpr std::size_t kTasksMax = 4;
  // Tasks are numbered from 1, so that a cancel is about those that were asked for before it.
  struct Task {
    std::uint64_t number = 0;
    std::function<void(std::uint64_t number)> run;
  };

  void run();
  void look();
  bool post_task(std::function<void(std::uint64_t)> task);
  void sleep(std::int64_t ms, std::uint64_t number);
  [[nodiscard]] Watching watching(const Progress& progress, std::uint64_t number);
  void open_cameras();

  std::unique_ptr<Lookout> lookout_;
  const std::vector<vision::CameraSource> sources_;
  Preview& preview_;
  std::function<void(Jobs::Continuation)> post_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> tasks_;
  std::string watched_;
  bool stopping_ = false;
  std::uint64_t asked_ = 0;
  std::atomic<std::uint64_t> cancelled_through_ = 0;
  std::atomic<int> in_view_ = 0;  // the request that was answered last
  bool is_open_ = false;          // camera thread only
  int next_look_ms_ = 0;          // camera thread only
  std::thread thread_;
};

}  // namespace batchwright::client

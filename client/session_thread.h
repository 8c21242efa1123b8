// The thread that decides. It owns the desk; others hand it intents and look at the newest view.
// The frame never waits: posting and looking take a lock for a pointer's time.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "client/desk.h"
#include "client/job_thread.h"

namespace batchwright::client {

class SessionThread {
 public:
  using MakeDesk = std::function<Result<std::unique_ptr<Desk>>(Jobs&)>;

  // `make_desk` runs on the new thread. `changed` runs there too, after each new view; it must
  // return quickly.
  [[nodiscard]] static Result<std::unique_ptr<SessionThread>> start(MakeDesk make_desk,
                                                                    std::function<void()> changed);
  ~SessionThread();  // finishes what was posted, then ends

  // Any thread.
  void post(ui::Intents intents);
  void post(std::function<void()> work);
  void touched();
  [[nodiscard]] std::shared_ptr<const ui::AppView> view() const;

 private:
  static constexpr std::size_t kWaitingMax = 1024;
  explicit SessionThread(std::function<void()> changed);
  void run(const MakeDesk& make_desk, const std::function<void(Result<void>)>& ready);
  void loop(Desk& desk);
  void publish(const Desk& desk);

  std::function<void()> changed_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void(Desk&)>> waiting_;
  std::shared_ptr<const ui::AppView> view_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace batchwright::client

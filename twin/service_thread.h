// The one thread that owns the site and its database. The network hands it requests and gets
// replies; a long poll waits here as a value, not as a thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "twin/http.h"
#include "twin/service.h"

namespace batchwright::twin {

class ServiceThread {
 public:
  using Reply = std::function<void(HttpReply)>;  // called on this thread, exactly once per request

  explicit ServiceThread(std::unique_ptr<Site> site);
  ~ServiceThread();  // answers waiting polls, finishes what is queued, closes the site
  ServiceThread(const ServiceThread&) = delete;
  ServiceThread& operator=(const ServiceThread&) = delete;

  // Any thread. False when too much waits already: answer 503.
  [[nodiscard]] bool post(HttpRequest request, Reply reply);

  static constexpr std::size_t kQueueMax = 256;
  static constexpr std::size_t kWaitersMax = 256;

 private:
  struct Job {
    HttpRequest request;
    Reply reply;
  };
  struct Waiter {
    FeedWait wait;
    Reply reply;
    std::int64_t due_ms = 0;
  };

  void run();
  void serve(Job job);
  void ask_waiters_again();
  void answer_due_waiters(bool all);
  [[nodiscard]] std::int64_t sleep_ms() const;

  std::unique_ptr<Site> site_;
  Service service_;
  std::uint64_t seen_changes_ = 0;
  std::list<Waiter> waiters_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;   // guarded by mutex_
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace batchwright::twin

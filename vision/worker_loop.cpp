#include "vision/worker_loop.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <climits>
#include <utility>

namespace batchwright::vision {

namespace {

constexpr int kIdleMs = INT_MAX;  // how long a worker waits for its next task
constexpr int kAnswerMs = 10'000;
constexpr rlim_t kAddressBytesMax = rlim_t{6} << 30;  // libraries map much that they never touch

void limit(int what, rlim_t value) {
  const rlimit both{value, value};
  // What can't be lowered stays as it was; the task is still safe to try.
  (void)::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

}  // namespace

Json worker_hello() {
  return {{"v", kProtocol}, {"worker", "batchwright-vision"}};
}

void confine_worker() {
  ::close_range(kWorkerSocket + 1, ~0U, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_AS, kAddressBytesMax);
  (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

void serve_labels(int socket, const LabelHandler& handler, const Clock& clock) {
  if (!send_message(socket, worker_hello(), {}, kAnswerMs, clock)) return;
  for (;;) {
    auto message = receive_message(socket, kIdleMs, clock);
    if (!message) return;
    const auto task = label_task_from_json(message->header);
    if (!task) return;
    ::alarm(kTaskSecondsMax);
    Json answer = to_json(handler(*task, std::move(message->payload)));
    ::alarm(0);
    answer["id"] = task->id;
    if (!send_message(socket, answer, {}, kAnswerMs, clock)) return;
  }
}

}  // namespace batchwright::vision

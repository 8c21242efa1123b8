#include "vision/worker_loop.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <climits>
#include <optional>
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

// Ends the process when it takes too long, also when nobody is left to stop it.
class Alarm {
 public:
  Alarm() { ::alarm(kTaskSecondsMax); }
  ~Alarm() { ::alarm(0); }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
};

// Nothing for what is no task.
std::optional<Json> answer_to(Message message, const WorkerHandlers& handlers) {
  const Alarm alarm;
  if (wanted(message.header) == "check") {
    const auto task = check_task_from_json(message.header);
    if (!task || message.payload.size() < task->check_bytes) return std::nullopt;
    Json answer = to_json(handlers.check(*task, std::move(message.payload)));
    answer["id"] = task->id;
    return answer;
  }
  const auto task = label_task_from_json(message.header);
  if (!task) return std::nullopt;
  Json answer = to_json(handlers.read_label(*task, std::move(message.payload)));
  answer["id"] = task->id;
  return answer;
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

void serve_tasks(int socket, const WorkerHandlers& handlers, const Clock& clock) {
  if (!send_message(socket, worker_hello(), {}, kAnswerMs, clock)) return;
  for (;;) {
    auto message = receive_message(socket, kIdleMs, clock);
    if (!message) return;
    const auto answer = answer_to(std::move(*message), handlers);
    if (!answer || !send_message(socket, *answer, {}, kAnswerMs, clock)) return;
  }
}

}  // namespace batchwright::vision

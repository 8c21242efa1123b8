#include "vision/worker_loop.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <climits>
#include <optional>
#include <utility>

#include "vision/internal/system_call_filter.h"

namespace batchwright::vision {

namespace {

constexpr int kIdleMs = INT_MAX;  // how long a worker waits for its next task
constexpr int kAnswerMs = 10'000;
constexpr rlim_t kAddressBytesMax = rlim_t{6} << 30;  // libraries map much that they never touch
constexpr rlim_t kDataBytesMax = rlim_t{2} << 30;     // a frame of 50 megapixels, several times

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

Message answer_to(const LabelTask& task, PayloadView payload, const WorkerHandlers& handlers) {
  return {to_json(handlers.read_label(task, payload)), {}};
}

Message answer_to(const CheckTask& task, PayloadView payload, const WorkerHandlers& handlers) {
  return {to_json(handlers.check(task, payload)), {}};
}

Message answer_to(const OpenTask& task, PayloadView, const WorkerHandlers& handlers) {
  return {to_json(handlers.open_camera(task)), {}};
}

Message answer_to(const LookTask& task, PayloadView payload, const WorkerHandlers& handlers) {
  Look look = handlers.look(task, payload);
  Json header = to_json(look);
  return {std::move(header), std::move(look.preview.bytes)};
}

Message answer_to(const FrameTask& task, PayloadView, const WorkerHandlers& handlers) {
  auto png = handlers.frame(task);
  if (!png) return {{{"found", false}, {"reason", png.error().message}}, {}};
  return {{{"found", true}, {"reason", ""}}, std::move(*png)};
}

Message answer_to(const PlaneTask& task, PayloadView payload, const WorkerHandlers& handlers) {
  auto plane = handlers.plane(task, payload);
  Json header = plane_json(plane);
  return {std::move(header), plane ? std::move(plane->bytes) : std::vector<std::uint8_t>{}};
}

Message answer_to(const TeachTask& task, PayloadView payload, const WorkerHandlers& handlers) {
  const auto check = handlers.teach(task, payload);
  Message answer{taught_json(check), {}};
  if (check) answer.payload.assign(check->begin(), check->end());
  return answer;
}

template <typename Task>
std::optional<Message> answered(const Result<Task>& task, PayloadView payload,
                                const WorkerHandlers& handlers) {
  if (!task) return std::nullopt;
  Message answer = answer_to(*task, payload, handlers);
  answer.header["id"] = task->id;
  return answer;
}

// Nothing for what is no task.
std::optional<Message> answer_to(const Message& message, const WorkerHandlers& handlers) {
  const Alarm alarm;
  const auto what = wanted(message.header);
  const PayloadView payload(message.payload);
  if (what == "read_label")
    return answered(label_task_from_json(message.header), payload, handlers);
  if (what == "open_camera")
    return answered(open_task_from_json(message.header), payload, handlers);
  if (what == "look") return answered(look_task_from_json(message.header), payload, handlers);
  if (what == "frame") return answered(frame_task_from_json(message.header), payload, handlers);
  if (what == "plane") {
    const auto task = plane_task_from_json(message.header);
    if (task && payload.size() <= task->draft_bytes) return std::nullopt;
    return answered(task, payload, handlers);
  }
  if (what == "teach") {
    const auto task = teach_task_from_json(message.header);
    if (task && payload.size() != task->payload_bytes()) return std::nullopt;
    return answered(task, payload, handlers);
  }
  const auto task = check_task_from_json(message.header);
  if (task && payload.size() < task->check_bytes) return std::nullopt;
  return answered(task, payload, handlers);
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
  limit(RLIMIT_DATA, kDataBytesMax);
  (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

void confine_worker_fully() {
  // Without the filter the limits still hold; refusing to work would stop every check.
  (void)forbid_system_calls();
}

void serve_tasks(int socket, const WorkerHandlers& handlers, const Clock& clock) {
  if (!send_message(socket, worker_hello(), {}, kAnswerMs, clock)) return;
  bool opening = true;
  for (;;) {
    const auto message = receive_message(socket, kIdleMs, clock);
    if (!message) return;
    const bool opens = wanted(message->header) == "open_camera";
    if (opens && !opening) return;
    if (!opens && opening && handlers.cameras_are_open) handlers.cameras_are_open();
    opening = opening && opens;
    const auto answer = answer_to(*message, handlers);
    if (!answer || !send_message(socket, answer->header, answer->payload, kAnswerMs, clock)) return;
  }
}

}  // namespace batchwright::vision

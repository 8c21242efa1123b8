// batchwright-vision: the process with every decoder, picture codec and camera in it. People never
// start it; vision/worker.h does, with the conversation's socket as file descriptor 3.
#include <optional>

#include "vision/engine/camera/cameras.h"
#include "vision/engine/load_image.h"
#include "vision/engine/read_label.h"
#include "vision/engine/ready_check.h"
#include "vision/worker_loop.h"

namespace {

using namespace batchwright;
using namespace batchwright::vision;

// The frame a task is about: pixels as they came, or a stored picture decoded.
Result<Frame> frame_of_task(const Frame& described, bool stored,
                            std::span<const std::uint8_t> bytes) {
  if (stored) return load_image(bytes);
  Frame frame = described;
  frame.bytes.assign(bytes.begin(), bytes.end());
  return frame;
}

LabelReading read(const LabelTask& task, std::span<const std::uint8_t> payload,
                  const Clock& clock) {
  const auto began_ms = clock.monotonic_ms();
  const auto frame = frame_of_task(task.frame, task.stored, payload);
  if (!frame) {
    LabelReading reading;
    reading.verdict = LabelVerdict::kBadImage;
    reading.reason = frame.error().message;
    return reading;
  }
  auto reading = read_label(*frame, task.request, clock);
  reading.took_ms = clock.monotonic_ms() - began_ms;
  return reading;
}

CheckResult judge(ReadyCheck& ready, const CheckTask& task, std::span<const std::uint8_t> payload,
                  const Clock& clock) {
  std::string problem;
  auto* const engine = ready.prepare(payload.first(task.check_bytes), problem);
  if (engine == nullptr) return not_judged(std::move(problem));
  const auto frame = frame_of_task(task.frame, task.stored, payload.subspan(task.check_bytes));
  if (!frame) {
    auto result = not_judged(frame.error().message);
    result.verdict = Verdict::kUndecided;
    return result;
  }
  if (task.restart) engine->restart();
  return engine->judge(*frame, task.expected, clock);
}

}  // namespace

int main() {
  confine_worker();
  settle_engine();
  const SystemClock clock;
  ReadyCheck ready;
  Cameras cameras(ready, clock);
  WorkerHandlers handlers;
  handlers.read_label = [&](const LabelTask& task, std::span<const std::uint8_t> payload) {
    return read(task, payload, clock);
  };
  handlers.check = [&](const CheckTask& task, std::span<const std::uint8_t> payload) {
    return judge(ready, task, payload, clock);
  };
  handlers.open_camera = [&](const OpenTask& task) { return cameras.open(task); };
  handlers.look = [&](const LookTask& task, std::span<const std::uint8_t> check) {
    return cameras.look(task, check);
  };
  handlers.frame = [&](const FrameTask& task) { return cameras.frame(task); };
  serve_tasks(kWorkerSocket, handlers, clock);
  return 0;
}

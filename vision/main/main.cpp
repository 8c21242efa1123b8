// batchwright-vision: the process with every decoder, picture codec and camera in it. People never
// start it; vision/worker.h does, with the conversation's socket as file descriptor 3.
#include <optional>

#include "vision/engine/camera/cameras.h"
#include "vision/engine/load_image.h"
#include "vision/engine/read_label.h"
#include "vision/engine/ready_check.h"
#include "vision/engine/teach_check.h"
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

// The draft that a task begins with.
Result<Check> draft_of(std::span<const std::uint8_t> bytes) {
  auto reading = draft_from_json({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (reading.check) return std::move(*reading.check);
  const auto& first = reading.findings.front();
  return fail(ErrorCode::kRefused, first.message, first.place);
}

Result<Frame> plane(const PlaneTask& task, std::span<const std::uint8_t> payload) {
  const auto draft = draft_of(payload.first(task.draft_bytes));
  if (!draft) return std::unexpected(draft.error());
  const auto frame = load_image(payload.subspan(task.draft_bytes));
  if (!frame) return std::unexpected(frame.error());
  auto plane = plane_of(*draft, *frame);
  if (plane && plane->bytes.size() > kPayloadBytesMax)
    return fail(ErrorCode::kRefused, "The station's plane has too many pixels.");
  return plane;
}

Result<std::string> teach(const TeachTask& task, std::span<const std::uint8_t> payload) {
  const auto draft = draft_of(payload.first(task.draft_bytes));
  if (!draft) return std::unexpected(draft.error());
  std::vector<ShownFrame> shown;
  std::size_t at = task.draft_bytes;
  for (const auto& picture : task.pictures) {
    auto frame = load_image(payload.subspan(at, picture.bytes));
    if (!frame) return fail(frame.error().code, frame.error().message, picture.subjects.front());
    shown.push_back({picture.subjects, std::move(*frame)});
    at += picture.bytes;
  }
  const auto check = teach_check(*draft, shown);
  if (!check) return std::unexpected(check.error());
  auto file = file_of(*check);
  if (file.size() > kCheckBytesMax)
    return fail(ErrorCode::kRefused, "The check would be too large. Teach by fewer pictures.");
  return file;
}

}  // namespace

int main() {
  confine_worker();
  settle_engine();
  const SystemClock clock;
  ReadyCheck ready;
  Cameras cameras(ready, clock);
  WorkerHandlers handlers;
  handlers.cameras_are_open = confine_worker_fully;
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
  handlers.plane = plane;
  handlers.teach = teach;
  serve_tasks(kWorkerSocket, handlers, clock);
  return 0;
}

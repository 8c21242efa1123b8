// The worker's side of the conversation: task after task from the socket until it closes.
#pragma once

#include <functional>
#include <span>

#include "vision/camera_message.h"
#include "vision/message.h"
#include "vision/teaching_message.h"

namespace batchwright::vision {

inline constexpr int kWorkerSocket = 3;  // the file descriptor the worker is started with

// What a worker says first.
[[nodiscard]] Json worker_hello();

// Lets go of everything this process has no use for: other descriptors, files to write, memory
// beyond what the largest frame takes, core dumps. A task of kTaskSecondsMax ends the
// process, also when nobody is left to stop it.
void confine_worker();
// And, once the cameras are open, of nearly every system call (internal/system_call_filter.h).
void confine_worker_fully();
inline constexpr unsigned kTaskSecondsMax = 60;

using PayloadView = std::span<const std::uint8_t>;

struct WorkerHandlers {
  // Called once, before the first task that isn't `open_camera`; from then on no camera is opened.
  std::function<void()> cameras_are_open;
  std::function<LabelReading(const LabelTask& task, PayloadView payload)> read_label;
  // `payload`: the check file, then the picture, as the task says.
  std::function<CheckResult(const CheckTask& task, PayloadView payload)> check;
  std::function<CameraState(const OpenTask& task)> open_camera;
  // `check`: the check file, empty when nothing is to be judged.
  std::function<Look(const LookTask& task, PayloadView check)> look;
  std::function<Result<std::vector<std::uint8_t>>(const FrameTask& task)> frame;
  // `payload` is as long as the task says.
  std::function<Result<Frame>(const PlaneTask& task, PayloadView payload)> plane;
  std::function<Result<std::string>(const TeachTask& task, PayloadView payload)> teach;
};

// Returns when the other side closes the socket or says something that is no task.
void serve_tasks(int socket, const WorkerHandlers& handlers, const Clock& clock);

}  // namespace batchwright::vision

// What the panel and the vision worker say about cameras (docs/formats/vision-worker.md).
#pragma once

#include "vision/camera.h"
#include "vision/message.h"

namespace batchwright::vision {

// "open_camera": before any other task; the worker's confinement begins with the first of those.
struct OpenTask {
  std::uint64_t id = 0;
  CameraSource source;
  std::uint64_t number_before = 0;  // of the camera's last look by an earlier worker
};

// "look": the payload is the check file, or nothing.
struct LookTask {
  std::uint64_t id = 0;
  std::string camera;
  int preview_width = 0;
  Turn turn = Turn::kLive;
  bool judge = false;
  ExpectedValues expected;
  bool restart = false, keep = false;
};

// "frame": the answer's payload is a PNG file of a kept look's frame.
struct FrameTask {
  std::uint64_t id = 0;
  std::string camera;
  std::uint64_t number = 0;
};

[[nodiscard]] Json to_json(const OpenTask& task);
[[nodiscard]] Json to_json(const LookTask& task);
[[nodiscard]] Json to_json(const FrameTask& task);
[[nodiscard]] Result<OpenTask> open_task_from_json(const Json& header);
[[nodiscard]] Result<LookTask> look_task_from_json(const Json& header);
[[nodiscard]] Result<FrameTask> frame_task_from_json(const Json& header);

[[nodiscard]] Json to_json(const CameraState& state);
[[nodiscard]] Result<CameraState> camera_state_from_json(const Json& json);

// The header; the preview's pixels, row after row without gaps, are the payload.
[[nodiscard]] Json to_json(const Look& look);
// Refuses what no look can be: a preview that isn't `payload`, a picture that nobody saw with a
// verdict about it.
[[nodiscard]] Result<Look> look_from_json(const Json& json, std::vector<std::uint8_t> payload);

}  // namespace batchwright::vision

// One open camera inside the worker, of whatever kind.
#pragma once

#include <memory>
#include <string>

#include "vision/camera.h"

namespace batchwright::vision {

struct Shot {
  std::shared_ptr<const Frame> frame;  // never empty; keeps check_frame's promises
  std::string picture;                 // name of the file it came from
  int dropped = 0;
  bool ended = false;
  int due_ms = 0;
};

class Camera {
 public:
  Camera() = default;
  virtual ~Camera() = default;
  Camera(const Camera&) = delete;
  Camera& operator=(const Camera&) = delete;

  [[nodiscard]] virtual CameraState state() const = 0;
  // kUnreachable when the device is gone, kNotFound when a folder is empty, kMalformed when the
  // picture is damaged or larger than a frame may be. Waits at most a few seconds for a device.
  [[nodiscard]] virtual Result<Shot> take(Turn turn) = 0;
};

// Everything that needs more than reading files is done here: a confined worker opens no device.
// kNotFound, kUnreadable or kUnreachable say why it isn't open.
[[nodiscard]] Result<std::unique_ptr<Camera>> open_camera(const CameraSource& source);

[[nodiscard]] Result<std::unique_ptr<Camera>> open_v4l2_camera(const CameraSource& source);
[[nodiscard]] Result<std::unique_ptr<Camera>> open_folder_camera(const CameraSource& source);
[[nodiscard]] Result<std::unique_ptr<Camera>> open_clip_camera(const CameraSource& source);

}  // namespace batchwright::vision

// The worker's cameras: looks at them, judges what they show, keeps the newest frames for evidence.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "vision/camera_message.h"
#include "vision/engine/camera/camera.h"
#include "vision/engine/ready_check.h"

namespace batchwright::vision {

// One thread.
class Cameras {
 public:
  Cameras(ReadyCheck& ready, const Clock& clock) : ready_(ready), clock_(clock) {}

  [[nodiscard]] CameraState open(const OpenTask& task);
  // `check`: the check file's bytes when the task wants a verdict.
  [[nodiscard]] Look look(const LookTask& task, std::span<const std::uint8_t> check);
  // A PNG file of a kept frame: masked where a check judged it. kNotFound when it isn't kept.
  [[nodiscard]] Result<std::vector<std::uint8_t>> frame(const FrameTask& task) const;

 private:
  struct Kept {
    std::uint64_t number = 0;
    std::shared_ptr<const Frame> frame;
  };
  struct Place {
    std::unique_ptr<Camera> camera;
    std::uint64_t number = 0;  // of the last look
    std::deque<Kept> kept;
  };

  void judge(const LookTask& task, std::span<const std::uint8_t> check,
             std::shared_ptr<const Frame>& frame, bool& storable, Look& look);

  ReadyCheck& ready_;
  const Clock& clock_;
  std::map<std::string, Place, std::less<>> places_;
};

}  // namespace batchwright::vision

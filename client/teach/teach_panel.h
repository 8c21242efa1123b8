// The teaching program: camera thread, desk and window put together.
#pragma once

#include <cstdint>

#include "client/camera/camera_options.h"
#include "client/teach/teach_desk.h"
#include "ui/display.h"

namespace batchwright::client {

struct TeachPanelOptions {
  TeachOptions teach;
  std::vector<vision::CameraSource> cameras;
  ui::Display display;
  bool fullscreen = true;
  std::int64_t close_after_ms = 0;  // ends by itself, for proofs under a virtual display; 0 = never
};

// Runs until the trainer leaves or the window is closed. kNotFound when there is no display.
[[nodiscard]] Result<void> run_teach_panel(TeachPanelOptions options);

}  // namespace batchwright::client

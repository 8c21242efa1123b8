// The panel program: store, session thread, sync and window put together, and taken apart in the
// reverse order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "client/camera/camera_options.h"
#include "ui/display.h"

namespace batchwright::client {

struct PanelOptions {
  std::filesystem::path store;
  ui::Display display;
  bool fullscreen = true;
  std::filesystem::path photos;  // picture folder that stands in for a camera; may be empty
  CameraOptions cameras;
  std::int64_t close_after_ms = 0;  // ends by itself, for proofs under a virtual display; 0 = never
};

// Runs until the window is closed. kNotFound when there is no display or the panel isn't enrolled.
[[nodiscard]] Result<void> run_panel(const PanelOptions& options);

// "1920x1080@15.6" (pixels and diagonal in inches, as on the panel's box).
[[nodiscard]] Result<ui::Display> display_from_text(const std::string& text);

}  // namespace batchwright::client

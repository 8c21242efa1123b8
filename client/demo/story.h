// The demonstration: the shipped batch from sign-in to the last signature, operated by simulated
// hands, with the incidents of its story as far as they need no scale or late result.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "client/camera/camera_options.h"
#include "ui/display.h"

namespace batchwright::client {

struct StoryOptions {
  std::filesystem::path store;
  std::filesystem::path pictures;  // PNG files are written here
  std::filesystem::path people;    // JSON file with the demonstration people's passwords
  std::filesystem::path photos;
  // What hands put before the cameras, a folder per picture or clip; empty = no camera is used and
  // two people decide.
  std::filesystem::path objects;
  CameraOptions cameras;
  ui::Display display;
};

struct StoryResult {
  std::string batch, state;
  int steps = 0, exceptions = 0, signatures = 0;
  std::size_t taps = 0;
  std::uint64_t confirmed = 0, head = 0;
};

[[nodiscard]] Result<StoryResult> tell_story(const StoryOptions& options);

}  // namespace batchwright::client

// Which cameras a panel has and where its check files are, as the command line says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "client/camera/lookout.h"

namespace batchwright::client {

struct CameraOptions {
  std::vector<vision::CameraSource> sources;
  std::vector<std::filesystem::path> checks;  // folders; see CheckLibrary
};

// "CAM-A=folder:PATH" and so on (vision/camera.h), and the folders of check files: those named, and
// the shipped ones. kMalformed names the camera that can't be understood, or is there twice.
[[nodiscard]] Result<CameraOptions> camera_options(const std::vector<std::string>& cameras,
                                                   const std::vector<std::string>& checks);

// The worker's program beside this one.
[[nodiscard]] std::filesystem::path vision_program();

}  // namespace batchwright::client

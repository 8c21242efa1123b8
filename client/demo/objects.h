// What the hands of the demonstration put before a camera: pictures in a folder per object, copied
// to the folder that stands in for the camera.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "vision/camera.h"

namespace batchwright::client {

class Objects {
 public:
  // `folder` holds one folder for each object of the story. Only cameras of kind folder are fed.
  Objects(std::filesystem::path folder, std::vector<vision::CameraSource> cameras)
      : folder_(std::move(folder)), cameras_(std::move(cameras)) {}

  // The next object of the story at this step (path#instance); the last one again after that.
  // kNotFound when the story has none there or its pictures are missing.
  [[nodiscard]] Result<void> put(const std::string& step, const std::string& camera);

 private:
  std::filesystem::path folder_;
  std::vector<vision::CameraSource> cameras_;
  std::map<std::string, std::size_t> shown_;  // by path of the step
};

}  // namespace batchwright::client

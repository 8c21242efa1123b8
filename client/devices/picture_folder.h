// A folder of picture files as a camera, until a real one is connected: each photo is the next
// file, in name order.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"

namespace batchwright::client {

class PictureFolder {
 public:
  explicit PictureFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // The bytes of the next .png or .jpg file, beginning again after the last; kNotFound when there
  // is none.
  [[nodiscard]] Result<std::string> next();

 private:
  std::filesystem::path folder_;
  std::size_t taken_ = 0;
};

}  // namespace batchwright::client

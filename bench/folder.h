// A folder for one benchmark's files, gone afterwards.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include "base/ensure.h"

namespace batchwright::bench {

class Folder {
 public:
  // kMemory, where the machine has it: when what is measured is not the disk.
  enum class Place { kDisk, kMemory };

  explicit Folder(Place place = Place::kDisk) {
    const std::filesystem::path memory = "/dev/shm";
    const bool in_memory = place == Place::kMemory && std::filesystem::is_directory(memory);
    const auto parent = in_memory ? memory : std::filesystem::temp_directory_path();
    path_ = (parent / "batchwright-bench-").string() + std::string(6, 'X');
    ensure(::mkdtemp(path_.data()) != nullptr, "there is a place for the benchmark's files");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string operator/(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace batchwright::bench

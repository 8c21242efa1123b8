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
  Folder() {
    path_ = (std::filesystem::temp_directory_path() / "batchwright-bench-").string() +
            std::string(6, 'X');
    ensure(::mkdtemp(path_.data()) != nullptr, "there is a place for the benchmark's files");
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string operator/(const char* name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace batchwright::bench

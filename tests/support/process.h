// Runs a program as a user would: its output, its exit code, and a way to kill it in the middle.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace batchwright::test {

struct Finished {
  int exit_code = -1;  // 128 + signal when it was killed
  std::string out, err;
};

// Waits for the end; kills after `timeout`.
[[nodiscard]] Finished run_program(const std::vector<std::string>& arguments,
                                   std::chrono::milliseconds timeout = std::chrono::seconds(60));

// Starts, kills with SIGKILL after `after` (or takes its end if it was faster).
[[nodiscard]] Finished run_and_kill(const std::vector<std::string>& arguments,
                                    std::chrono::microseconds after);

[[nodiscard]] std::string program(const char* name);  // the built program's path

// A folder of its own that goes with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const {
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace batchwright::test

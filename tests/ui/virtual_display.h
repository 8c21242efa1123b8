// An X server of our own for one test, without hardware. Tests that need it skip where Xvfb is not
// installed.
#pragma once

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

extern char** environ;

namespace batchwright::ui::test {

inline bool is_installed(const std::string& program) {
  for (const char* folder : {"/usr/bin/", "/usr/local/bin/", "/bin/"}) {
    if (access((folder + program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

// Starts a program; the caller waits for the process id. -1 when it can't be started.
inline pid_t start(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  pid_t pid = -1;
  return posix_spawnp(&pid, argv[0], nullptr, nullptr, argv.data(), environ) == 0 ? pid : -1;
}

class VirtualDisplay {
 public:
  explicit VirtualDisplay(const std::vector<std::string>& more = {}) {
    int ends[2];
    if (!is_installed("Xvfb") || pipe(ends) != 0) return;
    std::vector<std::string> arguments = {"Xvfb",      "-displayfd", std::to_string(ends[1]),
                                          "-screen",   "0",          "1280x800x24",
                                          "-nolisten", "tcp",        "-noreset"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    pid_ = start(arguments);
    close(ends[1]);
    std::string number;
    char c = 0;
    while (read(ends[0], &c, 1) == 1 && c != '\n') number += c;
    close(ends[0]);
    if (number.empty()) return;
    setenv("DISPLAY", (":" + number).c_str(), 1);
    is_running_ = true;
  }
  ~VirtualDisplay() {
    end();
    unsetenv("DISPLAY");
  }
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;

  [[nodiscard]] bool is_running() const { return is_running_; }
  void end() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }

 private:
  pid_t pid_ = -1;
  bool is_running_ = false;
};

}  // namespace batchwright::ui::test

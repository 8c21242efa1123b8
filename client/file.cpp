#include "client/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace batchwright::client {

namespace {

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool valid() const { return fd_ >= 0; }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<std::string> load_file(const std::filesystem::path& path, std::size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) {
    if (errno == ENOENT)
      return fail(ErrorCode::kNotFound, "There is no such file. Check the name.", path.string());
    return fail(ErrorCode::kUnreadable,
                fmt::format("The file can't be opened: {}.", std::strerror(errno)), path.string());
  }
  struct stat info{};
  if (::fstat(file.get(), &info) != 0 || S_ISDIR(info.st_mode))
    return fail(ErrorCode::kUnreadable, "This is not a file that can be read.", path.string());
  const auto too_large = [&] {
    return fail(ErrorCode::kUnreadable,
                fmt::format("The file is larger than the limit of {} bytes.", bytes_max),
                path.string());
  };
  if (info.st_size > 0 && static_cast<std::size_t>(info.st_size) > bytes_max) return too_large();
  std::string bytes;
  char buffer[65536];
  while (true) {
    const ssize_t n = ::read(file.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0)
      return fail(ErrorCode::kUnreadable, fmt::format("Reading stopped: {}.", std::strerror(errno)),
                  path.string());
    if (n == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(n));
    if (bytes.size() > bytes_max) return too_large();  // it grew, or is no plain file
  }
}

Result<void> save_file(const std::filesystem::path& path, std::string_view bytes, bool secret) {
  const auto failed = [&](const char* what) {
    return fail(errno == ENOSPC ? ErrorCode::kFull : ErrorCode::kIo,
                fmt::format("The file was not saved: {} failed ({}).", what, std::strerror(errno)),
                path.string());
  };
  const std::string beside = path.string() + ".new";
  {
    const Descriptor file(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, secret ? 0600 : 0644));
    if (!file.valid()) return failed("opening");
    if (!write_all(file.get(), bytes)) return failed("writing");
    if (::fsync(file.get()) != 0) return failed("syncing");
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) return failed("renaming");
  const auto parent = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  const Descriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid() || ::fsync(folder.get()) != 0) return failed("syncing the folder");
  return {};
}

}  // namespace batchwright::client

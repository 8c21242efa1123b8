#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "offline_store/internal/files.h"

namespace batchwright::offline_store::internal {

namespace {

std::unexpected<Error> system_failure(int number, const std::string& path) {
  const std::string words = std::string(" (") + std::strerror(number) + ").";
  switch (number) {
    case ENOENT: return fail(ErrorCode::kNotFound, "There is no such file or folder" + words, path);
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return fail(ErrorCode::kFull, "There is no space left on the disk" + words, path);
    case EACCES:
    case EPERM:
    case EROFS:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
      return fail(ErrorCode::kUnreadable, "The file or folder cannot be used" + words, path);
    default: return fail(ErrorCode::kIo, "The disk failed" + words, path);
  }
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

class SystemFile final : public File {
 public:
  SystemFile(int number, std::string path) : descriptor_(number), path_(std::move(path)) {}

  Result<std::string> read(std::uint64_t offset, std::size_t bytes_max) override {
    std::string out(bytes_max, '\0');
    std::size_t done = 0;
    while (done < bytes_max) {
      const ssize_t got = ::pread(descriptor_.get(), out.data() + done, bytes_max - done,
                                  static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_failure(errno, path_);
      if (got == 0) break;
      done += static_cast<std::size_t>(got);
    }
    out.resize(done);
    return out;
  }

  Result<void> write(std::uint64_t offset, std::string_view bytes) override {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t put = ::pwrite(descriptor_.get(), bytes.data() + done, bytes.size() - done,
                                   static_cast<off_t>(offset + done));
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return system_failure(errno, path_);
      done += static_cast<std::size_t>(put);
    }
    return {};
  }

  Result<void> sync() override {
    if (::fdatasync(descriptor_.get()) != 0) return system_failure(errno, path_);
    return {};
  }

 private:
  Descriptor descriptor_;
  std::string path_;
};

// flock belongs to the open file, so a second open in the same process is refused like one in
// another process, and the system releases it when the process dies.
class FileLock final : public DirectoryLock {
 public:
  explicit FileLock(int number) : descriptor_(number) {}

 private:
  Descriptor descriptor_;
};

int flags_of(Open how) {
  switch (how) {
    case Open::kRead: return O_RDONLY;
    case Open::kWrite: return O_RDWR;
    case Open::kCreate: return O_RDWR | O_CREAT;
    case Open::kStartOver: return O_RDWR | O_CREAT | O_TRUNC;
  }
  return O_RDONLY;
}

class SystemFiles final : public Files {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override {
    const int number = ::open(path.c_str(), flags_of(how) | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (number < 0) return system_failure(errno, path);
    return std::make_unique<SystemFile>(number, path);
  }

  Result<bool> exists(const std::string& path) override {
    struct stat found{};
    if (::lstat(path.c_str(), &found) == 0) return true;
    if (errno == ENOENT || errno == ENOTDIR) return false;
    return system_failure(errno, path);
  }

  Result<std::uint64_t> size_bytes(const std::string& path) override {
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) return system_failure(errno, path);
    return static_cast<std::uint64_t>(found.st_size);
  }

  Result<void> make_directory(const std::string& path) override {
    if (::mkdir(path.c_str(), 0700) == 0) return {};
    const int number = errno;
    struct stat found{};
    const bool there = ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode);
    if (number != EEXIST || !there)
      return system_failure(number == EEXIST ? ENOTDIR : number, path);
    // Closed to other users too when it was made by hand; never a shared folder such as /tmp.
    const bool shared = (found.st_mode & S_ISVTX) != 0 || found.st_uid != ::geteuid();
    if (!shared && (found.st_mode & 077) != 0 && ::chmod(path.c_str(), 0700) != 0) {
      return system_failure(errno, path);
    }
    return {};
  }

  Result<void> rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return system_failure(errno, to);
    return {};
  }

  Result<void> sync_directory(const std::string& path) override {
    const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0) return system_failure(errno, path);
    if (::fsync(directory.get()) != 0) return system_failure(errno, path);
    return {};
  }

  Result<std::uint64_t> free_bytes(const std::string& path) override {
    struct statvfs found{};
    if (::statvfs(path.c_str(), &found) != 0) return system_failure(errno, path);
    return static_cast<std::uint64_t>(found.f_bavail) * found.f_frsize;
  }

  Result<std::unique_ptr<DirectoryLock>> lock(const std::string& path, bool make) override {
    const int flags = make ? O_RDWR | O_CREAT : O_RDONLY;
    const int number = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (number < 0) return system_failure(errno, path);
    auto held = std::make_unique<FileLock>(number);
    if (::flock(number, LOCK_EX | LOCK_NB) == 0) return held;
    if (errno != EWOULDBLOCK) return system_failure(errno, path);
    return fail(
        ErrorCode::kInUse,
        "Another Batchwright has this store open. Nothing was changed. Close it there first.",
        path);
  }
};

}  // namespace

Files& system_files() {
  static SystemFiles files;
  return files;
}

}  // namespace batchwright::offline_store::internal

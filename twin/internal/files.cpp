#include "twin/internal/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/bytes.h"

namespace batchwright::twin::internal {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> failed(const char* what, const fs::path& file, int error) {
  const auto code = error == ENOSPC || error == EDQUOT ? ErrorCode::kFull : ErrorCode::kIo;
  return fail(code, fmt::format("{}: {}.", what, std::strerror(error)), file.string());
}

// Closes on every way out.
struct Descriptor {
  explicit Descriptor(int number) : value(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
  int value;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> sync_directory(const fs::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.value < 0 || ::fsync(opened.value) != 0)
    return failed("The folder could not be written to disk", directory, errno);
  return {};
}

}  // namespace

Result<DirectoryLock> DirectoryLock::take(const fs::path& directory) {
  if (!fs::is_directory(directory))
    return fail(ErrorCode::kNotFound,
                "There is no twin in this folder. Make one with: batchwright-twin init.",
                directory.string());
  const auto file = directory / "lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed("The lock file can't be opened", file, errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    return fail(
        ErrorCode::kInUse,
        "This twin is in use by another program. Stop it first, then try again; nothing was "
        "changed.",
        directory.string());
  }
  return DirectoryLock(descriptor);
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> save_durably(const fs::path& file, std::string_view bytes) {
  auto beside = file;
  beside += ".new";
  {
    const Descriptor opened(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (opened.value < 0) return failed("The file can't be made", beside, errno);
    if (!write_all(opened.value, bytes) || ::fsync(opened.value) != 0)
      return failed("The file could not be written", beside, errno);
  }
  if (::rename(beside.c_str(), file.c_str()) != 0)
    return failed("The file could not be put in place", file, errno);
  return sync_directory(file.parent_path());
}

Result<void> make_folders_durably(const fs::path& directory) {
  // The first folder that was there before holds the name of the topmost new one.
  auto existing = directory.parent_path();
  while (existing.has_relative_path() && !fs::is_directory(existing))
    existing = existing.parent_path();
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return failed("The folder can't be made", directory, error.value());
  // Also for a folder that was there: it may have been made just before the power failed.
  for (auto folder = directory.parent_path();; folder = folder.parent_path()) {
    if (auto synced = sync_directory(folder.empty() ? "." : folder); !synced) return synced;
    if (folder == existing) return {};
  }
}

Result<void> make_private_file(const fs::path& file) {
  const Descriptor opened(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (opened.value < 0) return failed("The file can't be made", file, errno);
  return {};
}

Result<std::string> load_whole(const fs::path& file, std::size_t bytes_max) {
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) return fail(ErrorCode::kNotFound, "There is no such file.", file.string());
  if (size > bytes_max)
    return fail(ErrorCode::kFull, fmt::format("The file is larger than {} bytes.", bytes_max),
                file.string());
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(size, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!stream) return fail(ErrorCode::kUnreadable, "The file can't be read.", file.string());
  return bytes;
}

Result<void> save_key(const fs::path& file, const record::SecretKey& key) {
  if (fs::exists(file))
    return fail(ErrorCode::kConflict, "There is a key already. It was not replaced.",
                file.string());
  return save_durably(file, to_hex(key.bytes()) + "\n");
}

Result<record::SecretKey> load_key(const fs::path& file) {
  auto text = load_whole(file, 1024);
  if (!text) return std::unexpected(text.error());
  while (!text->empty() && text->back() == '\n') text->pop_back();
  const auto bytes = array_from_hex<64>(*text);
  if (!bytes) return fail(ErrorCode::kMalformed, "The key file is damaged.", file.string());
  return record::SecretKey(*bytes);
}

}  // namespace batchwright::twin::internal

// The file system as the store needs it: few calls, every one with a stated durability. The seam
// where tests put a disk that fails, fills up or loses what was not synced.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace batchwright::offline_store::internal {

// An open file. Errors are kIo, or kFull when the disk has no space.
class File {
 public:
  virtual ~File() = default;

  // Up to bytes_max bytes from `offset`; fewer only at the end of the file.
  [[nodiscard]] virtual Result<std::string> read(std::uint64_t offset, std::size_t bytes_max) = 0;
  [[nodiscard]] virtual Result<void> write(std::uint64_t offset, std::string_view bytes) = 0;
  // On return the content survives power loss; the name does only after sync_directory(). Never
  // call it again after a failure: the system may have dropped the bytes and would answer "done".
  [[nodiscard]] virtual Result<void> sync() = 0;
};

// Held while the object lives.
class DirectoryLock {
 public:
  virtual ~DirectoryLock() = default;
};

enum class Open {
  kRead,       // kNotFound when missing
  kWrite,      // the same, for reading and writing
  kCreate,     // for reading and writing, made when missing (mode 0600)
  kStartOver,  // the same, emptied
};

// Paths are absolute or relative to the process. Stateless; any thread.
class Files {
 public:
  virtual ~Files() = default;

  [[nodiscard]] virtual Result<std::unique_ptr<File>> open(const std::string& path, Open how) = 0;
  [[nodiscard]] virtual Result<bool> exists(const std::string& path) = 0;
  [[nodiscard]] virtual Result<std::uint64_t> size_bytes(const std::string& path) = 0;
  // Mode 0700, also for one that exists already. The name is durable after sync_directory() of the
  // parent.
  [[nodiscard]] virtual Result<void> make_directory(const std::string& path) = 0;
  [[nodiscard]] virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  [[nodiscard]] virtual Result<void> sync_directory(const std::string& path) = 0;
  [[nodiscard]] virtual Result<std::uint64_t> free_bytes(const std::string& path) = 0;
  // One holder per file, across processes and within one; kInUse when somebody has it. `make`:
  // create the file when it is missing; otherwise kNotFound.
  [[nodiscard]] virtual Result<std::unique_ptr<DirectoryLock>> lock(const std::string& path,
                                                                    bool make) = 0;
};

// The system's own. Lives as long as the program.
[[nodiscard]] Files& system_files();

// Replaces or makes `path` so that power loss leaves the old content or the new, never a mixture:
// writes `temporary` beside it, syncs, renames, syncs the directory. One writer per temporary name.
[[nodiscard]] Result<void> write_whole(Files& files, const std::string& directory,
                                       const std::string& temporary, const std::string& path,
                                       std::string_view bytes);

}  // namespace batchwright::offline_store::internal

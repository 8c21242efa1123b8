// Files of the twin's directory: the instance lock, secret keys, evidence. Written beside, synced,
// renamed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "record/keys.h"

namespace batchwright::twin::internal {

// Held for the life of the program that uses the directory; the system frees it when the program
// dies.
class DirectoryLock {
 public:
  // kInUse when another program has it, kNotFound when the directory is missing.
  [[nodiscard]] static Result<DirectoryLock> take(const std::filesystem::path& directory);

  DirectoryLock(DirectoryLock&& other) noexcept : descriptor_(other.descriptor_) {
    other.descriptor_ = -1;
  }
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Mode 0600. On return the file and its name survive power loss.
[[nodiscard]] Result<void> save_durably(const std::filesystem::path& file, std::string_view bytes);
// Makes `directory` and what is missing above it. On return all the names survive power loss.
[[nodiscard]] Result<void> make_folders_durably(const std::filesystem::path& directory);
// An empty file of mode 0600 when there is none.
[[nodiscard]] Result<void> make_private_file(const std::filesystem::path& file);
// kNotFound when missing, kFull above `bytes_max`.
[[nodiscard]] Result<std::string> load_whole(const std::filesystem::path& file,
                                             std::size_t bytes_max);

// A secret key as hex text, 0600. save refuses (kConflict) to replace one.
[[nodiscard]] Result<void> save_key(const std::filesystem::path& file,
                                    const record::SecretKey& key);
[[nodiscard]] Result<record::SecretKey> load_key(const std::filesystem::path& file);

}  // namespace batchwright::twin::internal

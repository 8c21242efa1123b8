// A disk in memory for one thread. It keeps a list of everything that was done to it, so that a
// test can ask what would be left had the power failed at any moment (crash_images.h), and it can
// fail or fill up on purpose. The store's own files and SQLite's go through the same disk.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "offline_store/internal/environment.h"
#include "offline_store/internal/files.h"

namespace batchwright::offline_store::test {

// What a disk holds: files by path, and the folders.
struct DiskImage {
  std::map<std::string, std::string> files;
  std::set<std::string> folders;
};

struct DiskOperation {
  enum class Kind { kCreate, kMakeFolder, kWrite, kTruncate, kSync, kRename, kRemove, kSyncFolder };

  Kind kind;
  std::string path;        // of the name, or of the folder
  std::string target;      // kRename: the new name
  int file = -1;           // which file, whatever its name: all but folders and kRemove
  std::uint64_t at = 0;    // kWrite: offset; kTruncate: size
  std::string bytes = {};  // kWrite
};

class MemoryDisk final : public internal::Files {
 public:
  struct Fault {
    std::size_t at_operation;  // counted from 1
    ErrorCode code;            // kIo or kFull
    bool for_good;             // every operation from then on, or only this one
  };

  MemoryDisk();
  explicit MemoryDisk(const DiskImage& image);
  MemoryDisk(const MemoryDisk&) = delete;
  MemoryDisk& operator=(const MemoryDisk&) = delete;
  ~MemoryDisk() override;

  [[nodiscard]] const std::string& vfs() const { return vfs_; }
  // A store environment on this disk, with small reserves and an early checkpoint.
  [[nodiscard]] internal::Environment environment();

  void plan(const Fault& fault) { fault_ = fault; }
  void heal() { fault_.reset(); }
  // Syncs of files whose name ends so are answered with success and not done: what
  // synchronous=NORMAL does to the log, or a disk that lies.
  void ignore_syncs_of(const std::string& suffix) { unsynced_suffix_ = suffix; }
  void set_capacity_bytes(std::uint64_t bytes) { capacity_bytes_ = bytes; }

  [[nodiscard]] const std::vector<DiskOperation>& operations() const { return operations_; }
  [[nodiscard]] std::size_t count() const { return count_; }  // operations tried, failed ones too
  [[nodiscard]] DiskImage image() const;                      // as a restarted process would see it
  [[nodiscard]] std::uint64_t used_bytes() const;

  Result<std::unique_ptr<internal::File>> open(const std::string& path,
                                               internal::Open how) override;
  Result<bool> exists(const std::string& path) override;
  Result<std::uint64_t> size_bytes(const std::string& path) override;
  Result<void> make_directory(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<std::uint64_t> free_bytes(const std::string& path) override;
  Result<std::unique_ptr<internal::DirectoryLock>> lock(const std::string& path,
                                                        bool make) override;

  // For the two kinds of open file, and for SQLite.
  struct Content {
    int file;
    std::string bytes;
    std::string path;  // when it was made
  };
  [[nodiscard]] Result<std::shared_ptr<Content>> find_or_make(const std::string& path, bool make);
  [[nodiscard]] Result<void> write(Content& content, std::uint64_t offset, std::string_view bytes);
  [[nodiscard]] Result<void> truncate(Content& content, std::uint64_t size);
  [[nodiscard]] Result<void> sync(Content& content);
  [[nodiscard]] Result<void> remove(const std::string& path);

 private:
  [[nodiscard]] Result<void> begin(const std::string& path);

  struct Vfs;
  std::unique_ptr<Vfs> registered_;
  std::string vfs_;
  std::map<std::string, std::shared_ptr<Content>> names_;
  std::set<std::string> folders_;
  int files_made_ = 0;
  std::vector<DiskOperation> operations_;
  std::size_t count_ = 0;
  std::optional<Fault> fault_;
  std::string unsynced_suffix_;
  std::optional<std::uint64_t> capacity_bytes_;
};

}  // namespace batchwright::offline_store::test

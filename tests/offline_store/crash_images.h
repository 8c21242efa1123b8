// What a disk may hold after the power failed: everything that was synced, and of the rest anything
// from nothing to all of it, in any order, with torn sectors and garbage. Names (new files,
// renames, removals) survive in the order in which they were made, up to any point; a synced
// folder's all do.
#pragma once

#include <random>
#include <vector>

#include "tests/offline_store/memory_disk.h"

namespace batchwright::offline_store::test {

class CrashImages {
 public:
  // Both must outlive this.
  CrashImages(const DiskImage& start, const std::vector<DiskOperation>& operations);

  // The moment just after the first `done` operations. Only forward.
  void advance_to(std::size_t done);

  [[nodiscard]] DiskImage only_synced() const;
  [[nodiscard]] DiskImage everything() const;
  [[nodiscard]] DiskImage random(std::mt19937_64& random) const;

 private:
  struct FileState {
    std::string synced;
    std::vector<const DiskOperation*> unsynced;
  };
  using Names = std::map<std::string, int>;
  struct Tree {
    Names names;
    std::set<std::string> folders;
  };

  void sync_folder(const std::string& folder);
  static void apply(const DiskOperation& operation, Tree& tree);
  [[nodiscard]] DiskImage assemble(const Tree& tree,
                                   const std::vector<std::string>& contents) const;

  const std::vector<DiskOperation>& operations_;
  std::size_t done_ = 0;
  std::vector<FileState> files_;
  Tree synced_;
  std::vector<const DiskOperation*> unsynced_names_;
};

}  // namespace batchwright::offline_store::test

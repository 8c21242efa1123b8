// What surrounds a store and differs in tests: the disk, and when it counts as full.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "offline_store/internal/files.h"
#include "offline_store/store.h"

namespace batchwright::offline_store::internal {

struct Environment {
  Files* files = &system_files();  // outlives the store
  std::string vfs;                 // SQLite's file system by name; empty: the system's

  // New evidence, documents and lines of others stop when less than this is free ...
  std::uint64_t reserve_bytes = 64u << 20;
  // ... the journal only here, so that a run can still be brought to a safe, signed end.
  std::uint64_t journal_reserve_bytes = 16u << 20;

  // The write-ahead log is copied into store.db, after an answer was given, once it has this many
  // pages.
  int checkpoint_pages = 1000;
};

// Store::open() with another environment.
[[nodiscard]] Result<std::unique_ptr<Store>> open_store(const std::string& directory, Mode mode,
                                                        const Environment& environment);

}  // namespace batchwright::offline_store::internal

// Everything that exists between open and close of a store, and how it comes together.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "offline_store/internal/catalogue_table.h"
#include "offline_store/internal/environment.h"
#include "offline_store/internal/evidence.h"
#include "offline_store/internal/head_file.h"
#include "offline_store/internal/journal_table.h"
#include "offline_store/internal/peer_table.h"
#include "offline_store/internal/private_copy.h"
#include "offline_store/internal/store_paths.h"
#include "offline_store/internal/sync_tables.h"
#include "offline_store/sqlite/connection.h"

namespace batchwright::offline_store::internal {

// In the order in which it must go, read from the end: statements before their connection, the lock
// last.
struct OpenStore {
  std::unique_ptr<DirectoryLock> lock;  // none for a copied folder without a lock file
  std::unique_ptr<PrivateCopy> copy;  // what is really read, when the closed store still has a log
  sqlite::Connection connection;
  JournalTable journal;
  PeerTable peers;
  SyncTables sync;
  CatalogueTable catalogue;
  Evidence evidence;
  JournalEnd end;
  bool enrolled;
  std::optional<HeadFile> head_file;  // none when reading a closed store
};

// Opens, brings the side file forward when a crash explains it, refuses everything else. See
// Store::open.
[[nodiscard]] Result<OpenStore> open_for_writing(const std::string& directory, Mode mode,
                                                 const Environment& environment);
// Never writes in `directory`.
[[nodiscard]] Result<OpenStore> open_for_reading(const std::string& directory,
                                                 const Environment& environment);

// Steps of both.

// Pages, tables, journal mode and durability in order, migrations applied. `may_be_new`: an empty
// file gets its tables; otherwise it is kAltered and stays as it is.
[[nodiscard]] Result<sqlite::Connection> connect_for_writing(const std::string& database,
                                                             const std::string& vfs,
                                                             bool may_be_new);
// Reads what the database holds and checks the chain from the first line to the last.
[[nodiscard]] Result<OpenStore> assemble(Files& files, const std::string& directory,
                                         sqlite::Connection connection);
// True when the side file knows lines: then an empty or missing database has lost them.
[[nodiscard]] Result<bool> side_file_knows_lines(Files& files, const StorePaths& paths);

[[nodiscard]] std::unexpected<Error> record_is_gone();
[[nodiscard]] std::unexpected<Error> no_store(const std::string& directory);
[[nodiscard]] std::unexpected<Error> no_side_file(const StorePaths& paths);

}  // namespace batchwright::offline_store::internal

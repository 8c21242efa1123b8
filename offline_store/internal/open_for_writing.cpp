#include <filesystem>

#include "offline_store/internal/open_checks.h"
#include "offline_store/internal/open_store.h"
#include "offline_store/schema/schema.h"

namespace batchwright::offline_store::internal {

namespace {

// The folder that holds `directory`, for syncing its new name.
std::string parent_of(const std::string& directory) {
  const auto parent = (std::filesystem::path(directory) / ".").parent_path().parent_path();
  return parent.empty() ? "." : parent.string();
}

Result<void> make_folders(Files& files, const std::string& directory, const StorePaths& paths) {
  if (auto made = files.make_directory(paths.evidence); !made) return made;
  // SQLite would let others read a file it makes itself.
  if (auto made = files.open(paths.database, Open::kCreate); !made) {
    return std::unexpected(made.error());
  }
  return files.sync_directory(directory);
}

Result<HeadFile> match_head_file(Files& files, const std::string& directory,
                                 const StorePaths& paths, OpenStore& store) {
  const JournalHead& end = store.end.head();
  auto there = files.exists(paths.head);
  if (!there) return std::unexpected(there.error());
  if (!*there && end.seq > 0) return no_side_file(paths);
  if (!*there) {
    auto created = HeadFile::create(files, directory, paths.head, side_head(end));
    if (!created) return std::unexpected(created.error());
  }
  auto head_file = HeadFile::open(files, paths.head);
  if (!head_file) return head_file;
  auto matches = check_against(head_file->head(), end, store.journal);
  if (!matches) return std::unexpected(matches.error());
  if (head_file->head().seq < end.seq) {
    auto brought_forward = head_file->write(side_head(end));
    if (!brought_forward) return std::unexpected(brought_forward.error());
  }
  return head_file;
}

}  // namespace

Result<sqlite::Connection> connect_for_writing(const std::string& database, const std::string& vfs,
                                               bool may_be_new) {
  auto connection =
      sqlite::Connection::open(database, {.access = sqlite::Access::kReadWrite, .vfs = vfs});
  if (!connection) return connection;
  if (auto durable = sqlite::make_durable(*connection); !durable) {
    return std::unexpected(durable.error());
  }
  if (auto whole = check_pages(*connection); !whole) return std::unexpected(whole.error());
  const auto version = connection->query_integer("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  if (*version == 0 && !may_be_new) return record_is_gone();
  auto current = sqlite::bring_to_current(*connection, schema::store_schema());
  if (!current) return std::unexpected(current.error());
  auto ours = sqlite::check_schema(*connection, schema::store_schema());
  if (!ours) return std::unexpected(ours.error());
  return connection;
}

Result<OpenStore> open_for_writing(const std::string& directory, Mode mode,
                                   const Environment& environment) {
  Files& files = *environment.files;
  const StorePaths paths(directory);
  auto there = files.exists(paths.database);
  if (!there) return std::unexpected(there.error());
  if (!*there && mode == Mode::kOpenExisting) return no_store(directory);

  if (auto made = files.make_directory(directory); !made) return std::unexpected(made.error());
  auto lock = files.lock(paths.lock, /*make=*/true);
  if (!lock) return std::unexpected(lock.error());
  const auto begun = side_file_knows_lines(files, paths);
  if (!begun) return std::unexpected(begun.error());
  if (!*there) {
    if (*begun) return record_is_gone();
    auto synced = files.sync_directory(parent_of(directory));
    if (!synced) return std::unexpected(synced.error());
  }
  if (auto made = make_folders(files, directory, paths); !made) {
    return std::unexpected(made.error());
  }
  auto connection = connect_for_writing(paths.database, environment.vfs, !*begun);
  if (!connection) return std::unexpected(connection.error());
  auto store = assemble(files, directory, std::move(*connection));
  if (!store) return store;
  auto head_file = match_head_file(files, directory, paths, *store);
  if (!head_file) return std::unexpected(head_file.error());
  store->head_file.emplace(std::move(*head_file));
  store->lock = std::move(*lock);
  return store;
}

}  // namespace batchwright::offline_store::internal

#include "offline_store/internal/open_checks.h"
#include "offline_store/internal/open_store.h"
#include "offline_store/schema/schema.h"

namespace batchwright::offline_store::internal {

namespace {

// True when the file alone does not hold everything, or not in today's tables.
Result<bool> needs_copy(Files& files, const std::string& database, const std::string& vfs) {
  for (const char* suffix : {"-wal", "-journal"}) {
    auto there = files.exists(database + suffix);
    if (!there) return there;
    if (!*there) continue;
    const auto size = files.size_bytes(database + suffix);
    if (!size) return std::unexpected(size.error());
    if (*size > 0) return true;
  }
  auto looking =
      sqlite::Connection::open(database, {.access = sqlite::Access::kImmutable, .vfs = vfs});
  if (!looking) return std::unexpected(looking.error());
  const auto version = looking->query_integer("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  return *version < schema::store_schema().version;
}

Result<sqlite::Connection> connect_for_reading(const std::string& database,
                                               const std::string& vfs) {
  auto connection =
      sqlite::Connection::open(database, {.access = sqlite::Access::kImmutable, .vfs = vfs});
  if (!connection) return connection;
  if (auto whole = check_pages(*connection); !whole) return std::unexpected(whole.error());
  auto ours = sqlite::check_schema(*connection, schema::store_schema());
  if (!ours) return std::unexpected(ours.error());
  return connection;
}

// A folder that was copied, or lies on read-only media, may have no lock file; then nobody can be
// working in it.
Result<std::unique_ptr<DirectoryLock>> lock_for_reading(Files& files, const std::string& path) {
  auto lock = files.lock(path, /*make=*/false);
  if (!lock && lock.error().code == ErrorCode::kNotFound) return nullptr;
  return lock;
}

// What is read: the file itself, or a throw-away copy that SQLite may bring up to date.
Result<sqlite::Connection> connect(Files& files, const std::string& database,
                                   const std::string& vfs, std::unique_ptr<PrivateCopy>& copy) {
  auto copied = needs_copy(files, database, vfs);
  if (!copied) return std::unexpected(copied.error());
  if (!*copied) return connect_for_reading(database, vfs);
  auto made = PrivateCopy::make(files, database);
  if (!made) return std::unexpected(made.error());
  copy = std::make_unique<PrivateCopy>(std::move(*made));
  auto connection = connect_for_writing(copy->database(), {}, /*may_be_new=*/true);
  // The copy is nobody's business: people know the store's own file.
  if (!connection && connection.error().place == copy->database()) {
    connection.error().place = database;
  }
  return connection;
}

Result<void> check_side_file(Files& files, const StorePaths& paths, OpenStore& store) {
  const JournalHead& end = store.end.head();
  const auto side = HeadFile::read(files, paths.head);
  if (side) return check_against(*side, end, store.journal);
  if (side.error().code != ErrorCode::kNotFound) return std::unexpected(side.error());
  if (end.seq > 0) return no_side_file(paths);
  return {};
}

}  // namespace

Result<OpenStore> open_for_reading(const std::string& directory, const Environment& environment) {
  Files& files = *environment.files;
  const StorePaths paths(directory);
  auto there = files.exists(paths.database);
  if (!there) return std::unexpected(there.error());
  if (!*there) {
    const auto begun = side_file_knows_lines(files, paths);
    if (!begun) return std::unexpected(begun.error());
    if (*begun) return record_is_gone();
    return no_store(directory);
  }
  auto lock = lock_for_reading(files, paths.lock);
  if (!lock) return std::unexpected(lock.error());
  std::unique_ptr<PrivateCopy> copy;
  auto connection = connect(files, paths.database, environment.vfs, copy);
  if (!connection) return std::unexpected(connection.error());
  auto store = assemble(files, directory, std::move(*connection));
  if (!store) return store;
  auto guarded = check_side_file(files, paths, *store);
  if (!guarded) return std::unexpected(guarded.error());
  store->copy = std::move(copy);
  store->lock = std::move(*lock);
  return store;
}

}  // namespace batchwright::offline_store::internal

#include "offline_store/sqlite/connection.h"

#include <sqlite3.h>
#include <unistd.h>

#include "offline_store/sqlite/failure.h"

namespace batchwright::offline_store::sqlite {

namespace {

int flags_of(Access access) {
  const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  switch (access) {
    case Access::kReadWriteCreate: return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::kReadWrite: return common | SQLITE_OPEN_READWRITE;
    case Access::kImmutable: return common | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  }
  return common;
}

// file:PATH?immutable=1, with everything but plain path characters as %XX.
std::string immutable_uri(const std::string& path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= '0' && byte <= '9') || c == '/' || c == '.' || c == '-' || c == '_';
    if (plain) {
      uri += c;
    } else {
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return uri + "?immutable=1";
}

// What is on disk may have been changed by anybody: no schema trick may run code or write the
// schema, damaged cells are noticed early, nothing spills into temporary files, and no page is
// mapped (a bad sector would kill the program).
Result<void> harden(Connection& connection, sqlite3* database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  // A close after a failure must leave the log as evidence; a clean end checkpoints by itself.
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return connection.exec(
      "PRAGMA cell_size_check=ON;"
      "PRAGMA temp_store=MEMORY;"
      "PRAGMA mmap_size=0;"
      "PRAGMA recursive_triggers=ON;");  // so that REPLACE fires the triggers that forbid DELETE
}

}  // namespace

struct Connection::State {
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::string path;
  std::unique_ptr<sqlite3, Close> database;
  int wal_pages = 0;
};

Connection::Connection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(const std::string& path, const OpenOptions& options) {
  const bool immutable = options.access == Access::kImmutable;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(immutable ? immutable_uri(path).c_str() : path.c_str(), &raw,
                                   flags_of(options.access),
                                   options.vfs.empty() ? nullptr : options.vfs.c_str());
  auto state = std::make_unique<State>();
  state->path = path;
  state->database.reset(raw);
  if (code != SQLITE_OK) {
    Error error = failure(code, path, raw != nullptr ? sqlite3_errmsg(raw) : nullptr);
    const bool missing = options.vfs.empty() && ::access(path.c_str(), F_OK) != 0;
    if (missing && options.access != Access::kReadWriteCreate) error.code = ErrorCode::kNotFound;
    return std::unexpected(std::move(error));
  }
  Connection connection(std::move(state));
  if (auto hardened = harden(connection, raw); !hardened) {
    return std::unexpected(hardened.error());
  }
  return connection;
}

Result<void> Connection::exec(Sql sql) {
  const int code = sqlite3_exec(state_->database.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return {};
}

Result<Statement> Connection::prepare(Sql sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(state_->database.get(), sql.text().data(),
                                      static_cast<int>(sql.text().size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  return Statement(statement, state_->path);
}

Result<std::string> Connection::query_text(Sql sql) {
  auto statement = prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  auto row = statement->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::kNotFound, "The database has no such row.", state_->path);
  return std::string(statement->text(0));
}

Result<std::int64_t> Connection::query_integer(Sql sql) {
  auto statement = prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  auto row = statement->step();
  if (!row) return std::unexpected(row.error());
  if (!*row) return fail(ErrorCode::kNotFound, "The database has no such row.", state_->path);
  return statement->integer(0);
}

int Connection::wal_pages() const {
  return state_->wal_pages;
}

Result<void> Connection::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(state_->database.get(), nullptr,
                                             SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  state_->wal_pages = 0;
  return {};
}

Result<void> Connection::finish() {
  const int code = sqlite3_wal_checkpoint_v2(state_->database.get(), nullptr,
                                             SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) return std::unexpected(error_of(code));
  sqlite3_db_config(state_->database.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  return {};
}

Result<void> Connection::back_up_to(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) {
    return fail(ErrorCode::kConflict, "The file for the copy exists already. Choose another name.",
                path);
  }
  auto target = open(path, {.access = Access::kReadWriteCreate, .vfs = {}});
  if (!target) return std::unexpected(target.error());
  sqlite3* to = target->state_->database.get();
  sqlite3_backup* backup = sqlite3_backup_init(to, "main", state_->database.get(), "main");
  if (backup == nullptr) return std::unexpected(target->error_of(sqlite3_extended_errcode(to)));
  const int stepped = sqlite3_backup_step(backup, -1);
  const int finished = sqlite3_backup_finish(backup);
  if (stepped != SQLITE_DONE) return std::unexpected(failure(stepped, path, nullptr));
  if (finished != SQLITE_OK) return std::unexpected(target->error_of(finished));
  return {};
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(state_->database.get()) == 0;
}

std::int64_t Connection::last_insert_rowid() const {
  return sqlite3_last_insert_rowid(state_->database.get());
}

std::int64_t Connection::changed_rows() const {
  return sqlite3_changes64(state_->database.get());
}

const std::string& Connection::path() const {
  return state_->path;
}

Error Connection::error_of(int code) const {
  return failure(code, state_->path, sqlite3_errmsg(state_->database.get()));
}

Result<void> make_durable(Connection& connection) {
  // EXCLUSIVE before the first access of the log: then the index of the log stays in memory and no
  // -shm file exists.
  auto set = connection.exec(
      "PRAGMA locking_mode=EXCLUSIVE;"
      "PRAGMA journal_mode=WAL;"
      "PRAGMA synchronous=FULL;");
  if (!set) return set;
  const auto locking = connection.query_text("PRAGMA locking_mode");
  const auto journal = connection.query_text("PRAGMA journal_mode");
  const auto synchronous = connection.query_integer("PRAGMA synchronous");
  if (!locking) return std::unexpected(locking.error());
  if (!journal) return std::unexpected(journal.error());
  if (!synchronous) return std::unexpected(synchronous.error());
  if (*locking != "exclusive" || *journal != "wal" || *synchronous != 2) {
    return fail(ErrorCode::kRefused,
                "This disk or this SQLite does not keep entries safe at a power failure (locking " +
                    *locking + ", journal " + *journal + ", synchronous " +
                    std::to_string(*synchronous) +
                    "). Nothing was written. Put the store on a local disk.",
                connection.path());
  }
  auto* state = connection.state_.get();
  sqlite3_wal_hook(
      state->database.get(),
      [](void* context, sqlite3*, const char*, int pages) {
        static_cast<Connection::State*>(context)->wal_pages = pages;
        return SQLITE_OK;
      },
      state);
  return {};
}

}  // namespace batchwright::offline_store::sqlite
